// Which four bytes of a literal the sieve looks for: the rarest in code and logs, so that it seldom stops for nothing.
import type { Literal } from './literal.ts';

/** No window begins further in than this, so answers come nearly in order. */
const REACH = 24;

/**
 * How rare two neighbouring bytes are: -log2 of their share, less 4, as a hexadecimal digit, at (first & 31) * 32 + (second & 31).
 * Counted in equal parts over 75 MB of public source code (TypeScript, Go, JavaScript, Python, C headers, Markdown, YAML)
 * and 60 MB of made-up logs. It decides speed, never answers.
 */
const PAIRS =
  '0444554544665455454446666875759577656867a69844575845367776abc9da4666667775674587676555777649a7ba' +
  '6576748a579567947867578876acccd946587489868a7786886776888777b5c7455446576769453755344866457896a6' +
  '55788769959b77758858768887bcbbea67689597867a58668a77889aaa8989b875777498858788758a57589a7a89b7c7' +
  '577446579557453467654a8a9b76b8c939a7978aa45aaa769867899aaab7b8da89aaa4b976999a977aa8a8aaaaabcaf7' +
  '35497469845a58859897669aa89abbc755777478a69a76654555667767abab88456554647567776455544567779aa8b5' +
  '566649678666643556356456876abcb8547875898689455446455566566ab7a85868888aa98a7657555565666567c8d9' +
  '446763777487754446554546665aa8a64656838655676656566436556658a6c73567737844796565464555666569a8b6' +
  '77677577b79a665956545667676cd9fb5668858aa69a956676676777775cc9c76678868a878a965777776775776dc9fa' +
  '6677878aa88a866956776767666cc9f9477887899789766857766777776bb7d8494aa8aaa76aaaa7666666999a8cc8fa' +
  '6a7bbbb98a5bb8bb78899aaaaacbb8bb8cabaccabb9ecc9aadbaa8cc9feb8ac94a6aaaa8a86b8ca7776878888978a79c' +
  '7eceeecbac8fcedecdeeffffffbbbb9c9786887885a986787a7679799bacbcf6';

const pairShare = Float64Array.from(PAIRS, (digit) => 2 ** -(Number.parseInt(digit, 16) + 4));
const firstShare = Float64Array.from({ length: 32 }, (_, first) =>
  pairShare.subarray(first * 32, first * 32 + 32).reduce((sum, share) => sum + share, 0),
);

/**
 * The offset of each literal's window. Three bytes have one byte more, of any value, on the side of their commoner pair:
 * -1 when it is the one before them.
 */
export function windowOffsets(literals: readonly Literal[]): number[] {
  const taken = new Map<number, number>();
  return literals.map(({ bytes }) => {
    if (bytes.length === 3) return pair(bytes, 0) < pair(bytes, 1) ? -1 : 0;
    let best = 0;
    let least = Number.POSITIVE_INFINITY;
    for (let offset = 0; offset <= Math.min(bytes.length - 4, REACH); offset += 1) {
      // Where many share a window, a text that repeats it would be slow.
      const likely = stops(bytes, offset) * (1 + (taken.get(windowAt(bytes, offset)) ?? 0));
      if (likely < least) {
        least = likely;
        best = offset;
      }
    }
    const window = windowAt(bytes, best);
    taken.set(window, (taken.get(window) ?? 0) + 1);
    return best;
  });
}

/** The low five bits of four bytes. */
function windowAt(bytes: Uint8Array, offset: number): number {
  let window = 0;
  for (let i = offset; i < offset + 4; i += 1) window = (window << 5) | ((bytes[i] ?? 0) & 31);
  return window;
}

/** How often the sieve would stop: for three bytes and one of eight classes, or, four times as dear, for the whole window. */
function stops(bytes: Uint8Array, offset: number): number {
  const three = (pair(bytes, offset) * pair(bytes, offset + 1)) / single(bytes, offset + 1);
  const next = pair(bytes, offset + 2) / single(bytes, offset + 2);
  return three / 8 + (pair(bytes, offset + 1) * next) / 8 + 4 * three * next;
}

function pair(bytes: Uint8Array, at: number): number {
  return pairShare[((bytes[at] ?? 0) & 31) * 32 + ((bytes[at + 1] ?? 0) & 31)] ?? 0;
}

function single(bytes: Uint8Array, at: number): number {
  return firstShare[(bytes[at] ?? 0) & 31] ?? 1;
}
