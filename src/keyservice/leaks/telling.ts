// Whoever keeps incidents and tells owners hears what came of the reports. The law: what has to be told is on disk with the outcome
// itself, and stays until it was told; burning never waits for it.

import { setTimeout as sleep } from 'node:timers/promises';
import type { About, Burned } from '../issuers.ts';
import type { FoundAt, Reporter } from '../record.ts';
import type { createLeakQueue, Job } from './queue.ts';

const BATCH = 100;
const AGAIN_MS = 60_000;

/** What came of a report, for whoever keeps incidents and tells owners. */
export interface Concluded {
  /** Fingerprint of the key, where the report brought the key itself and the desk can make one. */
  readonly subject: string | undefined;
  readonly issuer: string;
  /** What the issuer knows the key by. */
  readonly hash: Uint8Array;
  readonly by: Reporter;
  readonly foundAt: FoundAt;
  readonly foundTime: string;
  /** `dead`: by this report, and proved; `person`: no program can finish it. */
  readonly outcome: 'dead' | 'person';
  /** RFC 3339. */
  readonly at: string;
  readonly note: string;
  readonly about?: About | undefined;
}

type ToTell = Pick<Concluded, 'outcome' | 'at' | 'note' | 'about'>;

export interface Telling {
  /** What has to be told of this outcome; undefined where nothing has. */
  of(job: Job, burned: Burned, at: Date): ToTell | undefined;
  /** Tells what is left, beside everything else. */
  start(): void;
  /** Ends after the one that is being told. */
  end(): Promise<void>;
}

export function createTelling(options: {
  readonly queue: Pick<ReturnType<typeof createLeakQueue>, 'untold' | 'told'>;
  /** Whatever it rejects is told again later; so it may hear the same twice. */
  readonly tell: (concluded: Concluded) => Promise<void>;
  readonly log: (entry: Readonly<Record<string, unknown>>) => void;
}): Telling {
  const { queue, tell, log } = options;
  let under: Promise<void> | undefined;
  let more = false;
  let ended = false;
  let again: NodeJS.Timeout | undefined;

  async function all(): Promise<void> {
    for (;;) {
      const left = queue.untold(BATCH);
      if (left.length === 0) return;
      for (const { job, tell: facts } of left) {
        if (ended) return;
        const { subject, issuer, hash, by, foundAt, foundTime } = job;
        const began = performance.now();
        await tell({ subject, issuer, hash, by, foundAt, foundTime, ...(facts as ToTell) });
        queue.told(job);
        // A ledger in a file is written in one go, while requests wait: most of the time is theirs.
        await sleep(3 * (performance.now() - began));
      }
    }
  }

  function start(): void {
    if (ended) return;
    more = under !== undefined;
    if (under) return;
    clearTimeout(again);
    under = all()
      .catch((error: unknown) => {
        // Its message may quote what it worked on.
        log({ event: 'fault', name: error instanceof Error ? error.name : 'unknown', where: 'telling' });
        again = setTimeout(start, AGAIN_MS);
        again.unref();
      })
      .finally(() => {
        under = undefined;
        if (more) start();
      });
  }

  return {
    of(job, burned, at) {
      const { note } = burned;
      // Once: from then on it is on the list of those who decide.
      if (burned.state === 'waits' && job.tries > 0) return undefined;
      if (burned.state === 'person' || burned.state === 'waits')
        return { outcome: 'person', at: at.toISOString(), note };
      // One that was begun before, and perhaps killed, may find its own work.
      if (burned.state !== 'dead' || !(burned.changed || burned.own === true || job.begun)) return undefined;
      return { outcome: 'dead', at: at.toISOString(), note, about: burned.about };
    },
    start,
    async end() {
      ended = true;
      clearTimeout(again);
      await under;
    },
  };
}
