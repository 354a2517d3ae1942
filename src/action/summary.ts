// The job summary and the comment: Markdown that a person acts on. The law of this file: names and paths are strangers'
// words, so none of them becomes a link, a mention, a table cell or markup.

import type { Entry, Skipped, Summary } from '../model/index.ts';
import { plain, SHORT } from '../record/index.ts';
import { count, isAlive, nextSteps, outcomeOf, ranked, spotOf, stateOf } from './words.ts';

export interface Told {
  readonly entries: readonly Entry[];
  readonly summary: Summary;
  /** What was read, for people: `push: 1a2b3c..4d5e6f`. */
  readonly range: string;
  readonly notes: readonly string[];
  readonly armed: boolean;
  readonly stable: boolean;
}

// Room for what stands around the table: the runner takes 1 MiB.
const TABLE_BYTES = 900_000;
// GitHub takes 65,536 characters in a comment.
const COMMENT_BYTES = 60_000;
const SKIPPED = 20;

export const MARKER = '<!-- keyburn -->';

export function summaryOf(told: Told): string {
  return page(told, TABLE_BYTES);
}

export function commentOf(told: Told): string {
  return `${MARKER}\n${page(told, COMMENT_BYTES)}`;
}

function page(told: Told, bytes: number): string {
  const { entries, summary, range, notes } = told;
  const lines = [`## ${title(entries, summary)}`, ''];
  lines.push(
    `${code(range)}, ${count(summary.commits, 'commit')}, ${count(summary.blobs + summary.files, 'file version')}, ${(summary.elapsedMs / 1000).toFixed(1)} s`,
    '',
  );
  for (const note of notes) lines.push(`> ${safe(note)}`, '');
  lines.push(...gaps(summary.skipped));
  if (entries.length > 0) lines.push(...table(told, bytes));
  return `${lines.join('\n')}\n`;
}

export function title(entries: readonly Entry[], { skipped }: Summary): string {
  const partial = skipped.length > 0;
  if (entries.length === 0) return partial ? 'keyburn: the scan is incomplete' : 'keyburn: no leaked keys';
  const alive = entries.filter(isAlive).length;
  const unknown = entries.filter(({ verdict }) => verdict.state === 'unknown').length;
  const parts = [
    ...(alive > 0 ? [`${alive} live`] : []),
    ...(unknown > 0 ? [`${unknown} unknown`] : []),
    ...(entries.length > alive + unknown ? [`${entries.length - alive - unknown} dead`] : []),
  ];
  return `keyburn: ${count(entries.length, 'leaked key')} (${parts.join(', ')})${partial ? ', and the scan is incomplete' : ''}`;
}

function gaps(skipped: readonly Skipped[]): string[] {
  if (skipped.length === 0) return [];
  const lines = skipped.slice(0, SKIPPED).map(({ path, why }) => `- ${code(path)}: ${safe(why)}`);
  if (skipped.length > SKIPPED) lines.push(`- and ${skipped.length - SKIPPED} more`);
  return ['**Not everything was read, so this is not a clean result:**', '', ...lines, ''];
}

function table(told: Told, bytes: number): string[] {
  const lines = [
    '| State | Key | Where | Who could read it | What was done | What to do next |',
    '|---|---|---|---|---|---|',
  ];
  const entries = ranked(told.entries);
  let room = bytes;
  for (const [index, entry] of entries.entries()) {
    const row = rowOf(entry, told);
    room -= Buffer.byteLength(row) + 1;
    if (room < 0) {
      lines.push('', `${entries.length - index} more are in the report file.`);
      break;
    }
    lines.push(row);
  }
  return lines;
}

function rowOf(entry: Entry, told: Told): string {
  const { place, otherPlaces, receipt, decision } = entry;
  const spot =
    place.url?.startsWith('https://') === true
      ? `<a href="${safe(place.url)}">${code(spotOf(place))}</a>`
      : code(spotOf(place));
  const by =
    place.commit === undefined
      ? ''
      : `<br>commit ${code(place.commit.slice(0, SHORT))}${place.author === undefined ? '' : ` by ${safe(place.author)}`}`;
  const more = otherPlaces.length === 0 ? '' : `<br>and ${count(otherPlaces.length, 'more place')}`;
  const done = receipt === null ? `${decision.act}: ${decision.because}` : outcomeOf(receipt);
  const cells = [
    isAlive(entry) ? `<b>${safe(stateOf(entry))}</b>` : safe(stateOf(entry)),
    `${safe(entry.title)}<br>${code(entry.preview)}`,
    `${spot}${by}${more}`,
    safe(entry.exposure),
    safe(done),
    nextSteps(entry, told).map(safe).join('<br>'),
  ];
  return `| ${cells.join(' | ')} |`;
}

function code(text: string): string {
  return `<code>${safe(text)}</code>`;
}

/** Every character that Markdown, HTML or GitHub's own linking (mentions, issues, addresses) could take for more than itself. */
export function safe(text: string): string {
  return plain(text)
    .replace(/[^\p{L}\p{N} .,;()/=+-]/gu, (character) => `&#${character.codePointAt(0)};`)
    .replace(/www\./gi, 'www&#46;');
}
