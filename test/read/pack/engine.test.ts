import { constants, deflateSync, inflateSync } from 'node:zlib';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { copiedBy } from '../../../src/read/pack/delta.ts';
import { createEngine, type Engine, SLACK } from '../../../src/read/pack/engine.ts';
import {
  BLOB_THERE,
  GONE_BLOB,
  GONE_TREE,
  MOST_ENTRIES,
  TREE_THERE,
} from '../../../src/read/pack/entries.ts';
import { deltaOf, type Instruction } from './pack-writer.ts';

const OPTIONS = { arena: 4_000_000, pages: 64_000, near: 100 };
const wasm = createEngine(OPTIONS);
const plain = createEngine({ ...OPTIONS, kind: 'plain' });
const SOURCE = wasm.arena.from;
const TARGET = SOURCE + 1_500_000;

/** Bytes that compress well, badly, or not at all. */
const contents = fc
  .tuple(fc.integer({ min: 0, max: 3 }), fc.nat({ max: 70_000 }), fc.integer())
  .map(([kind, length, seed]) => {
    const bytes = Buffer.alloc(length);
    let state = seed | 1;
    for (let i = 0; i < length; i++) {
      state = (Math.imul(state, 1_103_515_245) + 12_345) | 0;
      const random = (state >>> 16) & 0xff;
      const back = 1 + ((state >>> 8) % 300);
      if (kind === 0) bytes[i] = random;
      else if (kind === 1) bytes[i] = 97 + (random % 7);
      else if (kind === 2) bytes[i] = random > 20 && i >= back ? (bytes[i - back] ?? 0) : random;
      else bytes[i] = (i >> 5) % 3;
    }
    return bytes;
  });

const settings = fc.record({
  level: fc.integer({ min: 0, max: 9 }),
  windowBits: fc.integer({ min: 9, max: 15 }),
  memLevel: fc.integer({ min: 1, max: 9 }),
  strategy: fc.constantFrom(
    constants.Z_DEFAULT_STRATEGY,
    constants.Z_FILTERED,
    constants.Z_HUFFMAN_ONLY,
    constants.Z_RLE,
    constants.Z_FIXED,
  ),
});

function inflate(engine: Engine, stream: Uint8Array, size: number): { status: number; made: Buffer } {
  engine.memory.fill(0x55, SOURCE, SOURCE + stream.length + SLACK);
  engine.memory.set(stream, SOURCE);
  engine.memory.fill(0xaa, TARGET - SLACK, TARGET + size + 2 * SLACK);
  const status = engine.inflate(SOURCE, stream.length, TARGET, size);
  // Nothing outside of the room is touched.
  expect(engine.memory.subarray(TARGET - SLACK, TARGET).every((byte) => byte === 0xaa)).toBe(true);
  expect(
    engine.memory.subarray(TARGET + size + SLACK, TARGET + size + 2 * SLACK).every((byte) => byte === 0xaa),
  ).toBe(true);
  return { status, made: Buffer.from(engine.memory.subarray(TARGET, TARGET + size)) };
}

describe('inflating', () => {
  it('runs in WebAssembly here', () => {
    expect(wasm.kind).toBe('wasm');
    expect(plain.kind).toBe('plain');
  });

  it('gives what zlib packed', () => {
    fc.assert(
      fc.property(contents, settings, (content, options) => {
        const stream = deflateSync(content, options);
        for (const engine of [wasm, plain]) {
          const { status, made } = inflate(engine, stream, content.length);
          expect(status).toBe(0);
          expect(made.equals(content)).toBe(true);
        }
      }),
      { numRuns: 150 },
    );
  });

  it('refuses what zlib refuses, and a size that is not the right one', () => {
    const change = fc.record({
      at: fc.nat(),
      bit: fc.nat({ max: 7 }),
      cut: fc.boolean(),
      by: fc.integer({ min: -2, max: 2 }),
    });
    const small = contents.map((bytes) => bytes.subarray(0, 3000));
    fc.assert(
      fc.property(small, settings, change, (content, options, { at, bit, cut, by }) => {
        let stream = deflateSync(content, options);
        if (cut) stream = stream.subarray(0, at % stream.length);
        else stream[at % stream.length] = (stream[at % stream.length] ?? 0) ^ (1 << bit);
        const size = Math.max(0, content.length + by);
        let expected: Buffer | undefined;
        try {
          expected = inflateSync(stream);
        } catch {
          expected = undefined;
        }
        const { status, made } = inflate(wasm, stream, size);
        expect(status === 0).toBe(expected?.length === size);
        expect(status === 0).toBe(inflate(plain, stream, size).status === 0);
        expect(status !== 0 || made.equals(expected ?? Buffer.alloc(0))).toBe(true);
      }),
      { numRuns: 400 },
    );
  });

  it('reads the beginning of a stream', () => {
    fc.assert(
      fc.property(contents, settings, fc.integer({ min: 1, max: 9000 }), (content, options, size) => {
        const stream = deflateSync(content, options);
        for (const engine of [wasm, plain]) {
          engine.memory.set(stream, SOURCE);
          const got = engine.peek(SOURCE, stream.length, TARGET, size);
          expect(got).toBe(Math.min(size, content.length));
          expect(content.subarray(0, got).equals(engine.memory.subarray(TARGET, TARGET + got))).toBe(true);
        }
      }),
      { numRuns: 100 },
    );
  });

  it('never believes a stream of noise', () => {
    fc.assert(
      fc.property(
        fc.uint8Array({ maxLength: 400 }),
        fc.nat({ max: 5000 }),
        fc.boolean(),
        (noise, size, zlib) => {
          const stream = zlib ? Buffer.concat([Buffer.from([0x78, 0x9c]), noise]) : Buffer.from(noise);
          expect(inflate(wasm, stream, size).status).toBeLessThan(0);
        },
      ),
      { numRuns: 1000 },
    );
  });
});

const instruction = (baseLength: number): fc.Arbitrary<Instruction> =>
  fc.oneof(
    fc.tuple(fc.nat({ max: baseLength - 1 }), fc.nat()).map(([from, some]): Instruction => {
      const most = baseLength - from;
      return { copy: [from, 1 + (some % most)] };
    }),
    fc.uint8Array({ minLength: 1, maxLength: 300 }).map((insert): Instruction => ({ insert })),
  );

function lengthOf(instructions: readonly Instruction[]): number {
  return instructions.reduce((sum, one) => sum + ('copy' in one ? one.copy[1] : one.insert.length), 0);
}

function apply(
  engine: Engine,
  base: Uint8Array,
  delta: Uint8Array,
): { status: number; made: Buffer; ranges: number[] } {
  const at = SOURCE + base.length + SLACK;
  engine.memory.set(base, SOURCE);
  engine.memory.set(delta, at);
  const size = engine.madeSize(at, delta.length, base.length);
  if (size < 0 || size > 1_000_000) return { status: Math.min(size, -99), made: Buffer.alloc(0), ranges: [] };
  engine.memory.fill(0xaa, TARGET - SLACK, TARGET);
  engine.memory.fill(0xaa, TARGET + size + SLACK, TARGET + size + 2 * SLACK);
  const status = engine.apply(SOURCE, base.length, at, delta.length, TARGET, size);
  expect(engine.memory.subarray(TARGET - SLACK, TARGET).every((byte) => byte === 0xaa)).toBe(true);
  expect(
    engine.memory.subarray(TARGET + size + SLACK, TARGET + size + 2 * SLACK).every((byte) => byte === 0xaa),
  ).toBe(true);
  const made = Buffer.from(engine.memory.subarray(TARGET, TARGET + size));
  return { status, made, ranges: [...engine.ranges.subarray(0, 2 * Math.max(0, status))] };
}

describe('deltas', () => {
  const cases = fc
    .uint8Array({ minLength: 1, maxLength: 3000 })
    .chain((base) =>
      fc.array(instruction(base.length), { maxLength: 12 }).map((instructions) => ({ base, instructions })),
    );

  it('make the object, and ranges around what they changed', () => {
    fc.assert(
      fc.property(cases, ({ base, instructions }) => {
        const pieces = instructions.map((one) =>
          'copy' in one ? base.subarray(one.copy[0], one.copy[0] + one.copy[1]) : one.insert,
        );
        const expected = Buffer.concat(pieces);
        const delta = deltaOf(base.length, expected.length, instructions);
        const answers = [wasm, plain].map((engine) => apply(engine, base, delta));
        expect(answers[0]).toEqual(answers[1]);
        const { made, ranges = [] } = answers[0] ?? {};
        expect(made?.equals(expected)).toBe(true);

        // What no range has was copied in one piece, with `near` bytes on both sides.
        const changed = new Uint8Array(expected.length + 1);
        for (let i = 0; i < ranges.length; i += 2) changed.fill(1, ranges[i], ranges[i + 1]);
        const copied = copiedBy(delta);
        for (let at = 0; at < expected.length; at += 7) {
          const low = at - OPTIONS.near;
          const high = at + OPTIONS.near;
          const kept = copied.some(({ source, target, length }) => {
            const start = source === 0 && target === 0 ? Number.NEGATIVE_INFINITY : target;
            const ends = source + length === base.length && target + length === expected.length;
            return low >= start && high <= (ends ? Number.POSITIVE_INFINITY : target + length);
          });
          expect(kept || changed[at] === 1).toBe(true);
        }
      }),
      { numRuns: 300 },
    );
  });

  it('are refused when they are damaged, the same by both engines', () => {
    const damage = fc.record({ at: fc.nat(), byte: fc.nat({ max: 255 }), cut: fc.boolean() });
    fc.assert(
      fc.property(cases, damage, ({ base, instructions }, { at, byte, cut }) => {
        let delta = deltaOf(base.length, lengthOf(instructions), instructions);
        if (cut) delta = delta.subarray(0, at % delta.length);
        else delta[at % delta.length] = byte;
        const [a, b] = [wasm, plain].map((engine) => apply(engine, base, delta));
        // What a refused delta leaves behind does not matter.
        const told = (one: typeof a): unknown => ((one?.status ?? -1) < 0 ? one?.status : one);
        expect(told(a)).toEqual(told(b));
      }),
      { numRuns: 600 },
    );
  });
});

describe('looking for a NUL', () => {
  it('finds it where it is', () => {
    fc.assert(
      fc.property(fc.nat({ max: 70 }), fc.nat({ max: 80 }), fc.nat({ max: 40 }), (length, nul, offset) => {
        for (const engine of [wasm, plain]) {
          engine.memory.fill(1, SOURCE, SOURCE + 300);
          engine.memory[SOURCE + offset + nul] = 0;
          expect(engine.nul(SOURCE + offset, length)).toBe(nul < length);
        }
      }),
    );
  });
});

describe('what differs between two trees', () => {
  const WANTED = Buffer.from([0x12, 0x34]);
  const entry = fc.record({
    mode: fc.constantFrom('40000', '100644', '100644', '100755', '120000', '160000'),
    name: fc.oneof(fc.constantFrom('a', 'a.c', 'a-', 'a0', 'ab', 'b'), fc.stringMatching(/^[a-c.]{1,20}$/)),
    oid: fc.tuple(fc.constantFrom(0x12, 0x13), fc.nat({ max: 3 })).map(([first, rest]) => {
      const oid = Buffer.alloc(20, rest);
      oid.set([first, 0x34]);
      return oid;
    }),
  });
  type Entry = { readonly mode: string; readonly name: string; readonly oid: Buffer };
  const isTree = ({ mode }: Entry): boolean => mode === '40000';
  const sorting = (one: Entry): string => `${one.name}${isTree(one) ? '/' : '\0'}`;
  const byOrder = (a: Entry, b: Entry): number => (sorting(a) < sorting(b) ? -1 : 1);
  const key = (one: Entry): string => `${isTree(one)} ${one.name}`;
  const distinct = (entries: readonly Entry[]): Entry[] =>
    [...new Map(entries.map((one) => [one.name, one])).values()].sort(byOrder);
  const bytesOf = (entries: readonly Entry[]): Buffer =>
    Buffer.concat(entries.flatMap(({ mode, name, oid }) => [Buffer.from(`${mode} ${name}\0`), oid]));

  function differ(engine: Engine, base: Buffer, made: Buffer): string[] | number {
    engine.memory.set(base, SOURCE);
    engine.memory.set(made, TARGET);
    engine.wanted.fill(0);
    const bit = WANTED.readUInt16LE(0);
    engine.wanted[bit >> 3] = 1 << (bit & 7);
    engine.differ(SOURCE, base.length, TARGET, made.length);
    const told: string[] = [];
    for (let count = MOST_ENTRIES; count >= MOST_ENTRIES; ) {
      count = engine.differences();
      if (count < 0) return count;
      for (let i = 0; i < 4 * count; i += 4) {
        const [name = 0, length = 0, oid = 0, kind = 0] = engine.entries.subarray(i, i + 4);
        const { memory } = engine;
        told.push(
          `${kind} ${memory.toString('latin1', name, name + length)} ${memory.toString('hex', oid, oid + 20)}`,
        );
      }
    }
    return told;
  }

  /** By comparing name with name. */
  function expected(base: readonly Entry[], made: readonly Entry[]): string[] {
    const counts = (one: Entry): boolean =>
      isTree(one) || (one.mode !== '160000' && one.oid.subarray(0, 2).equals(WANTED));
    const line = (kind: number, one: Entry): string => `${kind} ${one.name} ${one.oid.toString('hex')}`;
    const same = (a: Entry, b: Entry | undefined): boolean => a.mode === b?.mode && a.oid.equals(b.oid);
    const before = new Map(base.map((one) => [key(one), one]));
    const after = new Map(made.map((one) => [key(one), one]));
    const gone = base.filter((one) => {
      const now = after.get(key(one));
      return counts(one) && !same(one, now) && !(now !== undefined && isTree(one));
    });
    const there = made.filter((one) => counts(one) && !same(one, before.get(key(one))));
    return [
      ...gone.map((one) => line(isTree(one) ? GONE_TREE : GONE_BLOB, one)),
      ...there.map((one) => line(isTree(one) ? TREE_THERE : BLOB_THERE, one)),
    ].sort();
  }

  it('is told by both engines alike, and as a comparison by name tells it', () => {
    fc.assert(
      fc.property(
        fc.array(entry, { maxLength: 30 }),
        fc.array(entry, { maxLength: 12 }),
        fc.func(fc.boolean()),
        (some, others, keep) => {
          const base = distinct(some);
          const made = distinct([...base.filter((one) => keep(one.name)), ...others]);
          const told = [wasm, plain].map((engine) => differ(engine, bytesOf(base), bytesOf(made)));
          expect(told[0]).toEqual(told[1]);
          expect([...(told[0] as string[])].sort()).toEqual(expected(base, made));
        },
      ),
      { numRuns: 400 },
    );
  });

  it('is told in parts where it is much', () => {
    const many = Array.from({ length: 3000 }, (_, i) => ({
      mode: '40000',
      name: String(i).padStart(5, '0'),
      oid: Buffer.alloc(20, i),
    }));
    const told = [wasm, plain].map((engine) => differ(engine, Buffer.alloc(0), bytesOf(many)));
    expect(told[0]).toEqual(told[1]);
    expect(told[0]).toHaveLength(3000);
    expect(differ(wasm, bytesOf(many), Buffer.alloc(0))).toHaveLength(3000);
  });

  it('is refused where a tree is damaged, by both engines alike', () => {
    const damage = fc.record({ at: fc.nat(), byte: fc.nat({ max: 255 }), cut: fc.boolean() });
    fc.assert(
      fc.property(fc.array(entry, { minLength: 1, maxLength: 12 }), damage, (some, { at, byte, cut }) => {
        const base = bytesOf(distinct(some));
        let made = Buffer.from(base);
        if (cut) made = made.subarray(0, at % made.length);
        else made[at % made.length] = byte;
        const told = [wasm, plain].map((engine) => differ(engine, base, made));
        expect(told[0]).toEqual(told[1]);
      }),
      { numRuns: 600 },
    );
  });
});
