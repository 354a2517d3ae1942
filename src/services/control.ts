// A key that nobody was ever given, of the same shape as one that was found: an issuer that accepts it as well
// would accept anything, and its `live` is worth nothing.

import { randomInt } from 'node:crypto';
import { Secret } from '../model/index.ts';
import { reveal } from '../model/reveal.ts';
import type { Key } from './service.ts';

const CLASSES = ['0123456789', 'abcdefghijklmnopqrstuvwxyz', 'ABCDEFGHIJKLMNOPQRSTUVWXYZ'];
const HEX = ['0123456789abcdef', '0123456789ABCDEF'];
/** Fewer random characters than this could hit a key that exists. */
const ENOUGH = 12;

function pick(from: string): string {
  return from[randomInt(from.length)] ?? '';
}

function scramble(text: string): string {
  const hex = HEX.find((digits) => text.split('').every((one) => digits.includes(one)));
  return text.replace(/[0-9A-Za-z]/g, (one) =>
    pick(hex ?? CLASSES.find((kind) => kind.includes(one)) ?? one),
  );
}

/** Prefix, length, separators and character classes stay; undefined where that leaves too little to be random. */
export function controlKey({ secret, parts }: Key): Key | undefined {
  const value = reveal(secret);
  const from = Math.max(value.lastIndexOf('_'), value.lastIndexOf('-'), value.lastIndexOf('.')) + 1;
  const start = value.length - from >= ENOUGH ? from : (/^[A-Za-z]{1,10}[_-]/.exec(value)?.[0].length ?? 0);
  const body = value.slice(start);
  if (body.replace(/[^0-9A-Za-z]/g, '').length < ENOUGH) return undefined;
  return { secret: new Secret(value.slice(0, start) + scramble(body)), parts };
}
