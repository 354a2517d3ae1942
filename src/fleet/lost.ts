// What was pushed away: tips of before forced pushes, and of branches that are gone. No ref names them, anybody who knows the id can
// fetch them, and a leaked key is most often hidden in just this way.

import { z } from 'zod';
import type { KnownRepository } from '../record/index.ts';
import { GitFault, runGit } from './git.ts';
import { copyOf, place, present, readTips, withMirror } from './history.ts';
import type { Mirror } from './mirrors.ts';
import type { Source, SourceTools } from './source.ts';

// https://docs.github.com/rest/repos/repos#list-repository-activities
const activitySchema = z.array(
  z.object({
    id: z.number(),
    before: z.string().regex(/^(?:[0-9a-f]{40}|[0-9a-f]{64})$/),
    timestamp: z.string(),
    activity_type: z.string(),
  }),
);
type Activity = z.infer<typeof activitySchema>[number];

interface LostCursor {
  /** The newest activity that has been asked about, by kind, and of all kinds. */
  readonly seen: Readonly<Record<string, number>>;
  /** Tips that have been read. */
  readonly tips: readonly string[];
}

const KINDS = ['force_push', 'branch_deletion'] as const;
/** Of whatever kind. */
const ANY = 'any';
const PAGE = 100;

export const lost: Source = {
  name: 'lost',
  async scan(repository, last, tools) {
    const known: LostCursor = last === undefined ? { seen: {}, tips: [] } : (JSON.parse(last) as LostCursor);
    // What takes a commit away changes a ref, so an unchanged history has lost nothing.
    if (last !== undefined && tools.news('git') === false && !tools.whole)
      return { cursor: JSON.stringify(known), changed: false, whole: false };
    const { seen, found } = await sinceThen(repository, last === undefined ? undefined : known.seen, tools);
    const wanted = [...new Set([...found, ...(tools.whole ? known.tips : [])])];
    const read = wanted.length === 0 ? [] : await fetchAndRead(repository, wanted, known, tools);
    const tips = [...new Set([...known.tips, ...read])].sort();
    return {
      cursor: JSON.stringify({ seen, tips }),
      changed: wanted.length > 0,
      whole: last === undefined || tools.whole,
    };
  },
};

interface Activities {
  readonly seen: LostCursor['seen'];
  readonly found: ReadonlySet<string>;
}

/** One question where it reaches back to the last one, else one for each kind. @param known undefined: nobody has asked yet */
async function sinceThen(
  repository: KnownRepository,
  known: LostCursor['seen'] | undefined,
  { github }: SourceTools,
): Promise<Activities> {
  const seen: Record<string, number> = { ...known };
  const found = new Set<string>();
  const note = (kind: string, { id, before }: Activity): void => {
    if (!/^0+$/.test(before)) found.add(before);
    seen[kind] = Math.max(seen[kind] ?? 0, id);
  };
  if (known !== undefined) {
    const { rows, more } = await activities(repository, github, {});
    // Up to here nothing of any kind is new, in whatever order the kinds were asked for.
    const until = known[ANY] ?? Math.min(...KINDS.map((kind) => known[kind] ?? 0));
    for (const row of rows) seen[ANY] = Math.max(seen[ANY] ?? 0, row.id);
    if (!more || rows.some(({ id }) => id <= until)) {
      for (const row of rows) {
        const kind = KINDS.find((one) => one === row.activity_type);
        if (kind !== undefined && row.id > (known[kind] ?? 0)) note(kind, row);
      }
      return { seen, found };
    }
  }
  for (const kind of KINDS) {
    const { rows } = await activities(repository, github, { activity_type: kind });
    for (const row of rows) if (row.id > (known?.[kind] ?? 0)) note(kind, row);
  }
  return { seen, found };
}

async function activities(
  { name }: KnownRepository,
  github: SourceTools['github'],
  query: Readonly<Record<string, string>>,
): Promise<{ readonly rows: readonly Activity[]; readonly more: boolean }> {
  const reply = await github.get(`/repos/${name}/activity`, { ...query, per_page: PAGE });
  // An empty repository, or an Enterprise server that does not know the question.
  const rows = activitySchema.safeParse(reply?.data ?? []);
  if (!rows.success) throw new Error('the list of activities is not in the known form');
  return { rows: rows.data, more: reply?.more === true };
}

async function fetchAndRead(
  repository: KnownRepository,
  wanted: readonly string[],
  known: LostCursor,
  tools: SourceTools,
): Promise<readonly string[]> {
  return await withMirror(repository, tools, async (mirror) => {
    const here = new Set(await present(wanted, mirror, tools));
    for (const oid of wanted) if (!here.has(oid)) await fetchOne(repository, oid, mirror, tools);
    const tips = await present(wanted, mirror, tools);
    if (tips.length === 0) return [];
    await keep(repository, tips, mirror, tools);
    const { own } = await tools.cursorsOf('git');
    const read = [...readTips(own), ...(tools.whole ? [] : known.tips)];
    const not = await present(read, mirror, tools);
    await tools.run(repository.url, {
      history: 'yes',
      mode: { kind: 'commits', tips, not },
      copyOf: copyOf(repository, mirror),
    });
    return tips;
  });
}

/** What its host has thrown away nobody can read any more: that is no gap. */
async function fetchOne(
  repository: KnownRepository,
  oid: string,
  mirror: Mirror,
  tools: SourceTools,
): Promise<void> {
  const header = await tools.github.gitHeader();
  try {
    await tools.mirrors.guarded(mirror, 0, (signal) =>
      runGit(['fetch', '-q', '--no-tags', '--no-write-fetch-head', repository.url, oid], {
        cwd: mirror.folder,
        signal,
        header,
      }),
    );
  } catch (error) {
    if (!(error instanceof GitFault) || error.trouble !== 'missing') throw error;
  }
}

/** Refs of our own, so that they bound later scans as well. */
async function keep(
  repository: KnownRepository,
  tips: readonly string[],
  mirror: Mirror,
  { signal }: SourceTools,
): Promise<void> {
  const folder = place(repository).replace('refs/repositories/', 'refs/lost/');
  const input = tips.map((oid) => `update ${folder}${oid} ${oid}`);
  await runGit(['update-ref', '--stdin'], { cwd: mirror.folder, signal, input });
}
