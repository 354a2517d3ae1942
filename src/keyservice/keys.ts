// The shape of this service's keys, and the border behind which no key exists as text: what a caller presents becomes
// a `Presented` (a hash and what its shape says) at once, and nothing behind that can print, log or store the key.

import { createHash, randomBytes, timingSafeEqual } from 'node:crypto';
import { crc32 } from 'node:zlib';

/** `live` and `test` open the guarded routes; `root` manages keys and opens nothing else. */
type KeyKind = 'live' | 'test' | 'root';

// The alphabet and its order are those of npm's and GitHub's checksums, so one checksum routine can judge them all.
const BASE62 = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz';
/** 32 base62 characters: 190 bits. */
const RANDOM_CHARS = 32;
/** A CRC32 in base62, padded with zeros: 62^6 > 2^32. */
const CHECKSUM_CHARS = 6;
const WHOLE = /^kbk_(live|test|root)_[0-9A-Za-z]{38}$/;
const ANYWHERE = /kbk_(live|test|root)_[0-9A-Za-z]{8,}/g;

/** What the shape alone says, without asking anybody. */
type Shape =
  | { readonly kind: KeyKind }
  | { readonly kind: 'malformed'; readonly why: 'quoted' | 'placeholder' | 'prefix' | 'length' | 'checksum' };

/** A new key: `kbk_<kind>_`, 32 random base62 characters, 6 characters of CRC32 over everything before them. */
export function mint(kind: KeyKind): string {
  const body = `kbk_${kind}_${randomBase62(RANDOM_CHARS)}`;
  return body + checksum(body);
}

/** The id of a key; not secret. */
export function mintId(): string {
  return `key_${randomBase62(20)}`;
}

/** The last characters of a well-formed key: CRC32 of all before them, base62, padded with zeros. */
export function checksum(body: string): string {
  let rest = crc32(body);
  let text = '';
  while (text.length < CHECKSUM_CHARS) {
    text = `${BASE62[rest % 62]}${text}`;
    rest = Math.floor(rest / 62);
  }
  return text;
}

export function shapeOf(text: string): Shape {
  const match = WHOLE.exec(text);
  if (match) {
    const fits = checksum(text.slice(0, -CHECKSUM_CHARS)) === text.slice(-CHECKSUM_CHARS);
    return fits ? { kind: match[1] as KeyKind } : { kind: 'malformed', why: 'checksum' };
  }
  if (/^["'`]|["'`]$/.test(text)) return { kind: 'malformed', why: 'quoted' };
  if (/[${}<>*]|your|xxxx/i.test(text)) return { kind: 'malformed', why: 'placeholder' };
  return { kind: 'malformed', why: /^kbk_(live|test|root)_/.test(text) ? 'length' : 'prefix' };
}

/**
 * SHA-256 of the key's UTF-8 bytes: what the store keeps. A plain, fast hash is right here and would be wrong for
 * passwords: 190 random bits cannot be guessed back however fast the guessing is, so salt and stretching add nothing.
 */
export function hashOf(text: string): Buffer {
  return createHash('sha256').update(text, 'utf8').digest();
}

/** `kbk_live_…a1B2`: the end is part of the checksum, so little is told. */
export function previewOf(key: string): string {
  return `${key.slice(0, 9)}…${key.slice(-4)}`;
}

/** Free text from a caller (a path, a web address, a note) may hold a key by accident; the store must not. */
export function scrub(text: string): string {
  return text.replace(ANYWHERE, (_, kind: string) => `kbk_${kind}_…`);
}

/** A key as somebody presented it, without its characters. */
export class Presented {
  readonly shape: Shape;
  readonly hash: Buffer;

  constructor(text: string) {
    this.shape = shapeOf(text);
    this.hash = hashOf(text);
  }

  /** Constant time, whatever the lengths were: hashes are compared. */
  matches(hash: Uint8Array): boolean {
    return timingSafeEqual(this.hash, hash);
  }
}

function randomBase62(length: number): string {
  let text = '';
  while (text.length < length) {
    for (const byte of randomBytes(length)) {
      // 248 = 4 * 62: bytes above would make the first characters likelier.
      if (byte < 248 && text.length < length) text += BASE62[byte % 62];
    }
  }
  return text;
}
