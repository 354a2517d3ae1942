import type { ScanFlags } from '../../equip/index.ts';
import { runWorker, type Subject } from '../../fleet/index.ts';
import { SetupError } from '../../model/index.ts';
import type { Io } from '../io.ts';

export interface WorkerCommandOptions extends Omit<ScanFlags, 'offline' | 'sources'> {
  readonly user: readonly string[];
  readonly baseUrl?: string;
  readonly sources?: readonly string[];
  readonly concurrency: number;
  readonly disk: number;
  readonly most: number;
  readonly recheck: number;
  readonly escalate: number;
  readonly digest: number;
  readonly cron?: string;
  readonly now: boolean;
  readonly full: boolean;
  readonly untilIdle: boolean;
  readonly metrics?: { readonly host: string; readonly port: number };
}

/** Works until Ctrl-C or SIGTERM, or until nothing is left. */
export async function worker(
  io: Io,
  names: readonly string[],
  options: WorkerCommandOptions,
): Promise<number> {
  const subjects: Subject[] = [
    ...names.map((name): Subject => ({ kind: 'org', name })),
    ...options.user.map((name): Subject => ({ kind: 'user', name })),
  ];
  const [first] = subjects;
  if (first === undefined && (options.cron !== undefined || options.now))
    throw new SetupError('what is to be scanned is not named', {
      hint: 'keyburn worker ORG --cron "23 1 * * *"; without a name a worker does what others have put in',
    });
  const stop = new AbortController();
  const end = (): void => stop.abort();
  process.once('SIGTERM', end);
  const signal = AbortSignal.any([io.signal, stop.signal]);
  try {
    await runWorker(
      { ...io, signal },
      {
        ...options,
        offline: false,
        subjects,
        owner: first?.kind === 'list' ? undefined : first?.name,
        recheckMs: options.recheck * 3_600_000,
        escalateMs: options.escalate * 3_600_000,
        digestMs: options.digest * 3_600_000,
        note: (text) => io.stderr.write(`keyburn: ${text}\n`),
      },
    );
    return 0;
  } finally {
    process.off('SIGTERM', end);
  }
}
