// From a plan to commits that are proved to be all there. The law of this file: a range counts only when both its ends are
// here and no commit in it is one at which a shallow clone was cut; "the commit before is here" proves nothing by itself.

import { type Copy, isOid } from './copy.ts';
import { others, type RangePlan } from './plan.ts';

/** A range by object ids, ready to be read. */
export interface Range {
  readonly tips: readonly string[];
  readonly not: readonly string[];
  readonly commits: number;
  /** Why it is shorter than it should be; undefined where it is proved whole. */
  readonly gap?: string;
  /** What a person should know of how it came to be. */
  readonly note?: string;
}

interface Ends {
  readonly tips: readonly string[];
  readonly not: readonly string[];
  readonly bothSides: boolean;
}

type Proof =
  | { readonly whole: true; readonly commits: number; readonly edge: readonly string[] }
  | { readonly whole: false; readonly why: string };

// Behind the guess, how much deeper to look before everything is fetched: a base branch moves on while a change waits.
const DEEPER = 1_000;
// How many branches that are not here are fetched only to be left out.
const MOST_BRANCHES = 200;

export async function rangeOf(
  copy: Copy,
  plan: RangePlan,
  defaultBranch: string | undefined,
): Promise<Range> {
  const asks = plan.without !== 'none' || [...plan.tips, ...plan.not].some((point) => !isOid(point));
  const refs = asks ? await copy.refs('refs/heads/*', 'refs/tags/*') : new Map<string, string>();
  const resolve = (points: readonly string[]) => points.map((point) => resolved(point, refs) ?? point);
  const [tips, not] = [resolve(plan.tips), resolve(plan.not)];
  const unknown = [...tips, ...not].find((point) => !isOid(point));
  if (unknown !== undefined) {
    const gap = `the remote has no branch, tag or commit called ${unknown}`;
    return { tips: [], not: [], commits: 0, gap };
  }
  const branches = new Map([...(refs ?? [])].filter(([name]) => name.startsWith('refs/heads/')));
  const ends: Ends = {
    tips,
    not: [...not, ...(await worthwhile(copy, others(plan, branches, defaultBranch)))],
    bothSides: plan.bothSides,
  };
  const range = await deepen(copy, ends, plan.guess);
  if (range.gap !== undefined) return await instead(copy, plan, ends, range);
  const note = 'the remote does not tell its branches: everything that the ref reaches is read';
  return refs === undefined ? { ...range, note } : range;
}

/** Other branches, as long as getting them costs less than what leaving them out saves: without one, more is read, not less. */
async function worthwhile(copy: Copy, branches: readonly string[]): Promise<readonly string[]> {
  const missing = new Set(branches.length > MOST_BRANCHES ? await copy.missing(branches) : []);
  return missing.size > MOST_BRANCHES ? branches.filter((oid) => !missing.has(oid)) : branches;
}

/** Where another end is gone for good, more is read: all behind it. What a forced push threw away cannot be had that way. */
async function instead(copy: Copy, plan: RangePlan, ends: Ends, failed: Range): Promise<Range> {
  const lost = await copy.missing([...ends.tips, ...ends.not]);
  const here = (oids: readonly string[]) => oids.filter((oid) => !lost.includes(oid));
  const tips = here(ends.tips);
  const [name] = lost;
  if (name === undefined || tips[0] !== ends.tips[0]) return failed;
  const range = await deepen(copy, { tips, not: here(ends.not), bothSides: false }, plan.guess);
  if (range.gap !== undefined) return failed;
  const gone = name.slice(0, 12);
  if (tips.length < ends.tips.length)
    return { ...range, gap: `the overwritten commits up to ${gone} cannot be fetched any more` };
  return { ...range, note: `${gone} cannot be fetched, so more than the range is read` };
}

function resolved(point: string, refs: ReadonlyMap<string, string> | undefined): string | undefined {
  if (isOid(point)) return point;
  for (const name of [point, `refs/heads/${point}`, `refs/tags/${point}`]) {
    const oid = refs?.get(name);
    if (oid !== undefined) return oid;
  }
  return undefined;
}

async function deepen(copy: Copy, ends: Ends, guess: number): Promise<Range> {
  let proof = await prove(copy, ends);
  for (const step of steps(copy, ends, guess)) {
    if (proof.whole) break;
    await step();
    proof = await prove(copy, ends);
  }
  if (!proof.whole) return await whatIsHere(copy, ends, proof.why);
  return await filled(copy, ends.tips, proof);
}

/** What some commits bring that others have not, where all commits and trees are here. */
export async function newSince(copy: Copy, tips: readonly string[], not: readonly string[]): Promise<Range> {
  const proof = await prove(copy, { tips, not, bothSides: false });
  return proof.whole ? await filled(copy, tips, proof) : { tips, not, commits: 0, gap: proof.why };
}

async function filled(copy: Copy, tips: readonly string[], proof: Proof & { whole: true }): Promise<Range> {
  const range = { tips, not: proof.edge, commits: proof.commits };
  const gap = await fillBlobs(copy, range);
  return gap === undefined ? range : { ...range, gap };
}

/** From cheap to dear. Each is tried only while the proof is missing. */
function* steps(copy: Copy, ends: Ends, guess: number): Generator<() => Promise<unknown>> {
  const points = [...new Set([...ends.tips, ...ends.not])];
  // A fetch that names one commit that is gone brings nothing at all, so what is there is asked for alone.
  const get = async (...args: string[]) => {
    if ((await copy.bring(args, points)).ok || points.length === 1) return;
    for (const point of points) await copy.bring(args, [point]);
  };
  const all = ends.not.length === 0 && !ends.bothSides;
  const filter = all ? [] : ['--filter=blob:none'];
  const bare = copy.shallow.size === 0;
  if (!all) {
    const depth = Math.max(guess, 1) + 1;
    // Where nothing is borrowed or all of it is shallow, a depth cannot cut what was whole.
    yield async () => get(...((await isEmpty(copy)) || !bare ? [`--depth=${depth}`] : []));
    if (copy.shallow.size > 0) yield () => get(`--depth=${depth + DEEPER}`, ...filter);
  }
  yield () => get(...(copy.shallow.size > 0 ? ['--unshallow'] : []), ...filter);
}

async function isEmpty(copy: Copy): Promise<boolean> {
  const counted = await copy.lines(['count-objects', '-v']);
  return !counted.some((line) => line.startsWith('alternate: ') || /^(?:in-pack|count): [1-9]/.test(line));
}

/**
 * Lists the range. Its edge is what stands right behind it: leaving that out gives the same range, in few words. So are the
 * commits of tips that bring none, such as a tag on a branch, of which only the message is new.
 */
async function prove(copy: Copy, ends: Ends): Promise<Proof> {
  const missing = await copy.missing([...ends.tips, ...ends.not]);
  if (missing[0] !== undefined)
    return { whole: false, why: `commit ${missing[0].slice(0, 12)} cannot be fetched` };
  const revisions = [...revisionsOf(ends), ...ends.not.map((oid) => `^${oid}`)];
  let listed: string[];
  try {
    listed = await copy.lines(['rev-list', '--boundary', '--stdin'], revisions);
  } catch (error) {
    return { whole: false, why: error instanceof Error ? error.message : 'git cannot list the range' };
  }
  const commits = new Set(listed.filter((line) => !line.startsWith('-')));
  const cut = copy.shallow;
  if ([...commits].some((oid) => cut.has(oid)))
    return { whole: false, why: 'the history is shallow inside the range, and cannot be deepened' };
  const edge = listed.filter((line) => line.startsWith('-')).map((line) => line.slice(1));
  const old = (await copy.commitsOf(ends.tips)).filter((oid) => oid !== undefined && !commits.has(oid));
  return {
    whole: true,
    commits: commits.size,
    edge: [...new Set([...edge, ...old])].filter((oid) => oid !== undefined),
  };
}

function revisionsOf({ tips, bothSides }: Ends): string[] {
  const [after, before] = tips;
  return bothSides && after !== undefined && before !== undefined ? [`${after}...${before}`] : [...tips];
}

/** A range that is not whole is read as far as it goes: what is found in it is found, but it is never called clean. */
async function whatIsHere(copy: Copy, ends: Ends, gap: string): Promise<Range> {
  const lost = new Set(await copy.missing([...ends.tips, ...ends.not]));
  const here = (oids: readonly string[]) => oids.filter((oid) => !lost.has(oid));
  const range = { tips: here(ends.tips), not: here(ends.not), commits: 0, gap };
  await fillBlobs(copy, range);
  return range;
}

/** @returns what is wrong where some of the range's content cannot be had */
async function fillBlobs(
  copy: Copy,
  { tips, not }: Pick<Range, 'tips' | 'not'>,
): Promise<string | undefined> {
  if (tips.length === 0 || !copy.partial) return undefined;
  const args = ['rev-list', '--objects', '--no-object-names', '--missing=print', '--stdin'];
  try {
    const listed = await copy.lines(args, [...tips, ...not.map((oid) => `^${oid}`)]);
    const lost = listed.filter((line) => line.startsWith('?')).map((line) => line.slice(1));
    const { ok, said } = await copy.fill(lost);
    return ok ? undefined : `${lost.length} objects of the range cannot be fetched: ${said}`;
  } catch (error) {
    return error instanceof Error ? error.message : 'git cannot list the range';
  }
}
