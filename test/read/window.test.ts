import fc from 'fast-check';
import { expect, test } from 'vitest';
import { CONTEXT } from '../../src/model/index.ts';
import { Window } from '../../src/read/window.ts';
import { Listener } from './listener.ts';

const ORIGIN = { kind: 'stream', path: '-' } as const;

// Texts in which boundaries hurt: keys side by side, keys cut by longer runs, halves apart, blocks over many lines, lines
// longer than any context, characters of two to four bytes, and bytes that are no characters at all.
const LENGTHS = [300, 500, 511, 512, 4000, 9000, 16_270, 16_300, 16_384];
const filler = fc
  .tuple(fc.constantFrom('.', '水', '-\n', '😀', 'ä'), fc.constantFrom(...LENGTHS))
  .map(([unit, length]) => Buffer.from(unit.repeat(Math.ceil(length / Buffer.byteLength(unit)))));
const short = fc.constantFrom(
  'key_abc123',
  'key_def456 ',
  'key_',
  'abc',
  ' ',
  '\n',
  '\r\n',
  'id_ab12',
  'half_1234\n',
  '=',
  '水',
  '😀',
);
const block = fc.constantFrom('BEGIN', 'END', 'BEGIN\nx\nEND\n', 'START', 'FINISH', 'FINISH\n');
const badBytes = fc.constantFrom([0xff], [0xc3], [0xe6, 0xb0], [0x80, 0x80, 0x80, 0x80, 0x80]);
const text = fc
  .array(
    fc.oneof(
      { weight: 8, arbitrary: short.map((one) => Buffer.from(one)) },
      { weight: 5, arbitrary: block.map((one) => Buffer.from(one)) },
      { weight: 6, arbitrary: filler },
      { weight: 1, arbitrary: badBytes.map((one) => Buffer.from(one)) },
    ),
    { minLength: 5, maxLength: 60, size: 'max' },
  )
  .map((pieces) => Buffer.concat(pieces));
const steps = fc.constantFrom(61, 1000, 4096, 30_000);

function whole(bytes: Buffer): Listener {
  const listener = new Listener();
  listener.look({
    origin: ORIGIN,
    bytes,
    offset: 0,
    line: 1,
    column: 1,
    ranges: [{ from: 0, to: bytes.length }],
  });
  return listener;
}

/** Cuts at arbitrary places, the arrival sizes. */
function cut(bytes: Buffer, sizes: readonly number[]): Buffer[] {
  const pieces: Buffer[] = [];
  for (let at = 0, index = 0; at < bytes.length; index++) {
    const size = sizes[index % Math.max(1, sizes.length)] ?? bytes.length;
    pieces.push(Buffer.from(bytes.subarray(at, at + size)));
    at += size;
  }
  return pieces;
}

const sizes = fc.array(fc.constantFrom(40, 150, 511, 1000, 16_383, 16_384, 16_385, 70_000), {
  maxLength: 6,
});

test('where chunks end never changes what is found, nor where', () => {
  fc.assert(
    fc.property(text, steps, sizes, (bytes, step, arrivals) => {
      const listener = new Listener();
      const window = new Window(listener, ORIGIN, step);
      for (const arrived of cut(bytes, arrivals)) window.write(arrived);
      window.end();
      expect(listener.found).toEqual(whole(bytes).found);
    }),
    { numRuns: 60 },
  );
});

test('without a pause every byte is shown in exactly one range, with all its context', () => {
  fc.assert(
    fc.property(text, steps, sizes, (bytes, step, arrivals) => {
      const seen: number[] = [];
      const window = new Window(
        {
          look: (chunk) => {
            expect(
              Buffer.from(chunk.bytes).equals(
                bytes.subarray(chunk.offset, chunk.offset + chunk.bytes.length),
              ),
            ).toBe(true);
            for (const { from, to } of chunk.ranges) {
              seen.push(chunk.offset + from, chunk.offset + to);
              expect(from >= CONTEXT || chunk.offset === 0).toBe(true);
              expect(
                chunk.bytes.length - to >= CONTEXT || chunk.offset + chunk.bytes.length === bytes.length,
              ).toBe(true);
            }
            return { findings: [], far: [] };
          },
          inherit: () => {},
          skip: () => {},
          advance: () => {},
        },
        ORIGIN,
        step,
      );
      for (const arrived of cut(bytes, arrivals)) window.write(arrived);
      window.end();
      const borders = seen.slice(1, -1);
      expect(seen[0] ?? 0).toBe(0);
      expect(seen.at(-1) ?? 0).toBe(bytes.length);
      for (let at = 0; at < borders.length; at += 2) expect(borders[at]).toBe(borders[at + 1]);
    }),
    { numRuns: 40 },
  );
});

test('pauses bring findings early and change none of them', () => {
  fc.assert(
    fc.property(
      text,
      steps,
      sizes,
      fc.array(fc.boolean(), { minLength: 1, maxLength: 7 }),
      (bytes, step, arrivals, pauses) => {
        const listener = new Listener();
        const window = new Window(listener, ORIGIN, step);
        const pieces = cut(bytes, arrivals);
        for (const [index, arrived] of pieces.entries()) {
          window.write(arrived);
          if (pauses[index % pauses.length]) window.pause();
        }
        window.end();
        // A pair may have been shown first by one half alone: the same key at the same place, and its whole later.
        const once = (found: string[]) => found.filter((one) => !one.includes(' pair '));
        expect(once(listener.found)).toEqual(once(whole(bytes).found));
        expect(listener.found).toEqual(expect.arrayContaining(whole(bytes).found));
      },
    ),
    { numRuns: 60 },
  );
});

test('a pause shows complete lines at once, and nothing of a line that is still to come', () => {
  const listener = new Listener();
  const window = new Window(listener, ORIGIN, 64 * 1024);
  window.write(Buffer.from('a key_abc123\nand key_cutoff'));
  window.pause();
  expect(listener.found).toEqual(['2 1:3 near key_abc123']);
  window.write(Buffer.from('99\n'));
  window.pause();
  expect(listener.found).toEqual(['17 2:5 near key_cutoff99', '2 1:3 near key_abc123']);
});

test('a key and its other half, a line later, are put together at the next pause', () => {
  const listener = new Listener();
  const window = new Window(listener, ORIGIN, 64 * 1024);
  for (const line of ['id_ab12\n', 'half_1234\n']) {
    window.write(Buffer.from(line));
    window.pause();
  }
  expect(listener.heard.at(-1)?.text).toBe('id_ab12\nhalf_1234');
});

test('a block that arrives line by line is found at the pause after its last line', () => {
  const listener = new Listener();
  const window = new Window(listener, ORIGIN, 64 * 1024);
  window.write(Buffer.from('BEGIN\n'));
  for (let line = 0; line < 100; line++) {
    window.pause();
    window.write(Buffer.from(`${'x'.repeat(64)}\n`));
  }
  window.write(Buffer.from('END\n'));
  expect(listener.heard).toEqual([]);
  window.pause();
  expect(listener.heard).toHaveLength(1);
});

test('an early look never stands in for the full one', () => {
  const listener = new Listener();
  const window = new Window(listener, ORIGIN, 1000);
  window.write(Buffer.from('.\n'.repeat(9000)));
  window.write(Buffer.from('BEGIN\n'));
  window.pause();
  window.write(Buffer.from('-\n'.repeat(600)));
  window.write(Buffer.from('END\n'));
  window.end();
  expect(listener.found).toEqual(['18000 9001:1 far 1209']);
});

test('an endless line takes bounded memory', () => {
  const listener = new Listener();
  let largest = 0;
  const look = listener.look.bind(listener);
  listener.look = (chunk) => {
    largest = Math.max(largest, chunk.bytes.buffer.byteLength);
    return look(chunk);
  };
  const window = new Window(listener, ORIGIN, 1000);
  for (let at = 0; at < 200; at++) window.write(Buffer.alloc(5000, 'x'));
  window.write(Buffer.from(' key_abc123'));
  window.end();
  expect(largest).toBeLessThan(100_000);
  expect(listener.found).toEqual(['1000001 1:1000002 near key_abc123']);
});
