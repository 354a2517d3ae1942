import { gzipSync } from 'node:zlib';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { open } from '../../src/read/index.ts';
import { Listener } from './listener.ts';
import { ALL } from './reading.ts';

async function* pieces(...parts: readonly Uint8Array[]): AsyncGenerator<Uint8Array> {
  yield* parts;
}

test('stdin in dribbles of any size gives what it gives in one piece', async () => {
  const text = Buffer.from(
    'key_abc123 key_toolong12345 水 key_zzz999\r\nid_ab12\nhalf_1234\nBEGIN\nx\nEND\nkey_last99',
  );
  const expected = new Listener();
  await (await open('-', { ...ALL, stdin: pieces(text) })).run(expected);
  expect(expected.found).toHaveLength(5);
  await fc.assert(
    fc.asyncProperty(fc.array(fc.integer({ min: 1, max: 20 }), { minLength: 1 }), async (sizes) => {
      const cut: Buffer[] = [];
      for (let at = 0, index = 0; at < text.length; at += cut.at(-1)?.length ?? 1, index++)
        cut.push(text.subarray(at, at + (sizes[index % sizes.length] ?? 1)));
      const listener = new Listener();
      await (await open('-', { ...ALL, stdin: pieces(...cut) })).run(listener);
      expect(listener.found).toEqual(expected.found);
      expect(listener.total.bytes).toBe(text.length);
    }),
    { numRuns: 30 },
  );
});

test('a stream that falls silent has its findings shown while it is open', async () => {
  const listener = new Listener();
  const first = listener.next('near');
  const pair = Promise.withResolvers<void>();
  async function* slow(): AsyncGenerator<Uint8Array> {
    yield Buffer.from('a key_abc123\n');
    await first; // the next line is not written before this one has been found
    yield Buffer.from('key_def456\n');
    await pair.promise;
  }
  const run = (await open('-', { ...ALL, stdin: slow() })).run(listener);
  await first;
  await listener.next('near');
  pair.resolve();
  await run;
  expect(listener.found).toEqual(['13 2:1 near key_def456', '2 1:3 near key_abc123']);
});

test('an aborted signal ends a stream that says nothing', async () => {
  const stop = new AbortController();
  async function* silent(): AsyncGenerator<Uint8Array> {
    yield Buffer.from('key_abc123\n');
    stop.abort(new Error('enough'));
    await new Promise(() => {});
  }
  const reader = await open('-', { ...ALL, stdin: silent(), signal: stop.signal });
  await expect(reader.run(new Listener())).rejects.toThrow('enough');
});

test('a stream is placed as itself, and nobody knows whether it left the machine', async () => {
  const listener = new Listener();
  const reader = await open('-', { ...ALL, stdin: pieces(Buffer.from('\nkey_abc123')) });
  await reader.run(listener);
  expect(await reader.locate(listener.heard)).toEqual([
    { places: [{ place: { kind: 'stream', path: '-', line: 2, column: 1, endLine: 2 }, pushed: 'unknown' }] },
  ]);
});

test('an archive on a stream is named as unread, in however many pieces its head comes', async () => {
  const packed = gzipSync('key_abc123\n');
  const listener = new Listener();
  await (await open('-', { ...ALL, stdin: pieces(packed.subarray(0, 2), packed.subarray(2)) })).run(listener);
  expect(listener.skipped).toEqual([
    { path: '-', why: 'gzip data is not unpacked as it streams: save it to a file, and name that' },
  ]);
  const plain = new Listener();
  await (await open('-', { ...ALL, stdin: pieces(Buffer.from('key_abc123\n')) })).run(plain);
  expect(plain.skipped).toEqual([]);
});
