// One step of a workflow: what the event brought, read, judged, acted upon and told. Every way out of here has a line that
// says why, outputs, and an exit code as the command line has them: 0, 1, 2, 3.

import { join } from 'node:path';
import { equip, exitCode } from '../equip/index.ts';
import type { Entry, Exposure } from '../model/index.ts';
import { type Equipment, type Outcome, run } from '../pipeline.ts';
import { hosts } from '../read/index.ts';
import type { Ledger, Reporter } from '../record/index.ts';
import { grant } from './approve.ts';
import { cacheServiceOf } from './cache-service.ts';
import { Copy } from './copy.ts';
import { isFork, readEvent } from './event.ts';
import { createGitHub, type GitHub } from './github.ts';
import { type Inputs, readInputs } from './inputs.ts';
import { type Job, jobOf } from './job.ts';
import { masking } from './mask.ts';
import { type Plan, rangeOfPull, type Situation, situationOf } from './plan.ts';
import { type Reading, toRead } from './reading.ts';
import type { Runner } from './runner.ts';
import { judgementOf, Sightseer } from './seen.ts';
import { settingsOf } from './settings.ts';
import type { Told } from './summary.ts';
import { outputs, tell } from './tell.ts';
import { Remembered } from './whole.ts';

/** @returns the exit code; what is wrong with the set-up is thrown */
export async function action(env: Job['env'], signal: AbortSignal, runner: Runner): Promise<number> {
  const inputs = readInputs(env);
  const event = readEvent(env);
  const job = jobOf(env, signal);
  try {
    const github = createGitHub({
      api: job.api,
      repository: job.repository,
      token: inputs['github-token'],
      signal,
    });
    const situation = situationOf(event, inputs);
    return await follow(job, inputs, situation, github, runner);
  } finally {
    job.end();
  }
}

async function follow(
  job: Job,
  inputs: Inputs,
  situation: Situation,
  github: GitHub,
  runner: Runner,
): Promise<number> {
  const { plan } = situation;
  switch (plan.kind) {
    case 'nothing':
      return nothing(plan.because, runner);
    case 'refused':
      runner.annotate('error', `${plan.because}: nothing was read, so nothing can be called clean`, {
        title: 'keyburn',
      });
      outputs(runner, {});
      return 2;
    case 'approval': {
      const granted = await grant(plan, github);
      if (granted.kind === 'denied') return nothing(`not approved: ${granted.because}`, runner);
      const { pull } = granted;
      const now: Situation = {
        ...situation,
        plan: pull ? rangeOfPull(pull) : { kind: 'whole', because: 'approval' },
        ...(pull ? { trusted: { kind: 'commit', oid: pull.base.sha }, fork: isFork(pull) } : {}),
      };
      return await scan(job, inputs, now, github, runner, plan);
    }
    case 'whole':
    case 'files':
    case 'range':
      return await scan(job, inputs, situation, github, runner);
  }
}

function nothing(because: string, runner: Runner): number {
  runner.annotate('notice', `nothing to scan: ${because}`, { title: 'keyburn' });
  outputs(runner, {});
  return 0;
}

async function scan(
  job: Job,
  inputs: Inputs,
  situation: Situation,
  github: GitHub,
  runner: Runner,
  approval?: Extract<Plan, { kind: 'approval' }>,
): Promise<number> {
  const { fork } = situation;
  const copy = await Copy.make({
    folder: join(job.scratch, 'repository.git'),
    url: job.url,
    token: inputs['github-token'],
    workspace: job.workspace,
    signal: job.signal,
  });
  // A full scan waits for the cache, which waits for the fingerprint key; a range is fetched first, with the trusted side in it.
  const service =
    inputs.cache && situation.plan.kind === 'whole' ? cacheServiceOf(job.env, job.signal) : undefined;
  const early = service === undefined ? await toRead(job, situation, copy) : undefined;
  const settings = await settingsOf(job, inputs, situation, copy);
  const armed = inputs.revoke && !fork && settings.known;

  const entries: Entry[] = [];
  const reporter: Reporter = { entry: (entry) => void entries.push(entry), finish: () => undefined };
  const use = await equip(
    { env: settings.env, cwd: job.scratch, signal: job.signal },
    {
      offline: !inputs.verify,
      revoke: armed,
      cache: true,
      rules: [],
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
      progress: () => undefined,
      warn: (text) => runner.annotate('warning', text, { title: 'keyburn' }),
    },
    settings.base,
  );
  const remembered =
    service !== undefined && settings.stable
      ? await Remembered.of(
          {
            service,
            key: use.fingerprintKey,
            repository: job.repository,
            judgement: judgementOf(use.rulesDigest),
          },
          copy,
        )
      : undefined;
  const reading = early ?? (await everything(job, situation, copy, remembered));
  const sightseer = new Sightseer();
  const notes = [...settings.notes, ...[reading.note, remembered?.note].filter((note) => note !== undefined)];
  if (fork && inputs.revoke)
    notes.push('a pull request from a fork: nothing is revoked, whatever the inputs say');
  let outcome: Outcome;
  try {
    const { verifier } = use;
    outcome = await run([reading.target], {
      ...use,
      read: { ...use.read, ...reading.read, memory: sightseer.memory },
      ...masking({ verifier, detector: sightseer.detector(use.detector) }, (value) => runner.mask(value)),
      exposure: exposureIn(job, inputs, reading, situation.exposure, use.exposure),
      ...approving(use, approval),
    });
  } finally {
    await use.crew.close();
    await use.ledger?.end();
  }
  const { summary, ...rest } = outcome;
  const whole: Outcome = {
    ...rest,
    summary: { ...summary, skipped: [...summary.skipped, ...reading.lacking] },
  };
  if (situation.onMain && whole.summary.skipped.length === 0) {
    const failed = await remembered?.keep(sightseer.objects);
    if (failed !== undefined) notes.push(failed);
  }
  if (approval && !entries.some(({ id }) => id.startsWith(approval.handle)))
    notes.push(`no key that was found has the handle ${approval.handle}`);
  const { stable } = settings;
  const told: Told = { entries, summary: whole.summary, range: reading.range, notes, armed, stable };
  await tell({ job, inputs, situation, github, runner }, told);
  return exitCode(whole, inputs['fail-on']);
}

/** All branches and tags: what is new of them where the cache knows the rest, else everything, in a copy that lacks nothing. */
async function everything(
  job: Job,
  situation: Situation,
  copy: Copy,
  remembered: Remembered | undefined,
): Promise<Reading> {
  const { plan } = situation;
  const short = plan.kind === 'whole' ? await remembered?.reading(copy, plan.because) : undefined;
  if (short !== undefined) return short;
  return await toRead(job, situation, copy.partial ? await copy.anew(join(job.scratch, 'whole.git')) : copy);
}

/** The host's own word about what stands there; its API is asked only where the event has none. */
function exposureIn(
  job: Job,
  inputs: Inputs,
  reading: Reading,
  said: Exposure | undefined,
  otherwise: Equipment['exposure'],
): Equipment['exposure'] {
  const { host } = new URL(job.server);
  const asked = hosts({
    hosts: [{ host, kind: 'github', api: job.api }],
    offline: false,
    token: () => inputs['github-token'],
    signal: job.signal,
  });
  return async (site) => {
    if (!reading.pushed && site.pushed !== true) return otherwise(site);
    return said ?? asked.exposure(job.url);
  };
}

/** A yes that came by a comment stands beside those that the ledger keeps. */
function approving(
  { ledger }: Equipment,
  approval: Extract<Plan, { kind: 'approval' }> | undefined,
): { readonly ledger?: Ledger } {
  if (ledger === undefined || approval === undefined) return {};
  const { by, handle } = approval;
  return {
    ledger: {
      ...ledger,
      approval: async (id) =>
        id.startsWith(handle)
          ? { by, reason: 'said so in a comment', at: new Date().toISOString() }
          : await ledger.approval(id),
    },
  };
}
