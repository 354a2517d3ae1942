import { SetupError, type Skipped } from '../model/index.ts';
import type { ReadOptions } from '../read/index.ts';
import type { Copy } from './copy.ts';
import type { Job } from './job.ts';
import type { Situation } from './plan.ts';
import { type Range, rangeOf } from './prove.ts';

/** What is to be read, and what is known to be lacking of it. */
export interface Reading {
  readonly target: string;
  readonly read: Pick<ReadOptions, 'mode' | 'history'>;
  /** For people, and as git takes it where there is such a thing. */
  readonly range: string;
  readonly lacking: readonly Skipped[];
  readonly note?: string;
  /** Whether all that is read stands on the host already. */
  readonly pushed: boolean;
}

/** Every branch and tag, and nothing else: what pull requests bring is shown by their own events. */
export const EVERYTHING: readonly string[] = ['+refs/heads/*:refs/heads/*', '+refs/tags/*:refs/tags/*'];

export async function toRead(job: Job, { plan, main }: Situation, copy: Copy): Promise<Reading> {
  const missing = (why: string): Skipped => ({ path: job.repository, why: `range incomplete: ${why}` });
  switch (plan.kind) {
    case 'files':
      return {
        target: job.workspace ?? '.',
        read: { mode: { kind: 'all' }, history: 'no' },
        range: `files of the checkout (${plan.because})`,
        lacking: [],
        pushed: false,
      };
    case 'whole': {
      const { ok, said } = await copy.bring(copy.shallow.size > 0 ? ['--unshallow'] : [], EVERYTHING);
      return {
        target: copy.folder,
        read: { mode: { kind: 'all' }, history: 'yes' },
        range: `every branch and tag (${plan.because})`,
        lacking: ok ? [] : [missing(`the repository cannot be fetched: ${said}`)],
        pushed: true,
      };
    }
    case 'range': {
      const range = await rangeOf(copy, plan, main);
      const { tips, not } = range;
      if (tips.length === 0)
        throw new SetupError(`range incomplete: ${range.gap ?? 'it has no end'}`, {
          hint: 'check the input github-token, and permissions: contents: read',
        });
      return {
        target: copy.folder,
        read: { mode: { kind: 'commits', tips, not }, history: 'yes' },
        range: `${nameOf(range)} (${plan.because})`,
        lacking: range.gap === undefined ? [] : [missing(range.gap)],
        pushed: true,
        ...(range.note === undefined ? {} : { note: range.note }),
      };
    }
    case 'nothing':
    case 'refused':
    case 'approval':
      throw new Error(`${plan.kind}: no plan to read by`);
  }
}

/** `1a2b3c4d5e6f` or `1a2b3c4d5e6f ^7a8b9c0d1e2f`: git takes it as it stands. */
function nameOf({ tips, not }: Range): string {
  const shown = not.slice(0, 3).map((oid) => `^${oid.slice(0, 12)}`);
  const more = not.length > 3 ? [`and ${not.length - 3} more`] : [];
  return [...tips.map((oid) => oid.slice(0, 12)), ...shown, ...more].join(' ');
}
