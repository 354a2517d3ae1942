// One step of a workflow: what the event brought, read, judged, acted upon and told. Every way out of here has a line that
// says why, outputs, and an exit code as the command line has them: 0, 1, 2, 3.

import { join } from 'node:path';
import { equip, exitCode } from '../equip/index.ts';
import { type Entry, type Exposure, SetupError, type Skipped } from '../model/index.ts';
import { type Equipment, type Outcome, run } from '../pipeline.ts';
import { hosts, type ReadOptions } from '../read/index.ts';
import type { Ledger, Reporter } from '../record/index.ts';
import { grant } from './approve.ts';
import { Copy } from './copy.ts';
import { isFork, readEvent } from './event.ts';
import { createGitHub, type GitHub } from './github.ts';
import { type Inputs, readInputs } from './inputs.ts';
import { type Job, jobOf } from './job.ts';
import { masking } from './mask.ts';
import { type Plan, rangeOfPull, type Situation, situationOf } from './plan.ts';
import { type Range, rangeOf } from './prove.ts';
import type { Runner } from './runner.ts';
import { settingsOf } from './settings.ts';
import type { Told } from './summary.ts';
import { outputs, tell } from './tell.ts';

/** What is to be read, and what is known to be lacking of it. */
interface Reading {
  readonly target: string;
  readonly read: Pick<ReadOptions, 'mode' | 'history'>;
  readonly range: string;
  readonly lacking: readonly Skipped[];
  readonly note?: string;
  /** Whether all that is read stands on the host already. */
  readonly pushed: boolean;
}

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
  const reading = await toRead(job, situation, copy);
  const settings = await settingsOf(job, inputs, situation, copy);
  const notes = [...settings.notes, ...(reading.note === undefined ? [] : [reading.note])];
  if (fork && inputs.revoke)
    notes.push('a pull request from a fork: nothing is revoked, whatever the inputs say');
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
      read: { ...reading.read, exhaustive: false, attribution: true, signal: job.signal },
      reporter,
      progress: () => undefined,
      warn: (text) => runner.annotate('warning', text, { title: 'keyburn' }),
    },
    settings.base,
  );
  let outcome: Outcome;
  try {
    outcome = await run([reading.target], {
      ...use,
      ...masking(use, (value) => runner.mask(value)),
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
  if (approval && !entries.some(({ id }) => id.startsWith(approval.handle)))
    notes.push(`no key that was found has the handle ${approval.handle}`);
  const { stable } = settings;
  const told: Told = { entries, summary: whole.summary, range: reading.range, notes, armed, stable };
  await tell({ job, inputs, situation, github, runner }, told);
  return exitCode(whole, inputs['fail-on']);
}

async function toRead(job: Job, { plan, main }: Situation, copy: Copy): Promise<Reading> {
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
      const everything = ['+refs/heads/*:refs/heads/*', '+refs/tags/*:refs/tags/*'];
      const { ok, said } = await copy.bring(copy.shallow.size > 0 ? ['--unshallow'] : [], everything);
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
