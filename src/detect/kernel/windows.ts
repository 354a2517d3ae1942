// Which four bytes of a literal the filter looks for: the rarest in code and logs, so that it seldom stops for nothing.
import type { Literal } from './literal.ts';

/** No window begins further in than this, so hits come nearly in order. */
export const REACH = 24;

/** Bytes from common to rare, as measured on source code and logs with bit 5 set. What is not here is rarer. */
const BY_FREQUENCY = ' eta0rnos1i"l2d-cp.4835*76m9ufhg:y,kvbw/(x)j;=_q\'z<{}>';

const SHARE = shares();

function shares(): Float64Array {
  const share = new Float64Array(256).fill(0.0005);
  [...BY_FREQUENCY].forEach((character, rank) => {
    share[character.charCodeAt(0) | 0x20] = 0.6 / (rank + 8);
  });
  return share;
}

/** The offset of the literal's window; 0 for a literal of three bytes, whose window is one byte longer than it. */
export function windowOffset({ bytes }: Literal): number {
  let best = 0;
  let least = Number.POSITIVE_INFINITY;
  for (let offset = 0; offset <= Math.min(bytes.length - 4, REACH); offset += 1) {
    const likely = likelihood(bytes, offset);
    if (likely < least) {
      least = likely;
      best = offset;
    }
  }
  return best;
}

function likelihood(bytes: Uint8Array, offset: number): number {
  let product = 1;
  let before = -1;
  for (let i = offset; i < offset + 4; i += 1) {
    const byte = (bytes[i] ?? 0) | 0x20;
    // Lines of dashes, padding, indentation: a byte that has come twice comes again.
    product *= byte === before ? 0.4 : (SHARE[byte] ?? 0);
    before = byte;
  }
  return product;
}
