// Which repositories there are. Sorted by their last push, so that a listing may stop where the last one began; a whole listing now and
// then finds what a push does not show: renamed, archived, made public, deleted.

import { z } from 'zod';
import { SetupError } from '../model/index.ts';
import type { FleetStore, ListedRepository } from '../record/index.ts';
import { type GitHub, GitHubFault } from './github.ts';

/** What is to be scanned. */
export type Subject =
  | { readonly kind: 'org'; readonly name: string }
  | { readonly kind: 'user'; readonly name: string }
  | { readonly kind: 'list'; readonly names: readonly string[] };

export interface Listing {
  /** Read to its end. */
  readonly whole: boolean;
  readonly seen: number;
  /** Named in a list, and not there (or not for this credential). */
  readonly missing: readonly string[];
}

// https://docs.github.com/rest/repos/repos#list-organization-repositories
const repositorySchema = z.object({
  id: z.number().int(),
  full_name: z.string().regex(/^[\w.-]+\/[\w.-]+$/),
  private: z.boolean(),
  visibility: z.enum(['public', 'internal', 'private']).optional(),
  fork: z.boolean().default(false),
  archived: z.boolean().default(false),
  size: z.number().default(0),
  clone_url: z.string(),
  pushed_at: z.string().nullish(),
});
const familySchema = z.object({ source: z.object({ id: z.number().int() }).nullish() });

const PAGE = 100;
/** Clocks of a host's machines differ: so far behind the last listing's newest push a short listing goes on. */
const OVERLAP_MS = 10 * 60_000;
const FULL_EVERY_MS = 7 * 24 * 3_600_000;

/** Brings the ledger's list up to date. Rejects with a GitHubFault, having kept what came before it. */
export async function listRepositories(
  github: GitHub,
  subject: Subject,
  store: FleetStore,
  options: { readonly whole: boolean; readonly now: Date },
): Promise<Listing> {
  if (subject.kind === 'list') return named(github, subject.names, store);
  const mark = `listing ${github.host}/${subject.kind}/${subject.name.toLowerCase()}`;
  const last = markOf(await store.mark(mark));
  const due = last === undefined || options.now.getTime() - Date.parse(last.wholeAt) > FULL_EVERY_MS;
  const whole = options.whole || due;
  const stopAt = whole || last === undefined ? undefined : Date.parse(last.newest) - OVERLAP_MS;
  const owner = encodeURIComponent(subject.name);
  const path = subject.kind === 'org' ? `/orgs/${owner}/repos` : `/users/${owner}/repos`;

  let seen = 0;
  let newest = last?.newest ?? '1970-01-01T00:00:00Z';
  for (let page = 1; ; page++) {
    const type = subject.kind === 'org' ? 'all' : 'owner';
    const reply = await github.get(path, { type, sort: 'pushed', direction: 'desc', per_page: PAGE, page });
    if (reply === undefined)
      throw new SetupError(
        `${github.host} knows no ${subject.kind === 'org' ? 'organisation' : 'user'} ${subject.name}`,
        {
          hint:
            subject.kind === 'org'
              ? 'check the name; a user is scanned with --user, and a private organisation needs a credential'
              : 'check the name',
        },
      );
    const found = parse(github, reply.data);
    await store.listed(found);
    for (const one of found) {
      seen += 1;
      if (one.pushedAt > newest) newest = one.pushedAt;
    }
    const oldest = found.at(-1)?.pushedAt;
    const enough = stopAt !== undefined && oldest !== undefined && Date.parse(oldest) < stopAt;
    if (enough || !reply.more) break;
  }
  // What a whole listing of an owner does not name is not there any more.
  if (whole) await store.unlisted(github.host, subject.name, options.now);
  const wholeAt = whole || last === undefined ? options.now.toISOString() : last.wholeAt;
  await store.setMark(mark, JSON.stringify({ newest, wholeAt }));
  return { whole, seen, missing: [] };
}

async function named(github: GitHub, names: readonly string[], store: FleetStore): Promise<Listing> {
  const found: ListedRepository[] = [];
  const missing: string[] = [];
  for (const name of names) {
    const reply = await github.get(`/repos/${name.split('/').map(encodeURIComponent).join('/')}`);
    if (reply === undefined) missing.push(name);
    else found.push(...parse(github, [reply.data]));
  }
  await store.listed(found);
  return { whole: false, seen: found.length, missing };
}

function parse(github: GitHub, data: unknown): ListedRepository[] {
  const result = z.array(repositorySchema).safeParse(data);
  if (!result.success)
    throw new GitHubFault('unreachable', `${github.host}: the list of repositories is not in the known form`);
  return result.data.flatMap((one) => {
    // Credentials go to this host alone, so a clone address elsewhere is none of ours.
    if (!URL.canParse(one.clone_url) || new URL(one.clone_url).origin !== github.origin) return [];
    return [
      {
        key: `${github.host}/${one.id}`,
        host: github.host,
        name: one.full_name,
        url: one.clone_url,
        exposure: one.visibility ?? (one.private ? 'private' : 'public'),
        archived: one.archived,
        fork: one.fork,
        sizeKb: one.size,
        pushedAt: new Date(one.pushed_at ?? 0).toISOString(),
      },
    ];
  });
}

/** Where a fork's network began: one request, once for each fork. */
export async function networkOf(github: GitHub, repository: ListedRepository): Promise<string> {
  if (!repository.fork) return repository.key;
  const reply = await github.get(`/repos/${repository.name}`);
  const family = familySchema.safeParse(reply?.data);
  const source = family.success ? family.data.source : undefined;
  return source ? `${github.host}/${source.id}` : repository.key;
}

/** `owner/name` or a web address, one a line; `#` begins a comment. */
export function parseList(text: string, file: string): string[] {
  const names: string[] = [];
  const faults: string[] = [];
  for (const [index, line] of text.split('\n').entries()) {
    const entry = line.replace(/#.*$/, '').trim();
    if (entry === '') continue;
    const name = entry.replace(/^https?:\/\/[^/]+\//, '').replace(/\.git$|\/$/g, '');
    if (/^[\w.-]+\/[\w.-]+$/.test(name)) names.push(name);
    else faults.push(`${file}:${index + 1}: not a repository's name`);
  }
  if (faults.length > 0)
    throw new SetupError(faults.join('\n'), { hint: 'one a line: owner/name, or its web address' });
  return [...new Set(names)];
}

function markOf(text: string | undefined): { newest: string; wholeAt: string } | undefined {
  return text === undefined ? undefined : (JSON.parse(text) as { newest: string; wholeAt: string });
}
