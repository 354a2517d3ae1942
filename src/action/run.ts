// One step of a workflow: what the event brought, read, judged, acted upon and told. Every way out of here has a line that
// says why, outputs, and an exit code as the command line has them: 0, 1, 2, 3.

import { exitCode } from '../equip/index.ts';
import type { Entry } from '../model/index.ts';
import { type Outcome, run } from '../pipeline/index.ts';
import type { Reporter } from '../record/index.ts';
import { grant } from './approve.ts';
import { isFork, readEvent } from './event.ts';
import { createGitHub, type GitHub } from './github.ts';
import { type Inputs, readInputs } from './inputs.ts';
import { type Job, jobOf } from './job.ts';
import { athome, isMeant } from './ledger.ts';
import { type Plan, rangeOfPull, type Situation, situationOf } from './plan.ts';
import { prepare } from './prepare.ts';
import { startPulse } from './pulse.ts';
import type { Reading } from './reading.ts';
import type { Runner } from './runner.ts';
import type { Told } from './summary.ts';
import { outputs, tell } from './tell.ts';

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
  const entries: Entry[] = [];
  const reporter: Reporter = {
    entry: (entry) => void entries.push(athome(entry, job)),
    finish: () => undefined,
  };
  const pulse = startPulse((line) => runner.pulse(line));
  try {
    const prepared = await prepare({ job, inputs, situation, runner, pulse, reporter, yes: approval });
    const { reading, settings, armed } = prepared;
    const notes = [...prepared.notes];
    let outcome: Outcome;
    try {
      outcome = whole(await run([reading.target], prepared.use), reading);
    } finally {
      await prepared.close();
    }
    const { summary } = outcome;
    if (summary.skipped.length === 0) {
      const failed = await prepared.keep();
      if (failed !== undefined) notes.push(failed);
    }
    if (approval && !entries.some(({ id }) => isMeant(id, approval)))
      notes.push(`no key that was found has the handle ${approval.handle}`);
    const told: Told = { entries, summary, range: reading.range, notes, armed, stable: settings.stable };
    pulse.at('telling');
    await tell({ job, inputs, situation, github, runner }, told);
    return exitCode(outcome, inputs['fail-on']);
  } finally {
    pulse.stop();
  }
}

/** With what was known to be lacking before the reading began. */
function whole({ summary, ...rest }: Outcome, { lacking }: Reading): Outcome {
  return { ...rest, summary: { ...summary, skipped: [...summary.skipped, ...lacking] } };
}
