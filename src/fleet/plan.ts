// What to scan next. Pure: the last pushed first, and before everything else the keys that are not done with, the live and public ones
// in front.

import { createHash } from 'node:crypto';
import type { Attention, KnownRepository } from '../record/index.ts';

export interface Due {
  readonly repository: KnownRepository;
  /** Higher is sooner. */
  readonly priority: number;
  readonly why: 'unfinished' | 'live' | 'again' | 'new' | 'pushed' | 'sweep';
  /** Read all of it, because keys in it are to be seen again. */
  readonly whole: boolean;
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
  const due = (why: Due['why'], priority: number, whole: boolean): Due => ({
    repository,
    priority,
    why,
    whole,
  });
  if (attention.some(({ intended }) => intended)) return due('unfinished', 50, true);
  const living = attention.filter((one) => one.live && isOld(one, options));
  if (living.length > 0) {
    const open = living.some(({ exposure }) => exposure === 'public');
    return due('live', open ? 40 : 30, true);
  }
  if (attention.some(({ again }) => again)) return due('again', 20, true);
  if (repository.scannedAt === null) return due('new', 10, false);
  if (repository.scannedPush !== repository.pushedAt || repository.problem !== null)
    return due('pushed', 10, false);
  return options.sweep && repository.scannedAt < options.began.toISOString()
    ? due('sweep', 0, false)
    : undefined;
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
