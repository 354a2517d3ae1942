import { readFile } from 'node:fs/promises';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { buildKernel } from '../../../scripts/build-kernel.ts';
import { FARTHEST_GATE } from '../../../src/detect/kernel/gate.ts';
import { createKernel, type Gate, type Kernel, type Literal } from '../../../src/detect/kernel/index.ts';
import { createReferenceKernel } from '../../../src/detect/kernel/reference.ts';
import { createSimdKernel } from '../../../src/detect/kernel/simd.ts';

const bytesOf = (text: string) => Uint8Array.from(Buffer.from(text, 'latin1'));
const literal = (text: string, run: 0 | 16 = 0, fold = false): Literal => ({
  bytes: bytesOf(text),
  fold,
  run,
});

function simd(literals: readonly Literal[]): Kernel {
  const kernel = createSimdKernel(literals, { room: 0x100000 });
  if (kernel === undefined) throw new Error('no SIMD here: nothing would be compared');
  return kernel;
}

/** Not the `i` flag: it folds the letters of Latin-1 too. */
function either(byte: number, fold: boolean): string {
  const letter = String.fromCharCode(byte);
  if (fold && /[A-Za-z]/.test(letter)) return `[${letter.toLowerCase()}${letter.toUpperCase()}]`;
  return `\\x${byte.toString(16).padStart(2, '0')}`;
}

/** The meaning, spelled out with regular expressions over the whole text: slow, and independent of both kernels. */
function bySearch(literals: readonly Literal[], bytes: Uint8Array, from: number, to: number): number[] {
  const text = Buffer.from(bytes).toString('latin1');
  const runs = [...text.matchAll(/[A-Za-z0-9_\-+/=.]{16,}/g)].map(
    (run) => [run.index, run.index + run[0].length] as const,
  );
  const found: [number, number][] = [];
  literals.forEach(({ bytes: wanted, fold, run }, index) => {
    const pattern = [...wanted].map((byte) => either(byte, fold)).join('');
    for (const { index: at } of text.matchAll(new RegExp(`(?=${pattern})`, 'g'))) {
      if (at < from || at >= to) continue;
      if (run === 16 && !runs.some(([start, end]) => start <= at && at + wanted.length <= end)) continue;
      found.push([at, index]);
    }
  });
  return found.sort((a, b) => a[0] - b[0] || a[1] - b[1]).flat();
}

// Few letters, so that literals overlap, nest and nearly match; `~` is outside every run, the others are a case pair apart.
const narrow = fc.constantFrom(...bytesOf('aAb@`-_M\r.~'));
const wide = fc.integer({ min: 0, max: 255 });
const inRun = fc.constantFrom(...bytesOf('aAbBzZ019_-+/=.'));
const strings = (byte: fc.Arbitrary<number>, minLength: number, maxLength: number) =>
  fc.array(byte, { minLength, maxLength, size: 'max' }).map((list) => Uint8Array.from(list));

const anyLiteral = fc.oneof(
  fc.record({ bytes: strings(narrow, 3, 7), fold: fc.boolean(), run: fc.constant(0 as const) }),
  fc.record({ bytes: strings(wide, 3, 45), fold: fc.boolean(), run: fc.constant(0 as const) }),
  fc.record({ bytes: strings(inRun, 3, 20), fold: fc.boolean(), run: fc.constant(16 as const) }),
);

/** Text that is made of the literals, whole, cut short or in the other case, with little between them. */
const scene = fc.array(anyLiteral, { minLength: 1, maxLength: 12 }).chain((literals) => {
  const whole = fc.constantFrom(...literals.map(({ bytes }) => bytes));
  const piece = fc.oneof(
    whole,
    fc.tuple(whole, fc.nat(45)).map(([bytes, length]) => bytes.subarray(0, length)),
    fc.tuple(whole, fc.nat(45)).map(([bytes, start]) => bytes.subarray(start)),
    whole.map((bytes) => bytes.map((byte) => byte ^ 0x20)),
    strings(narrow, 0, 6),
    strings(inRun, 0, 17),
    strings(wide, 0, 4),
  );
  return fc.record({
    literals: fc.constant(literals),
    text: fc
      .array(piece, { maxLength: 24 })
      .map((pieces) => Uint8Array.from(Buffer.concat(pieces).subarray(0, 300))),
    cut: fc.tuple(fc.nat(310), fc.nat(310)),
  });
});

describe('every kernel finds what a plain search finds', () => {
  test('in small hostile texts, from and to anywhere', () => {
    fc.assert(
      fc.property(scene, ({ literals, text, cut: [a, b] }) => {
        const reference = createReferenceKernel(literals);
        const kernel = simd(literals);
        for (const [from, to] of [
          [0, text.length],
          [Math.min(a, b), Math.max(a, b)],
          [a, a + 1],
        ] as const) {
          const wanted = bySearch(literals, text, from, to);
          expect([...reference.scan(text, from, to)]).toEqual(wanted);
          expect([...kernel.scan(text, from, to)]).toEqual(wanted);
        }
      }),
      { numRuns: 150 },
    );
  });

  test('at every offset from the borders of 16 and 64 bytes, and up to the last byte', () => {
    const literals = [
      literal('://'),
      literal('AbCd', 16),
      literal('token', 0, true),
      literal('-----BEGIN'),
      literal('x'.repeat(40)),
    ];
    const kernel = simd(literals);
    const reference = createReferenceKernel(literals);
    for (const { bytes } of literals) {
      for (let before = 0; before < 140; before += 1) {
        for (const [behind, filler] of [
          [0, 32],
          [15, 0x61],
          [70, 0x2e],
        ] as const) {
          const text = new Uint8Array(before + bytes.length + behind).fill(filler);
          text.set(bytes, before);
          const wanted = bySearch(literals, text, 0, text.length);
          expect([...kernel.scan(text, 0, text.length)]).toEqual(wanted);
          expect([...reference.scan(text, 0, text.length)]).toEqual(wanted);
          expect([...kernel.scan(text, before, before + 1)]).toEqual([
            ...reference.scan(text, before, before + 1),
          ]);
        }
      }
    }
  });

  test('three bytes between any two others, once', () => {
    const literals = ['://', 'sk-', 'eyJ', 'SG.', 'hf_', 'aaa', 'AB!'].map((text) => literal(text));
    const kernel = simd(literals);
    const text = Uint8Array.from(
      Buffer.concat(
        literals.flatMap(({ bytes }) =>
          Array.from({ length: 256 }, (_, i) => [i, ...bytes, 255 - i]).map((list) => Uint8Array.from(list)),
        ),
      ),
    );
    expect([...kernel.scan(text, 0, text.length)]).toEqual(bySearch(literals, text, 0, text.length));
    expect([...kernel.scan(text, 1, text.length)]).toEqual(bySearch(literals, text, 1, text.length));
  });

  test('in its own memory, whatever lies around the view', () => {
    fc.assert(
      fc.property(scene, fc.nat(70), ({ literals, text }, shift) => {
        const kernel = simd(literals);
        const room = kernel.buffer(600);
        room.fill(0x61);
        // What stands before and behind would complete a literal or a run if it were looked at.
        const first = literals[0]?.bytes ?? text;
        room.set(first, 0);
        room.set(text, shift);
        room.set(first.subarray(1), shift + text.length);
        const view = room.subarray(shift, shift + text.length);
        expect([...kernel.scan(view, 0, view.length)]).toEqual(bySearch(literals, text, 0, text.length));
      }),
      { numRuns: 60 },
    );
  });
});

const setOf = (text: string): Uint8Array =>
  Uint8Array.from({ length: 256 }, (_, byte) => (text.includes(String.fromCharCode(byte)) ? 1 : 0));
const sets = ['a', 'A', 'ab', 'b@`', '-_M', '\r.~', 'aAb@`-_M\r.~', 'x', '\0a'].map(setOf);
const anySet = fc.constantFrom(...sets);
const anyRow = fc
  .record({
    set: anySet,
    count: fc.integer({ min: 1, max: 6 }),
    from: fc.nat(12),
    more: fc.nat(12),
    until: fc.option(anySet, { nil: undefined }),
  })
  .map(({ set, count, from, more, until }) => ({ set, count, from, to: from + more, until }));
const anyBehind = fc.record({ set: anySet, most: fc.nat(6), until: anySet }).map(({ set, most, until }) => ({
  set,
  most,
  until: until.map((member, byte) => (set[byte] === 1 ? 0 : member)),
}));
const anyGate: fc.Arbitrary<Gate> = fc.record({
  length: fc.integer({ min: 2, max: 9 }),
  next: fc.option(anySet, { nil: undefined }),
  behind: fc.option(anyBehind, { nil: undefined }),
  lead: fc.nat(20),
  rows: fc.array(anyRow, { maxLength: 2 }),
  reach: fc.integer({ min: 9, max: 60 }),
});

/** The meaning of a gate, place by place. */
function opens({ length, next, behind, lead, rows, reach }: Gate, bytes: Uint8Array, at: number): boolean {
  const end = Math.min(bytes.length, at + reach);
  const isIn = (set: Uint8Array, from: number, to: number) =>
    to <= end && bytes.subarray(from, to).every((byte) => set[byte] === 1);
  const places = (from: number, to: number) =>
    Array.from({ length: Math.max(0, to - from + 1) }, (_, i) => from + i);
  return (
    (next === undefined || next[bytes[at + length] ?? 0] === 1) &&
    (behind === undefined ||
      places(at + length, at + length + behind.most).some(
        (to) => isIn(behind.set, at + length, to) && isIn(behind.until, to, to + 1),
      )) &&
    rows.every(({ set, count, from, to, until }) =>
      places(Math.max(0, at - lead + from), at + to).some((start) => {
        if (!isIn(set, start, start + count)) return false;
        const behind = places(start + count, end).find((one) => !isIn(set, one, one + 1)) ?? end;
        return until === undefined || behind === end || until[bytes[behind] ?? 0] === 1;
      }),
    )
  );
}

describe('gates', () => {
  test('let through what has an open one, in every kernel', () => {
    fc.assert(
      fc.property(
        scene,
        fc.array(fc.array(anyGate, { maxLength: 3 }), { minLength: 12, maxLength: 12 }),
        fc.nat(70),
        ({ literals, text, cut: [a, b] }, gates, shift) => {
          const gated = literals.map((one, i): Literal => ({ ...one, gates: gates[i] ?? [] }));
          const reference = createReferenceKernel(gated);
          const kernel = simd(gated);
          const room = kernel.buffer(600);
          room.fill(0x61);
          room.set(text, shift);
          const view = room.subarray(shift, shift + text.length);
          for (const [from, to] of [
            [0, text.length],
            [Math.min(a, b), Math.max(a, b)],
          ] as const) {
            const all = bySearch(literals, text, from, to);
            const wanted = all.filter((_, i) => {
              const [at = 0, index = 0] = all.slice(i & ~1, (i & ~1) + 2);
              const mine = gates[index] ?? [];
              return mine.length === 0 || mine.some((gate) => opens(gate, text, at));
            });
            expect([...reference.scan(text, from, to)]).toEqual(wanted);
            expect([...kernel.scan(text, from, to)]).toEqual(wanted);
            expect([...kernel.scan(view, from, to)]).toEqual(wanted);
          }
        },
      ),
      { numRuns: 150 },
    );
  });

  test('see as far over the border of two pieces as they reach', () => {
    const [lone, far] = [setOf('x'), FARTHEST_GATE];
    const gate: Gate = {
      length: 5,
      next: undefined,
      behind: undefined,
      lead: far,
      rows: [{ set: lone, count: 2, from: 0, to: far }],
      reach: far,
    };
    const kernel = simd([{ ...literal('token'), gates: [gate] }]);
    const text = new Uint8Array(128 * 1024 * 2).fill(32);
    for (const at of [-far, -far + 1, -6, 0, 1, far, far + 1].map((by) => 128 * 1024 + by)) {
      for (const [to, open] of [
        [at - far - 1, false],
        [at - far, true],
        [at + far - 2, true],
        [at + far - 1, false],
      ] as const) {
        text.set(bytesOf('token'), at);
        text.fill(0x78, to, to + 2);
        expect([...kernel.scan(text, 0, text.length)]).toEqual(open ? [at, 0] : []);
        text.fill(32, to, to + 2);
        text.fill(32, at, at + 5);
      }
    }
    expect(() => simd([{ ...literal('token'), gates: [{ ...gate, reach: far + 1 }] }])).toThrow(/literal 0/);
  });
});

describe('large texts', () => {
  const PIECE = 128 * 1024;

  test('a literal over the border of two pieces is found once', () => {
    const literals = [literal('secret', 0, true), literal('y'.repeat(300))];
    const kernel = simd(literals);
    const reference = createReferenceKernel(literals);
    for (let shift = -330; shift <= 20; shift += 7) {
      const text = new Uint8Array(PIECE * 5).fill(32);
      text.set(bytesOf('y'.repeat(300)), PIECE + shift);
      text.set(bytesOf('SEcret'), PIECE * 4 + 10 + shift);
      const answer = [...kernel.scan(text, 0, text.length)];
      expect(answer).toEqual([PIECE + shift, 1, PIECE * 4 + 10 + shift, 0]);
      expect([...reference.scan(text, 0, text.length)]).toEqual(answer);
    }
  });

  test('a run over the border of two pieces is seen whole', () => {
    const kernel = simd([literal('AbCd', 16)]);
    for (let shift = -20; shift <= 20; shift += 1) {
      for (let at = 0; at <= 12; at += 1) {
        const text = new Uint8Array(PIECE * 2).fill(32);
        text.fill(0x30, PIECE + shift, PIECE + shift + 16);
        text.set(bytesOf('AbCd'), PIECE + shift + at);
        expect([...kernel.scan(text, PIECE - 100, text.length)]).toEqual([PIECE + shift + at, 0]);
        expect([...kernel.scan(text, 0, text.length)]).toEqual([PIECE + shift + at, 0]);
        text[PIECE + shift + (at === 0 ? 15 : 0)] = 32;
        expect(kernel.scan(text, 0, text.length)).toHaveLength(0);
      }
    }
  });

  test('nothing but hits, several at each place', () => {
    const literals = [3, 4, 5, 6, 9, 12, 40, 3, 3].map((length) => literal('a'.repeat(length), 0, true));
    const kernel = simd(literals);
    const reference = createReferenceKernel(literals);
    const text = new Uint8Array(150_001).fill(0x41);
    const wanted = reference.scan(text, 5, text.length - 1);
    expect(wanted.length).toBeGreaterThan(2_500_000);
    expect(Buffer.from(kernel.scan(text, 5, text.length - 1).buffer).equals(Buffer.from(wanted.buffer))).toBe(
      true,
    );
    const own = kernel.buffer(text.length);
    own.set(text);
    expect(Buffer.from(kernel.scan(own, 5, text.length - 1).buffer).equals(Buffer.from(wanted.buffer))).toBe(
      true,
    );
  });

  test('more literals at one place than a call holds positions', () => {
    const literals = Array.from({ length: 1500 }, () => literal('token'));
    const text = bytesOf('token token'.repeat(100));
    const wanted = createReferenceKernel(literals).scan(text, 0, text.length);
    expect(wanted.length).toBe(600_000);
    expect(simd(literals).scan(text, 0, text.length)).toEqual(wanted);
  });

  test('three letters in any case, each once, however many there are', () => {
    const letters = Array.from('abcdefghijklm');
    const words = letters.flatMap((a) => letters.flatMap((b) => letters.map((c) => a + b + c)));
    const literals = words.map((word) => literal(word, 0, true));
    const text = bytesOf(
      words.map((word, i) => `${word.toUpperCase()}${i % 2 ? ' ' : '!'}${word}#${word.at(0)}`).join(' '),
    );
    const wanted = createReferenceKernel(literals).scan(text, 0, text.length);
    expect(simd(literals).scan(text, 0, text.length)).toEqual(wanted);
  });

  test('thousands of literals in random text', () => {
    fc.assert(
      fc.property(
        fc.array(strings(inRun, 3, 12), { minLength: 2500, maxLength: 2500, size: 'max' }),
        fc.infiniteStream(wide),
        (list, noise) => {
          const literals = list.map(
            (bytes, index): Literal => ({ bytes, fold: index % 3 === 0, run: index % 2 === 0 ? 16 : 0 }),
          );
          const text = Uint8Array.from(
            Buffer.concat(
              list.map((bytes) =>
                Uint8Array.from([...bytes, noise.next().value ?? 0, noise.next().value ?? 0]),
              ),
            ),
          );
          const kernel = simd(literals);
          const wanted = [...createReferenceKernel(literals).scan(text, 0, text.length)];
          expect([...kernel.scan(text, 0, text.length)]).toEqual(wanted);
        },
      ),
      { numRuns: 3 },
    );
  });
});

describe('borders of the contract', () => {
  test.each([
    ['short', [literal('token'), literal('ab')], /literal 1 \("ab"\): 2 bytes, at least 3/],
    ['long', [literal('a'.repeat(4097))], /literal 0 .*at most 4096/],
    ['never in a run', [literal('a:b', 16)], /literal 0 \("a:b"\).*never/],
  ])('a literal that is %s is refused by name', (_, literals, message) => {
    expect(() => createKernel(literals)).toThrow(message);
    expect(() => createReferenceKernel(literals)).toThrow(message);
  });

  test('no literals, no text, an empty or a foreign range: no answers', () => {
    const kernel = createKernel([literal('token')]);
    const text = bytesOf('a token here');
    expect(createKernel([]).scan(text, 0, text.length)).toHaveLength(0);
    expect(kernel.scan(new Uint8Array(0), 0, 10)).toHaveLength(0);
    expect(kernel.scan(text, 2, 2)).toHaveLength(0);
    expect(kernel.scan(text, 3, 2)).toHaveLength(0);
    expect(kernel.scan(text, 12, 40)).toHaveLength(0);
    expect([...kernel.scan(text, -5, 40)]).toEqual([2, 0]);
  });

  test('buffers do not overlap, and the room has an end', () => {
    const kernel = createKernel([literal('token')], { room: 1000 });
    const one = kernel.buffer(100);
    const two = kernel.buffer(800);
    one.set(bytesOf('token'), 95);
    two.fill(32);
    expect([...kernel.scan(one, 0, 100)]).toEqual([95, 0]);
    expect(kernel.scan(two, 0, 800)).toHaveLength(0);
    expect(() => kernel.buffer(800)).toThrow(RangeError);
  });

  test('an answer stays as it is when the next text is scanned', () => {
    const kernel = createKernel([literal('token')]);
    const answer = kernel.scan(bytesOf('token'), 0, 5);
    kernel.scan(bytesOf('  token'), 0, 7);
    expect([...answer]).toEqual([0, 0]);
  });
});

test('the committed binary is what its source compiles to', async () => {
  const committed = await readFile(new URL('../../../src/detect/kernel/wasm.ts', import.meta.url), 'utf8');
  expect(await buildKernel()).toBe(committed);
});
