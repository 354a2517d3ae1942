// What to scan next. Pure: the last pushed first, and before everything else the keys that are not done with, the live and public ones
// in front.

import { createHash } from 'node:crypto';
import type { Attention, KnownRepository } from '../record/index.ts';
import { type News, staleIn } from './news.ts';
import { isPulsed, type Pulse } from './pulse.ts';

export interface Due {
  readonly repository: KnownRepository;
  /** Higher is sooner. */
  readonly priority: number;
  readonly why: 'unfinished' | 'live' | 'again' | 'new' | 'pushed' | 'beside' | 'sweep';
  /** Sources to read from their beginning, because keys in them are to be seen again. */
  readonly whole: readonly string[];
  /** These alone; undefined: all that were chosen. */
  readonly only: readonly string[] | undefined;
  readonly pulse: Pulse | undefined;
}

export interface PlanOptions {
  readonly now: Date;
  /** When this run began: what another worker of it has done since is done. */
  readonly began: Date;
  /** Revocation is armed: whatever lives is looked at, not only what is new. */
  readonly armed: boolean;
  /** So old the issuer's last word on a living key may get, in ms. */
  readonly recheckMs: number;
  /** Every repository's refs are compared, pushed to or not: pull requests of strangers move none of its dates. */
  readonly sweep: boolean;
  readonly shard?: Shard;
  /** What there may be beside the code; left out where nothing of it is read. */
  readonly news?: News | undefined;
}

/** One part of several: 1 of 4. */
export interface Shard {
  readonly index: number;
  readonly of: number;
}

export function plan(
  repositories: readonly KnownRepository[],
  attention: readonly Attention[],
  options: PlanOptions,
): Due[] {
  const wanted = Map.groupBy(attention, (one) => one.repository);
  return repositories
    .filter((one) => !one.gone && (options.shard === undefined || isIn(one.key, options.shard)))
    .flatMap((repository) => dueOf(repository, wanted.get(repository.key) ?? [], options) ?? [])
    .sort(
      (a, b) =>
        b.priority - a.priority ||
        compare(b.repository.pushedAt, a.repository.pushedAt) ||
        compare(a.repository.key, b.repository.key),
    );
}

function dueOf(
  repository: KnownRepository,
  attention: readonly Attention[],
  options: PlanOptions,
): Due | undefined {
  // What is asked of all is not left out because a pulse says so.
  const pulse = options.sweep ? undefined : options.news?.pulses.get(repository.key);
  const due = (why: Due['why'], priority: number, about: readonly Attention[] = []): Due => ({
    repository,
    priority,
    why,
    whole: [...new Set(about.map(({ source }) => source))].sort(),
    only: undefined,
    pulse,
  });
  const unfinished = attention.filter(({ intended }) => intended);
  if (unfinished.length > 0) return due('unfinished', 50, unfinished);
  const living = attention.filter((one) => one.live && isOld(one, options));
  if (living.length > 0) {
    const open = living.some(({ exposure }) => exposure === 'public');
    return due('live', open ? 40 : 30, living);
  }
  const doubtful = attention.filter(({ again }) => again);
  if (doubtful.length > 0) return due('again', 20, doubtful);
  if (repository.scannedAt === null) return due('new', 10);
  if (repository.scannedPush !== repository.pushedAt || repository.problem !== null) return due('pushed', 10);
  if (options.sweep && repository.scannedAt < options.began.toISOString()) return due('sweep', 0);
  const stale =
    options.news === undefined ? [] : staleIn(repository, options.news, options.began, options.now);
  // A stranger's pull request is a ref, and moves no date of its repository.
  const code = stale.some(isPulsed) ? ['git'] : [];
  return stale.length === 0 ? undefined : { ...due('beside', 5), only: [...stale, ...code] };
}

/** What may be burned now is looked at in every run, everything else when its time has come. */
function isOld({ checkedAt, approved }: Attention, { now, began, armed, recheckMs }: PlanOptions): boolean {
  if (checkedAt === undefined) return true;
  const asked = Date.parse(checkedAt);
  return now.getTime() - asked >= recheckMs || ((armed || approved) && asked < began.getTime());
}

/** The same repository in the same shard on every machine, and through every rename. */
export function isIn(key: string, { index, of }: Shard): boolean {
  const number = createHash('sha256').update(key).digest().readUInt32BE(0);
  return number % of === index - 1;
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
