import { mkdtempSync, realpathSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { SetupError } from '../model/index.ts';

/** Where a step runs, from the runner's own variables. */
export interface Job {
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly signal: AbortSignal;
  /** `owner/name` */
  readonly repository: string;
  /** `https://github.com` */
  readonly server: string;
  /** `https://api.github.com` */
  readonly api: string;
  /** Where git fetches from. */
  readonly url: string;
  /** The checkout's folder; it may be empty. */
  readonly workspace: string | undefined;
  /** What outlives the step within the job. */
  readonly temp: string;
  /** This step's own folder: gone when it ends. */
  readonly scratch: string;
  readonly home: string;
  end(): void;
}

export function jobOf(env: Job['env'], signal: AbortSignal): Job {
  const repository = env.GITHUB_REPOSITORY ?? '';
  if (!/^[\w.-]+\/[\w.-]+$/.test(repository))
    throw new SetupError('GITHUB_REPOSITORY: names no repository', {
      hint: 'run this as a step of a workflow',
    });
  const server = (env.GITHUB_SERVER_URL || 'https://github.com').replace(/\/+$/, '');
  if (!URL.canParse(server) || !/^https?:/.test(server))
    throw new SetupError('GITHUB_SERVER_URL: is no web address', { hint: 'leave it to the runner' });
  const temp = join(env.RUNNER_TEMP || tmpdir());
  // Without symlinks, as readers name what they read.
  const scratch = realpathSync(mkdtempSync(join(temp, 'keyburn-step-')));
  const end = () => {
    process.off('exit', end);
    rmSync(scratch, { recursive: true, force: true });
  };
  // Also where the process is ended early: what was fetched is nobody's business.
  process.once('exit', end);
  return {
    env,
    signal,
    repository,
    server,
    api: env.GITHUB_API_URL || 'https://api.github.com',
    url: `${server}/${repository}.git`,
    workspace: env.GITHUB_WORKSPACE || undefined,
    temp,
    scratch,
    home: env.KEYBURN_HOME || join(temp, 'keyburn'),
    end,
  };
}
