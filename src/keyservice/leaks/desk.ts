// Takes leak reports in and burns what is ours. The law: on disk before it is acknowledged, dead soon after, whatever
// happens in between: what is left over is burned at the next start.

import { hashOf, scrub } from '../keys.ts';
import type { FoundAt, StoppedBy } from '../record.ts';
import type { Store } from '../store.ts';
import type { LeakReport } from './queue.ts';

/** How many keys are burned before other requests get their turn. */
const BATCH = 25;

/** One token of a report, or its hash where the reporter kept the token to itself. */
interface Sighting {
  readonly token: string | Uint8Array;
  readonly foundAt: FoundAt;
  /** RFC 3339. */
  readonly foundTime: string;
}

interface Judged {
  readonly hash: Uint8Array;
  /** It is a key that this service issued, in whatever state. */
  readonly known: boolean;
}

export interface LeakDesk {
  /** @returns one answer a sighting, in the same order; everything of ours is on disk by then */
  take(sightings: readonly Sighting[], by: StoppedBy): readonly Judged[];
  /** Burns everything that waits. */
  drain(): Promise<void>;
}

interface LeakDeskOptions {
  readonly store: Store;
  readonly now: () => Date;
  readonly log: (entry: Readonly<Record<string, unknown>>) => void;
  /** Runs something when the reply is out; `setImmediate` where it is left out. */
  readonly later?: (work: () => void) => void;
}

export function createLeakDesk({ store, now, log, later = setImmediate }: LeakDeskOptions): LeakDesk {
  let draining: Promise<void> | undefined;

  async function drainAll(): Promise<void> {
    for (;;) {
      const reports = store.leaks.waiting(BATCH);
      if (reports.length === 0) return;
      for (const { seq, keyId, by, cause } of reports) {
        const at = now().toISOString();
        const done = store.revoke(keyId, { at, by, cause });
        store.leaks.handled(seq, at);
        log({ event: 'leak', keyId, by, changed: done?.changed ?? false });
      }
      await new Promise((resolve) => setImmediate(resolve));
    }
  }

  function drain(): Promise<void> {
    draining ??= drainAll().finally(() => {
      draining = undefined;
    });
    return draining;
  }

  return {
    take(sightings, by) {
      const reports: LeakReport[] = [];
      const judged = sightings.map(({ token, foundAt, foundTime }) => {
        const hash = typeof token === 'string' ? hashOf(token) : token;
        const record = store.byHash(hash);
        if (record)
          reports.push({
            keyId: record.id,
            by,
            cause: { reason: 'leaked', foundAt: clean(foundAt), foundTime },
          });
        return { hash, known: record !== undefined };
      });
      if (store.leaks.add(reports, now().toISOString()) > 0) {
        later(() => {
          drain().catch((error: unknown) => {
            log({
              event: 'fault',
              name: error instanceof Error ? error.name : 'unknown',
              where: 'leak queue',
            });
          });
        });
      }
      return judged;
    },
    drain,
  };
}

/** What a reporter wrote may hold the key itself; the store must not. */
function clean(foundAt: FoundAt): FoundAt {
  const { url, path, repository } = foundAt;
  return {
    ...foundAt,
    ...(url === undefined ? {} : { url: scrub(url) }),
    ...(path === undefined ? {} : { path: scrub(path) }),
    ...(repository === undefined ? {} : { repository: scrub(repository) }),
  };
}
