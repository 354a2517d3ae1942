// Takes leak reports in and burns what is ours. The law: on disk before it is acknowledged, dead soon after, whatever
// happens in between: what is left over is burned at the next start. A key that fits two issuers is shown to neither.

import type { Burned, Issuer, Leak } from '../issuers.ts';
import { hashOf, scrub } from '../keys.ts';
import type { FoundAt, Reporter } from '../record.ts';
import type { Store } from '../store.ts';
import { embeddedIssuer } from './embedded.ts';
import type { Counts, Job, Report } from './queue.ts';
import type { Seal } from './seal.ts';
import { type Concluded, createTelling } from './telling.ts';

/** How many keys are burned before other requests get their turn. */
const BATCH = 100;
const FIRST_WAIT_MS = 5000;
const LONGEST_WAIT_MS = 3_600_000;
/** Between two looks whether a person has said yes. */
const WAITS_MS = 60_000;
const LONGEST_TIMER_MS = 60_000;

/** One token of a report, or its hash where the reporter kept the token to itself. */
export interface Sighting {
  readonly token: string | Uint8Array;
  readonly foundAt: FoundAt;
  /** RFC 3339. */
  readonly foundTime: string;
}

export interface Judged {
  readonly hash: Uint8Array;
  /** It is a key that an issuer here has given out, in whatever state; undefined where nobody can tell at once. */
  readonly known: boolean | undefined;
}

export interface LeakDesk {
  /** @returns one answer a sighting, in the same order; everything of ours is on disk by then. Undefined: too much waits. */
  take(sightings: readonly Sighting[], by: Reporter): Promise<readonly Judged[] | undefined>;
  /** Takes one without a look at it: the same work, and no word, whatever it is. False: too much waits. */
  takeUnseen(sighting: Sighting, by: Reporter): Promise<boolean>;
  /** When this signed delivery was taken before, in ms of the epoch. */
  delivered(mark: Uint8Array): number | undefined;
  /** Remembers that it was taken. */
  deliver(mark: Uint8Array): void;
  /** Burns everything that is due; with an issuer's id, of that one alone. */
  drain(issuer?: string): Promise<void>;
  counts(): Counts;
  /** Ends what is under way and starts nothing more. */
  close(): Promise<void>;
}

export interface LeakDeskOptions {
  readonly store: Store;
  readonly now: () => Date;
  readonly log: (entry: Readonly<Record<string, unknown>>) => void;
  /** Beside the embedded service. */
  readonly issuers?: readonly Issuer[];
  /** Needed where an issuer needs the key itself. */
  readonly seal?: Seal;
  /** The name of a key in incidents. */
  readonly fingerprint?: (token: string) => string;
  /** Keeps and tells what was concluded; whatever it rejects is tried again. May be told twice. */
  readonly tell?: (concluded: Concluded) => Promise<void>;
  /** Runs something when the reply is out; `setImmediate` where it is left out. */
  readonly later?: (work: () => void) => void;
}

export function createLeakDesk(options: LeakDeskOptions): LeakDesk {
  const { store, now, log, seal, later = setImmediate } = options;
  const issuers = [embeddedIssuer(store, now), ...(options.issuers ?? [])];
  const byId = new Map(issuers.map((issuer) => [issuer.id, issuer]));
  // To these a hash alone says nothing, so nobody can say that it is none of theirs.
  const blind = issuers.some(({ needs, digest }) => needs === 'key' || digest !== undefined);
  const telling = options.tell && createTelling({ queue: store.leaks, tell: options.tell, log });
  let draining: Promise<void> | undefined;
  let timer: NodeJS.Timeout | undefined;
  let closed = false;
  store.leaks.forgetDeliveries(now());

  /** The issuers that this token may be shown to, or at least asked about by its hash. */
  function candidates(token: string | Uint8Array): readonly Issuer[] {
    const fits = issuers.filter(({ needs, pattern, digest }) => {
      if (typeof token !== 'string') return needs === 'hash' && digest === undefined;
      return pattern === undefined ? needs === 'hash' : pattern.test(token);
    });
    const shown = fits.filter(({ needs }) => needs === 'key');
    if (shown.length <= 1) return fits;
    log({ event: 'leak-ambiguous', issuers: shown.map(({ id }) => id) });
    return fits.filter(({ needs }) => needs === 'hash');
  }

  function reportOf(issuer: Issuer, { token, foundAt, foundTime }: Sighting, by: Reporter): Report {
    const hash = hashFor(issuer, token);
    const sealed = issuer.needs === 'key' && typeof token === 'string' ? seal?.close(token, hash) : undefined;
    const subject = typeof token === 'string' ? options.fingerprint?.(token) : undefined;
    return { issuer: issuer.id, hash, by, foundAt: clean(foundAt, token), foundTime, sealed, subject };
  }

  const unkept: { readonly write: () => void; readonly done: (error?: unknown) => void }[] = [];
  /** Writes with whatever else came in meanwhile, so that all of it waits for the disk once. On disk when it resolves. */
  function keep<T>(write: () => T): Promise<T> {
    return new Promise((resolve, reject) => {
      let result: T;
      const done = (error?: unknown) => (error === undefined ? resolve(result) : reject(error));
      unkept.push({
        write: () => {
          result = write();
        },
        done,
      });
      if (unkept.length === 1) setImmediate(keepAll);
    });
  }

  function keepAll(): void {
    const batch = unkept.splice(0);
    let failed: unknown;
    try {
      store.transaction(() => {
        for (const { write } of batch) write();
      });
    } catch (error) {
      failed = error ?? new Error('failed');
    }
    for (const { done } of batch) done(failed);
  }

  /** An issuer that cannot say now gets the report all the same. */
  async function tell(
    issuer: Issuer,
    hashes: readonly Uint8Array[],
  ): Promise<readonly boolean[] | undefined> {
    try {
      return await issuer.knows?.(hashes);
    } catch (error) {
      log({ event: 'fault', name: error instanceof Error ? error.name : 'unknown', where: issuer.id });
      return undefined;
    }
  }

  function leakOf(job: Job, key?: string): Leak {
    const { hash, by, foundAt, foundTime, begun } = job;
    const attempt = { begun, begin: () => store.leaks.begin(job) };
    return { hash, by, foundAt, foundTime, key, attempt };
  }

  async function burn(job: Job): Promise<Burned> {
    const issuer = byId.get(job.issuer);
    if (!issuer) return { state: 'later', note: 'this issuer is not set up any more' };
    const key = job.sealed && seal?.open(job.sealed, job.hash);
    if (issuer.needs === 'key' && key === undefined)
      return { state: 'person', note: 'the key was sealed under another KEYBURN_QUEUE_KEY' };
    try {
      return await issuer.burn(leakOf(job, key));
    } catch (error) {
      // Its message may quote what it worked on.
      return { state: 'later', note: error instanceof Error ? error.name : 'failed' };
    }
  }

  async function handle(job: Job): Promise<void> {
    conclude(job, await burn(job));
  }

  /** Those of an issuer that takes many at once. */
  async function handleMany(issuer: Issuer, jobs: readonly Job[]): Promise<void> {
    const burned = await issuer.burnMany?.(jobs.map((job) => leakOf(job)));
    store.leaks.together(() => {
      for (const [n, job] of jobs.entries())
        conclude(job, burned?.[n] ?? { state: 'later', note: 'no answer' });
    });
  }

  function conclude(job: Job, burned: Burned): void {
    const at = now();
    const { state, note } = burned;
    const about = { event: 'leak', issuer: job.issuer, by: job.by, state, note };
    if (state === 'later' || state === 'waits') {
      const longer = Math.min(FIRST_WAIT_MS * 2 ** Math.min(job.tries, 20), LONGEST_WAIT_MS);
      const wait = state === 'waits' ? WAITS_MS : longer;
      store.leaks.postpone(job, at.getTime() + wait, note, telling?.of(job, burned, at));
      if (state === 'later' || job.tries === 0) log({ ...about, tries: job.tries + 1 });
      return;
    }
    store.leaks.settle(job, state, note, at, telling?.of(job, burned, at));
    if (burned.state === 'dead')
      log({ ...about, changed: burned.changed, ...(burned.keyId && { keyId: burned.keyId }) });
    // What is not ours makes no line: a stranger's nonsense must not fill the log.
    else if (state === 'person') log(about);
  }

  async function drainAll(issuer: string | undefined): Promise<void> {
    while (!closed) {
      const jobs = store.leaks.due(now(), BATCH, issuer);
      if (jobs.length === 0) return;
      const many = (job: Job) => byId.get(job.issuer)?.burnMany !== undefined;
      for (const [id, some] of Map.groupBy(jobs.filter(many), (job) => job.issuer)) {
        const one = byId.get(id);
        if (one) await handleMany(one, some);
      }
      // One key is burned once at a time; different keys need not wait for each other.
      const single = jobs.filter((job) => !many(job));
      const keys = Map.groupBy(
        single,
        ({ issuer: id, hash }) => `${id} ${Buffer.from(hash).toString('hex')}`,
      );
      const lines = [...keys.values()].map(async (line) => {
        for (const job of line) await handle(job);
      });
      await Promise.all(lines);
      await new Promise((resolve) => setImmediate(resolve));
    }
  }

  function schedule(): void {
    clearTimeout(timer);
    const at = closed ? undefined : store.leaks.nextDue();
    if (at === undefined) return;
    timer = setTimeout(start, Math.min(Math.max(at - now().getTime(), 1), LONGEST_TIMER_MS));
    timer.unref();
  }

  async function drain(issuer?: string): Promise<void> {
    // A run under way may have looked before the newest report came.
    while (draining) await draining;
    if (closed) return;
    draining = drainAll(issuer).finally(() => {
      draining = undefined;
      telling?.start();
      schedule();
    });
    await draining;
  }

  function start(): void {
    if (closed || draining) return;
    drain().catch((error: unknown) => {
      log({ event: 'fault', name: error instanceof Error ? error.name : 'unknown', where: 'leak queue' });
    });
  }

  return {
    async take(sightings, by) {
      if (store.leaks.full()) return undefined;
      const routed = sightings.map((sighting) => ({
        sighting,
        hash: hashed(sighting.token),
        to: candidates(sighting.token),
        known: typeof sighting.token !== 'string' && blind ? undefined : (false as boolean | undefined),
      }));
      const reports: Report[] = [];
      for (const issuer of issuers) {
        const mine = routed.filter(({ to }) => to.includes(issuer));
        const hashes = mine.map(({ sighting }) => hashFor(issuer, sighting.token));
        const told = mine.length === 0 ? [] : await tell(issuer, hashes);
        for (const [n, one] of mine.entries()) {
          const yes = told?.[n];
          if (yes === false) continue;
          one.known = yes === true || one.known === true ? true : undefined;
          reports.push(reportOf(issuer, one.sighting, by));
        }
      }
      if (reports.length > 0 && (await keep(() => store.leaks.add(reports, now()))) > 0) later(start);
      return routed.map(({ hash, known }) => ({ hash, known }));
    },

    async takeUnseen(sighting, by) {
      if (store.leaks.full()) return false;
      const reports = candidates(sighting.token).map((issuer) => reportOf(issuer, sighting, by));
      await keep(() => store.leaks.addBrief(reports, now()));
      later(start);
      return true;
    },

    delivered: (mark) => store.leaks.delivered(mark),
    deliver: (mark) => store.leaks.deliver(mark, now()),
    drain,
    counts: () => store.leaks.counts(),

    async close() {
      closed = true;
      clearTimeout(timer);
      await draining;
      await telling?.end();
      for (const issuer of issuers) await issuer.close?.();
    },
  };
}

function hashed(token: string | Uint8Array): Uint8Array {
  return typeof token === 'string' ? hashOf(token) : token;
}

/** What this issuer knows the key by. */
function hashFor({ digest }: Issuer, token: string | Uint8Array): Uint8Array {
  return digest !== undefined && typeof token === 'string' ? digest(token) : hashed(token);
}

/** What a reporter wrote may hold the key itself, as it stands or as an address spells it; the store must not. */
function clean(foundAt: FoundAt, token: string | Uint8Array): FoundAt {
  const { url, path, repository } = foundAt;
  const spellings = typeof token === 'string' ? [token, encodeURIComponent(token), encodeURI(token)] : [];
  const wipe = (text: string): string =>
    scrub(spellings.reduce((rest, spelling) => rest.replaceAll(spelling, '…'), text));
  return {
    ...foundAt,
    ...(url === undefined ? {} : { url: wipe(url) }),
    ...(path === undefined ? {} : { path: wipe(path) }),
    ...(repository === undefined ? {} : { repository: wipe(repository) }),
  };
}
