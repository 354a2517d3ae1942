// From what the event says to all that a run works with: what is read, by whose rules, and how much it may do.

import { join } from 'node:path';
import { equip } from '../equip/index.ts';
import type { Exposure } from '../model/index.ts';
import type { Equipment } from '../pipeline/index.ts';
import { hosts } from '../read/index.ts';
import type { Reporter } from '../record/index.ts';
import { codeDigest, readyRules } from './bundled.ts';
import { cacheServiceOf } from './cache-service.ts';
import { Copy } from './copy.ts';
import type { Inputs } from './inputs.ts';
import type { Job } from './job.ts';
import { isMeant, ledgerOf, type Yes } from './ledger.ts';
import { masking } from './mask.ts';
import type { Situation } from './plan.ts';
import type { Pulse } from './pulse.ts';
import { EVERYTHING, type Reading, toRead } from './reading.ts';
import type { Runner } from './runner.ts';
import { judgementOf, Sightseer } from './seen.ts';
import { type Settings, settingsOf } from './settings.ts';
import { Remembered } from './whole.ts';

export interface Prepared {
  readonly use: Equipment;
  readonly reading: Reading;
  readonly settings: Settings;
  readonly armed: boolean;
  /** What a person should know of how it came to be. */
  readonly notes: readonly string[];
  /** For a full scan that was whole: keeps what it has come to, and says what went wrong. */
  keep(): Promise<string | undefined>;
  close(): Promise<void>;
}

export interface Errand {
  readonly job: Job;
  readonly inputs: Inputs;
  readonly situation: Situation;
  readonly runner: Runner;
  readonly pulse: Pulse;
  readonly reporter: Reporter;
  /** Somebody's yes, if this step is about one. */
  readonly yes: Yes | undefined;
}

export async function prepare(errand: Errand): Promise<Prepared> {
  const { job, inputs, situation, runner, pulse, reporter, yes } = errand;
  const { fork, plan } = situation;
  pulse.at('fetching');
  const copy = await Copy.make({
    folder: join(job.scratch, 'repository.git'),
    url: job.url,
    token: inputs['github-token'],
    workspace: job.workspace,
    signal: job.signal,
  });
  // A full scan waits for the cache, which waits for the fingerprint key; a range is fetched first, with the trusted side in it.
  const service = inputs.cache && plan.kind === 'whole' ? cacheServiceOf(job.env, job.signal) : undefined;
  const early = service === undefined ? await toRead(job, situation, copy) : undefined;
  const settings = await settingsOf(job, inputs, situation, copy);
  const armed = inputs.revoke && !fork && settings.known;
  const code = codeDigest();
  const made = await equip(
    { env: settings.env, cwd: job.scratch, signal: job.signal },
    {
      offline: !inputs.verify,
      revoke: armed,
      cache: true,
      rules: [],
      ready: readyRules(code),
      ...(settings.ignoreFile === undefined ? {} : { ignoreFile: settings.ignoreFile }),
    },
    {
      read: {
        history: 'yes',
        mode: { kind: 'all' },
        exhaustive: false,
        attribution: true,
        signal: job.signal,
      },
      reporter,
      // The details of a stage are the repository's words, or a preview.
      progress: (stage, tally) => pulse.at(stage.startsWith('burning') ? 'burning' : stage, tally),
      warn: (text) => runner.annotate('warning', text, { title: 'keyburn' }),
    },
    settings.base,
  );
  const judgement = judgementOf(code, made.rulesDigest);
  const remembered =
    service !== undefined && settings.stable
      ? await Remembered.of(
          { service, key: made.fingerprintKey, repository: job.repository, judgement },
          copy,
        )
      : undefined;
  if (service !== undefined && !settings.stable)
    runner.line('with the input fingerprint-key, a full scan starts where the one before it ended');
  const reading = early ?? (await everything(errand, copy, remembered));
  const sightseer = new Sightseer();
  const { ledger, arming, verifier } = made;
  const ground = {
    url: job.url,
    scratch: job.scratch,
    yes,
    whole: armed ? (commits: readonly string[]) => withHistory(errand, copy, reading, commits) : undefined,
  };
  const detector = sightseer.detector(made.detector);
  const use: Equipment = {
    ...made,
    read: { ...made.read, ...reading.read, memory: sightseer.memory },
    ...masking({ verifier, detector }, (value) => runner.mask(value)),
    exposure: exposureIn(errand, reading, made.exposure),
    // A comment says yes to one key: nothing else is burned for it.
    arming: arming.armed && yes !== undefined ? { ...arming, only: (id) => isMeant(id, yes) } : arming,
    ledger: ledger && ledgerOf(ledger, ground),
  };
  const forked = 'a pull request from a fork: nothing is revoked, whatever the inputs say';
  const told = [reading.note, remembered?.note, fork && inputs.revoke ? forked : undefined];
  return {
    use,
    reading,
    settings,
    armed,
    notes: [...settings.notes, ...told.filter((note) => note !== undefined)],
    keep: async () => (situation.onMain ? await remembered?.keep(sightseer.objects) : undefined),
    async close() {
      await made.crew.close();
      await made.ledger?.end();
    },
  };
}

/** All branches and tags: what is new of them where the cache knows the rest, else everything, in a copy that lacks nothing. */
async function everything(
  { job, situation }: Errand,
  copy: Copy,
  remembered: Remembered | undefined,
): Promise<Reading> {
  const { plan } = situation;
  const short = plan.kind === 'whole' ? await remembered?.reading(copy, plan.because) : undefined;
  if (short !== undefined) return short;
  return await toRead(job, situation, copy.partial ? await copy.anew(join(job.scratch, 'whole.git')) : copy);
}

/** Where all of the repository can be read, these commits too, which its branches may have thrown away. */
async function withHistory(
  { job, situation, runner }: Errand,
  copy: Copy,
  reading: Reading,
  commits: readonly string[],
): Promise<string> {
  const isWhole = situation.plan.kind === 'whole' && reading.read.mode.kind === 'all';
  const all = isWhole ? copy : await copy.anew(join(job.scratch, 'history.git'));
  const { ok, said } = isWhole
    ? { ok: true, said: '' }
    : await all.bring(all.shallow.size > 0 ? ['--unshallow'] : [], EVERYTHING);
  if (!ok) {
    const text = `a revocation of an earlier run is unfinished, and the repository cannot be fetched to end it: ${said}`;
    runner.annotate('warning', text, { title: 'keyburn' });
  }
  for (const commit of await all.missing(commits)) await all.bring([], [commit]);
  return all.folder;
}

/** The host's own word about what stands there; its API is asked only where the event has none. */
function exposureIn(
  { job, inputs, situation }: Errand,
  reading: Reading,
  otherwise: Equipment['exposure'],
): (site: Parameters<Equipment['exposure']>[0]) => Promise<Exposure> {
  const { host } = new URL(job.server);
  const asked = hosts({
    hosts: [{ host, kind: 'github', api: job.api }],
    offline: false,
    token: () => inputs['github-token'],
    signal: job.signal,
  });
  return async (site) => {
    if (!reading.pushed && site.pushed !== true) return otherwise(site);
    return situation.exposure ?? asked.exposure(job.url);
  };
}
