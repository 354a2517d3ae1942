// What counts as text. Git's own rule (a NUL byte among the first 8000) says what is binary, except that UTF-16 is
// text for people.

/** As many bytes as git looks at: xdiff-interface.c, FIRST_FEW_BYTES. */
export const HEAD = 8000;
/** UTF-16 without a byte order mark: this share of the units has a NUL half, and always the same half. */
const NUL_SHARE = 0.3;

export type Kind = 'text' | 'binary' | 'utf-16le' | 'utf-16be';

/** Judges a text by its beginning. */
export function kindOf(bytes: Uint8Array): Kind {
  if (bytes[0] === 0xff && bytes[1] === 0xfe) return 'utf-16le';
  if (bytes[0] === 0xfe && bytes[1] === 0xff) return 'utf-16be';
  const head = bytes.subarray(0, HEAD);
  const first = head.indexOf(0);
  if (first < 0) return 'text';
  const nuls = [0, 0];
  for (let index = first; index >= 0; index = head.indexOf(0, index + 1)) nuls[index & 1] = (nuls[index & 1] ?? 0) + 1;
  const [even = 0, odd = 0] = nuls;
  const enough = Math.max(1, (head.length >> 1) * NUL_SHARE);
  if (even === 0 && odd >= enough) return 'utf-16le';
  if (odd === 0 && even >= enough) return 'utf-16be';
  return 'binary';
}

/** A whole UTF-16 text as UTF-8. */
export function decodeWhole(bytes: Uint8Array, kind: 'utf-16le' | 'utf-16be'): Uint8Array {
  return Buffer.from(new TextDecoder(kind).decode(bytes), 'utf8');
}
