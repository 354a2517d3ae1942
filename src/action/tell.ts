// What a step says, and to whom: outputs, reports, annotations, the summary, code scanning, a comment. What GitHub does not
// take is a warning: a red build is about keys, not about permissions.

import { basename, join } from 'node:path';
import type { Entry } from '../model/index.ts';
import { reportText, sarifText, writeReport } from './files.ts';
import type { GitHub } from './github.ts';
import type { Inputs } from './inputs.ts';
import type { Job } from './job.ts';
import type { Situation } from './plan.ts';
import type { Runner, Spot } from './runner.ts';
import { commentOf, MARKER, summaryOf, type Told, title } from './summary.ts';
import { upload } from './upload.ts';
import { count, handleOf, isAlive, kindOf, ranked, sentence, spotOf } from './words.ts';

export interface Audience {
  readonly job: Job;
  readonly inputs: Inputs;
  readonly situation: Situation;
  readonly github: GitHub;
  readonly runner: Runner;
}

// More would make an output that no step can use.
const INCIDENTS = 500;

export async function tell(audience: Audience, told: Told): Promise<void> {
  const { job, inputs, runner } = audience;
  const { entries, summary } = told;
  const report = inputs['report-file'] ?? join(job.temp, `${basename(job.scratch)}-report.json`);
  const sarif = sarifText(entries, summary, told.stable);
  writeReport(report, reportText('json', entries, summary));
  const sarifFile = inputs['sarif-file'];
  if (sarifFile !== undefined) writeReport(sarifFile, sarif);
  outputs(runner, { told, report, ...(sarifFile === undefined ? {} : { sarif: sarifFile }) });

  // GitHub is asked before anything is said, so that its refusals stand among the first lines.
  if (inputs['upload-sarif']) await upload(audience, told);
  if (inputs.comment) await comment(audience, told);
  for (const note of told.notes) runner.annotate('notice', note, { title: 'keyburn' });
  for (const { path, why } of summary.skipped.slice(0, 5))
    runner.annotate('warning', `not read: ${path}: ${why}`, { title: 'keyburn: the scan is incomplete' });
  annotate(runner, entries);
  runner.line(`${title(entries, summary)}. Read: ${told.range}, ${count(summary.commits, 'commit')}.`);
  runner.summary(summaryOf(told));
}

/** Within the runner's limits, live ones first; the rest is counted. */
function annotate(runner: Runner, entries: readonly Entry[]): void {
  let left = 0;
  for (const entry of ranked(entries)) {
    const kind = kindOf(entry);
    const text = sentence(entry);
    if (runner.room(kind) === 0) {
      left += 1;
      continue;
    }
    const at = spotIn(entry);
    const more = { title: `keyburn: ${entry.title}`, ...(at === undefined ? {} : { at }) };
    runner.annotate(kind, at === undefined ? `${spotOf(entry.place)}: ${text}` : text, more);
  }
  if (left > 0) runner.line(`${left} more: see the job summary and the report file`);
}

function spotIn({ place }: Entry): Spot | undefined {
  if (place.kind === 'message' || place.path.startsWith('blob:')) return undefined;
  return { file: place.path, line: place.line, endLine: place.endLine, col: place.column };
}

/** Every output of action.yml, on every way out. */
export function outputs(
  runner: Runner,
  { told, report = '', sarif = '' }: { told?: Told; report?: string; sarif?: string },
): void {
  const entries = told?.entries ?? [];
  const number = (which: (entry: Entry) => boolean) => String(entries.filter(which).length);
  const shown = ranked(entries).slice(0, INCIDENTS);
  const values: Readonly<Record<string, string>> = {
    'findings-count': String(entries.length),
    'live-count': number(isAlive),
    'revoked-count': number(
      ({ receipt }) => receipt?.outcome === 'revoked' || receipt?.outcome === 'contained',
    ),
    'unknown-count': number(({ verdict }) => verdict.state === 'unknown'),
    'dead-count': number((entry) => entry.verdict.state !== 'unknown' && !isAlive(entry)),
    complete: String(told === undefined || told.summary.skipped.length === 0),
    range: told?.range ?? '',
    'scanned-commits': String(told?.summary.commits ?? 0),
    'sarif-file': sarif,
    'report-file': report,
    incidents: JSON.stringify(
      shown.map((entry) => ({
        handle: handleOf(entry),
        rule: entry.rule,
        state: entry.verdict.state,
        act: entry.decision.act,
        outcome: entry.receipt?.outcome ?? null,
      })),
    ),
  };
  for (const [name, value] of Object.entries(values)) runner.output(name, value);
}

/** One comment per pull request: made when there is something to say, from then on updated. */
async function comment({ situation, github, runner }: Audience, told: Told): Promise<void> {
  const { pull } = situation;
  if (pull === undefined) return;
  const known = await github.ownComment(pull, MARKER);
  const quiet = told.entries.length === 0 && told.summary.skipped.length === 0;
  if (known.ok && known.value === undefined && quiet) return;
  const answer = known.ok ? await github.comment(pull, commentOf(told), known.value) : known;
  if (answer.ok) return;
  const hint = answer.status === 403 ? ' (it needs permissions: pull-requests: write, and no fork)' : '';
  runner.annotate('warning', `the pull request got no comment: ${answer.why}${hint}`, { title: 'keyburn' });
}
