// `USER: 'acme', PASSWORD: 'acme'`: a password that is its user's name is a default that everybody tries first, and what manuals
// and test set-ups are full of. What stands near says so. An address with both is reported all the same: it opens something.

interface Slices {
  slice(from: number, to: number): string;
}

/** So far each way the user's name is looked for, in bytes. */
const NEAR_BY = 160;

const SAID =
  /(?:user(?:[-_ ]?name)?|usr|login|uid|user[-_ ]?id|account|role)["'`\]]{0,2}(?: is|\s{0,4}(?:=>|[:=,]))?\s{0,4}["'`]?(?<user>[\w.@-]{3,32})(?![\w@-])/gi;

/** @param from nothing before it counts; @param to where the rule's window ends */
export function isSaidUser(
  text: Slices,
  value: string,
  start: number,
  end: number,
  from: number,
  to: number,
): boolean {
  if (!/^[\w.@-]{3,32}$/.test(value)) return false;
  const before = text.slice(Math.max(from, start - NEAR_BY), start);
  const behind = text.slice(end, Math.min(to, end + NEAR_BY));
  for (const near of [before, behind])
    for (const match of near.matchAll(SAID)) if (match.groups?.user === value) return true;
  return false;
}
