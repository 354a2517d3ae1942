// What a run goes by: the trusted side's files, the workflow's inputs, and as much of the environment as the change under
// scan may be near to.

import { randomBytes } from 'node:crypto';
import { realpathSync } from 'node:fs';
import { isAbsolute, join, relative } from 'node:path';
import { loadConfig } from '../config/index.ts';
import { type Base, base } from '../equip/index.ts';
import { FingerprintKey, SetupError } from '../model/index.ts';
import { channelsSchema } from '../notify/channels.ts';
import { Copy } from './copy.ts';
import type { Inputs } from './inputs.ts';
import type { Job } from './job.ts';
import type { Situation } from './plan.ts';
import { TrustedFiles } from './trusted.ts';

export interface Settings {
  readonly base: Base;
  readonly env: Job['env'];
  readonly ignoreFile: string | undefined;
  /** Whether fingerprints are the same in the next run. */
  readonly stable: boolean;
  /** Whether the policy is known: without it nothing may be revoked. */
  readonly known: boolean;
  readonly notes: readonly string[];
}

/** All that a stranger's pull request leaves of the environment: no credential, no channel, nothing that could be used up. */
const FOR_STRANGERS = new Set([
  'PATH',
  'HOME',
  'RUNNER_TEMP',
  'KEYBURN_SERVICE_URL',
  'NODE_EXTRA_CA_CERTS',
  'HTTPS_PROXY',
  'NO_PROXY',
]);
const DEFAULT_CONFIG = 'keyburn.toml';
const SLACK = 'KEYBURN_ACTION_SLACK';

export async function settingsOf(
  job: Job,
  inputs: Inputs,
  situation: Situation,
  copy: Copy,
): Promise<Settings> {
  const { fork } = situation;
  const notes: string[] = [];
  const files = await trustedSide(job, inputs, situation, copy, notes);
  const config = await find(job, inputs.config, files);
  if (config === undefined && files !== undefined && !['', DEFAULT_CONFIG].includes(inputs.config))
    notes.push(`${inputs.config} is not there on the trusted side: the defaults hold`);
  const named = inputs['ignore-file'];
  const ignoreFile = named === undefined ? undefined : await find(job, named, files);
  if (named !== undefined && ignoreFile === undefined)
    notes.push(`${named} is not there on the trusted side: nothing is ignored`);

  const env = environment(job, inputs, fork);
  const configured = await loadConfig({ given: config, env, home: job.home });
  const { key, stable } = fingerprints(job, inputs, configured, fork);
  const made = await base(
    { env, cwd: job.scratch, signal: job.signal },
    {
      offline: !inputs.verify,
      ...(config === undefined ? {} : { config }),
      ...(key === undefined ? {} : { fingerprintKey: key }),
    },
  );
  // What a file of the trusted side names is read from there, too.
  const { rules, ignore } = made.config;
  if (files !== undefined && config?.startsWith(files.folder) === true)
    for (const path of [...rules, ...(ignore === undefined ? [] : [ignore])]) await files.below(path);
  const known = files !== undefined || config !== undefined;
  return {
    base: { ...made, config: { ...made.config, notify: channels(made.config, inputs, fork) } },
    env,
    ignoreFile,
    stable,
    known,
    notes,
  };
}

function environment(job: Job, inputs: Inputs, fork: boolean): Record<string, string | undefined> {
  const kept = Object.entries(job.env).filter(
    ([name]) => !name.startsWith('INPUT_') && name !== 'KEYBURN_CONFIG' && (!fork || FOR_STRANGERS.has(name)),
  );
  return {
    ...Object.fromEntries(kept),
    KEYBURN_HOME: job.home,
    ...(fork ? {} : { [SLACK]: inputs['slack-webhook'] }),
  };
}

/**
 * A key of the project's own, if there is one, or of the runner's, where the operator has its state kept; else one that is
 * thrown away, as in a fork's run, to which secrets are not given.
 */
function fingerprints(
  { env }: Job,
  inputs: Inputs,
  { fingerprint: configured }: Awaited<ReturnType<typeof loadConfig>>,
  fork: boolean,
): { key: FingerprintKey | undefined; stable: boolean } {
  const given = inputs['fingerprint-key'];
  if (given !== undefined) return { key: new FingerprintKey(Buffer.from(given, 'hex')), stable: true };
  const kept = configured === undefined && !fork && Boolean(env.KEYBURN_HOME);
  const absent =
    !kept && (configured === undefined || ('env' in configured && (fork || !env[configured.env])));
  return absent
    ? { key: new FingerprintKey(randomBytes(32)), stable: false }
    : { key: undefined, stable: true };
}

/** The channels of the file and of the workflow; a stranger's change is told to none. */
function channels(config: Base['config'], inputs: Inputs, fork: boolean): Base['config']['notify'] {
  if (fork) return [];
  if (inputs['slack-webhook'] === undefined) return config.notify;
  return [
    ...config.notify,
    ...channelsSchema.parse([{ name: 'slack-webhook', kind: 'slack', 'url-env': SLACK }]),
  ];
}

/** The files of the trusted commit; undefined, with a note, where there is none. */
async function trustedSide(
  job: Job,
  inputs: Inputs,
  { trusted }: Situation,
  copy: Copy,
  notes: string[],
): Promise<TrustedFiles | undefined> {
  const none = (because: string): undefined => {
    notes.push(`no configuration is read, and nothing is revoked: ${because}`);
  };
  if (trusted.kind === 'none') return none(trusted.because);
  const ref = trusted.kind === 'branch' ? `refs/heads/${trusted.name}` : '';
  const oid = trusted.kind === 'commit' ? trusted.oid : (await copy.refs(ref))?.get(ref);
  if (oid === undefined) return none(`the default branch cannot be found at ${job.url}`);
  const folder = join(job.scratch, 'trusted');
  if ((await copy.missing([oid])).length === 0) return new TrustedFiles(copy, oid, folder);
  // A repository of its own: one commit alone, fetched into the other, would cut the range there.
  const own = await Copy.make({
    folder: join(job.scratch, 'trusted.git'),
    url: job.url,
    token: inputs['github-token'],
    workspace: undefined,
    signal: job.signal,
  });
  const { ok, said } = await own.bring(['--depth=1', '--filter=blob:none'], [oid]);
  return ok ? new TrustedFiles(own, oid, folder) : none(`${oid.slice(0, 12)} cannot be fetched: ${said}`);
}

/** A file of the trusted side; or, by an absolute path outside of the checkout, one that the workflow has made. */
async function find(job: Job, path: string, files: TrustedFiles | undefined): Promise<string | undefined> {
  if (path === '') return undefined;
  if (!isAbsolute(path)) return await files?.file(path);
  const real = (one: string) => {
    try {
      return realpathSync(one);
    } catch {
      return one;
    }
  };
  const within = job.workspace === undefined ? '..' : relative(real(job.workspace), real(path));
  if (within.startsWith('..')) return path;
  throw new SetupError(`${path}: lies in the checkout, which is the change under scan`, {
    hint: 'name it relative to the repository: it is read from the trusted side then',
  });
}
