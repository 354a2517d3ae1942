// SARIF to code scanning, within its limits, and what became of it there. The law of this file: what code scanning does not
// take is a warning with its remedy, never a red build, and what was left out is said.

import { setTimeout as wait } from 'node:timers/promises';
import { gzipSync } from 'node:zlib';
import { sarifText } from './files.ts';
import type { Told } from './summary.ts';
import type { Audience } from './tell.ts';
import { count, ranked } from './words.ts';

// https://docs.github.com/code-security/reference/code-scanning/sarif-files/troubleshoot-sarif-uploads: 10 MB of gzip, and
// 25,000 results in a run, of which the first 5,000 are shown.
const MOST_BYTES = 10_000_000;
const MOST_RESULTS = 25_000;
/** Half a minute in all: code scanning takes some seconds for a file of a few findings. */
const WAITS_MS = [0, 1_000, 2_000, 4_000, 8_000, 15_000];

export async function upload({ job, situation, github, runner }: Audience, told: Told): Promise<void> {
  const say = (kind: 'warning' | 'notice', text: string): void =>
    runner.annotate(kind, text, { title: 'keyburn' });
  const { about } = situation;
  if (about === undefined)
    return say('warning', 'SARIF was not uploaded: the event names no commit and ref to upload it for');
  const { sarif, results } = packed(told);
  const left = told.entries.length - results;
  if (left > 0)
    say('warning', `code scanning gets ${count(results, 'finding')}; ${left} more are in the report file`);
  const sent = await github.uploadSarif({ ...about, sarif });
  if (!sent.ok) return say('warning', `SARIF was not uploaded: ${sent.why}${remedyFor(sent.status)}`);
  if (sent.value === '') return;
  for (const delay of WAITS_MS) {
    await wait(delay, undefined, { signal: job.signal });
    const processed = await github.processed(sent.value);
    // It knows an upload only a moment later.
    if (!processed.ok && processed.status === 404) continue;
    if (!processed.ok)
      return runner.line(`SARIF was uploaded; what became of it cannot be asked: ${processed.why}`);
    const { state, errors } = processed.value;
    if (state === 'complete') return;
    if (state === 'failed')
      return say('warning', `code scanning has refused the SARIF: ${errors.slice(0, 3).join('; ')}`);
  }
  runner.line('SARIF was uploaded; code scanning is still processing it');
}

/** The most urgent findings that fit, gzip in base64. */
function packed({ entries, summary, stable }: Told): { readonly sarif: string; readonly results: number } {
  let chosen = entries.length <= MOST_RESULTS ? entries : ranked(entries).slice(0, MOST_RESULTS);
  for (;;) {
    const bytes = gzipSync(sarifText(chosen, summary, stable));
    if (bytes.length <= MOST_BYTES || chosen.length <= 1)
      return { sarif: bytes.toString('base64'), results: chosen.length };
    chosen = ranked(chosen).slice(0, chosen.length >> 1);
  }
}

function remedyFor(status: number): string {
  switch (status) {
    case 403:
      return ' (it needs permissions: security-events: write, code scanning switched on, and no fork)';
    case 404:
      return ' (code scanning is not there for this repository; switch it on, or leave out upload-sarif)';
    case 413:
      return ' (it is larger than this host takes)';
    default:
      return '';
  }
}
