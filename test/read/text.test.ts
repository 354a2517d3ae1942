import { expect, test } from 'vitest';
import { kindOf, lookWhole, Text } from '../../src/read/text.ts';
import { Listener } from './listener.ts';

const ORIGIN = { kind: 'stream', path: '-' } as const;
const LINES = 'first line\r\n  key_abc123 and more\r\n';

function utf16(text: string, order: 'le' | 'be', mark: boolean): Buffer {
  const bytes = Buffer.from(mark ? `\ufeff${text}` : text, 'utf16le');
  return order === 'le' ? bytes : bytes.swap16();
}

test.each([
  ['le', true],
  ['le', false],
  ['be', true],
  ['be', false],
] as const)('UTF-16%s is looked at as UTF-8, byte order mark: %s', (order, mark) => {
  const bytes = utf16(LINES, order, mark);
  const expected = ['14 2:3 near key_abc123'];
  const whole = new Listener();
  lookWhole(whole, ORIGIN, bytes);
  expect(whole.found).toEqual(expected);
  expect(whole.total.binary).toBe(0);
  for (const streaming of [true, false]) {
    const pieces = new Listener();
    const text = new Text(pieces, ORIGIN, { streaming });
    for (const byte of bytes) text.write(Buffer.from([byte]));
    text.end();
    expect(pieces.found).toEqual(expected);
  }
});

test('a NUL among the first 8000 bytes is binary, one behind them is not: git decides the same way', () => {
  expect(kindOf(Buffer.concat([Buffer.alloc(7999, 'a'), Buffer.from([0])]))).toBe('binary');
  expect(kindOf(Buffer.concat([Buffer.alloc(8000, 'a'), Buffer.from([0])]))).toBe('text');
});

test('binary is counted and not looked at', () => {
  const listener = new Listener();
  const bytes = Buffer.from('MZ\0\0\0 key_abc123 \0\0');
  lookWhole(listener, ORIGIN, bytes);
  const text = new Text(listener, ORIGIN);
  text.write(bytes);
  text.end();
  expect(listener.heard).toEqual([]);
  expect(listener.total.binary).toBe(2);
});

test('lone bad bytes hide nothing and move nothing', () => {
  const listener = new Listener();
  lookWhole(
    listener,
    ORIGIN,
    Buffer.concat([Buffer.from([0xff, 0x80, 0xc3]), Buffer.from('key_abc123'), Buffer.from([0xfe])]),
  );
  expect(listener.found).toEqual(['3 1:4 near key_abc123']);
});

test('a stream is never called binary', () => {
  const listener = new Listener();
  const text = new Text(listener, ORIGIN, { streaming: true });
  text.write(Buffer.from('\0\0\0\0\0\0\0\0 key_abc123\n'));
  text.pause();
  expect(listener.heard).toHaveLength(1);
});

test('nothing comes of an empty text', () => {
  const listener = new Listener();
  lookWhole(listener, ORIGIN, Buffer.alloc(0));
  const text = new Text(listener, ORIGIN);
  text.end();
  expect(listener.chunks).toEqual([]);
});
