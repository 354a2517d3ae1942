// Keys inside base64, found where they stand. A literal's bytes fix some base64 digits whatever stands around them: one
// piece for each of the three ways in which it can lie across groups of three bytes. Those pieces are literals like others;
// only a hit is decoded, so decoding costs nothing where there is nothing.

/** One way in which a literal stands in base64. */
export interface EncodedLiteral {
  /** Digits that are fixed. */
  readonly text: string;
  /** How many digits of its first group of four stand before `text`. */
  readonly skipped: number;
  /** How many bytes of the first group of three stand before the literal. */
  readonly phase: number;
}

/** Fewer fixed digits would hit by chance too often. */
const FEWEST_DIGITS = 4;

/** The pieces of base64 that say "this literal", in the standard and the URL alphabet. */
export function encodedLiterals(literal: Uint8Array): EncodedLiteral[] {
  const found: EncodedLiteral[] = [];
  for (const phase of [0, 1, 2]) {
    const padded = Buffer.concat([Buffer.alloc(phase), literal]);
    // Bits of the bytes before reach into one digit more than they fill; the last digit counts only where it is full.
    const skipped = Math.ceil((phase * 8) / 6);
    const full = Math.floor((padded.length * 8) / 6);
    for (const alphabet of ['base64', 'base64url'] as const) {
      const text = padded.toString(alphabet).slice(skipped, full);
      if (
        text.length >= FEWEST_DIGITS &&
        !found.some((other) => other.text === text && other.phase === phase)
      ) {
        found.push({ text, skipped, phase });
      }
    }
  }
  return found;
}

const DIGIT = new Uint8Array(256);
for (const char of 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/-_')
  DIGIT[char.charCodeAt(0)] = 1;

/** Base64 around a hit, decoded. */
export interface Decoded {
  readonly bytes: Uint8Array;
  /** Where the literal starts in `bytes`. */
  readonly anchor: number;
  /** The digits that hold a range of `bytes`, as offsets in the text around. */
  readonly outer: (from: number, to: number) => { readonly start: number; readonly end: number };
}

/** @param at where the piece was found; @param reach bytes each way */
export function decodeAround(
  bytes: Uint8Array,
  at: number,
  literal: EncodedLiteral,
  reach: number,
): Decoded | undefined {
  const group = at - literal.skipped;
  const least = Math.max(0, at - reach);
  const most = Math.min(bytes.length, at + reach);
  for (let i = group; i < at; i++) if (DIGIT[bytes[i] ?? 0] !== 1) return undefined;
  let from = group;
  while (from - 4 >= least && isGroup(bytes, from - 4)) from -= 4;
  let to = at;
  while (to < most && DIGIT[bytes[to] ?? 0] === 1) to++;
  const digits = Buffer.from(bytes.buffer, bytes.byteOffset + from, to - from).toString('latin1');
  return {
    bytes: Buffer.from(digits, 'base64'),
    anchor: ((group - from) / 4) * 3 + literal.phase,
    outer: (start, end) => ({
      start: from + Math.floor((start * 8) / 6),
      end: Math.min(to, from + Math.ceil((end * 8) / 6)),
    }),
  };
}

function isGroup(bytes: Uint8Array, at: number): boolean {
  for (let i = at; i < at + 4; i++) if (DIGIT[bytes[i] ?? 0] !== 1) return false;
  return true;
}
