import { createColors } from 'picocolors';
import {
  type Entry,
  isDead,
  isUsable,
  type Place,
  type Receipt,
  type Summary,
  whyInWords,
} from '../../model/index.ts';
import { advice, SHORT } from './advice.ts';
import { otherRules } from './other-rules.ts';
import { plain } from './plain.ts';
import type { Out, Reporter, ReportOptions } from './reporter.ts';

type Colours = ReturnType<typeof createColors>;

// How many places and skipped things are named; the JSON formats have all.
const PLACES = 5;
const SKIPPED = 20;
/** About as many findings as a screen shows. */
const FIT = 5;

/** For a person at three in the morning: what, where, does it work, what happened, what now. */
export function textReporter(out: Out, options: ReportOptions): Reporter {
  const colours = createColors(options.colour);
  const rerun = plain(options.rerun ?? 'keyburn scan');
  const tally: Tally = { alive: [], unknown: 0 };
  return {
    entry(entry) {
      take(tally, entry);
      out.write(`${describe(entry, rerun, colours).join('\n')}\n\n`);
    },
    finish(summary) {
      out.write(`${conclude(summary, tally, colours).join('\n')}\n`);
    },
  };
}

/** What the last lines are made of. */
interface Tally {
  readonly alive: Entry[];
  unknown: number;
}

function take(tally: Tally, entry: Entry): void {
  if (entry.verdict.state === 'unknown') tally.unknown += 1;
  if (isUsable(entry.verdict) && !isBurned(entry)) tally.alive.push(entry);
}

function isBurned({ receipt }: Entry): boolean {
  return receipt !== null && 'proof' in receipt && isDead(receipt.proof);
}

function describe(entry: Entry, rerun: string, colours: Colours): string[] {
  const { dim, bold } = colours;
  const lines = [`${badge(entry, colours)}  ${bold(plain(entry.title))}  ${plain(entry.preview)}`];
  const field = (name: string, ...values: readonly string[]): void => {
    values.forEach((value, index) => {
      lines.push(`  ${dim((index === 0 ? name : '').padEnd(9))} ${value}`);
    });
  };
  const [first, ...others] = [entry.place, ...entry.otherPlaces];
  if (first !== undefined) field('where', ...placeLines(first, colours));
  const shown = others.slice(0, PLACES - 1);
  field('also', ...shown.map((place) => `${spot(place)}${origin(place)}`));
  if (others.length > shown.length) field('', `and in ${others.length - shown.length} more places`);
  field('verdict', verdictLine(entry));
  field('exposure', entry.exposure === 'unknown' ? 'unknown (treated as private)' : entry.exposure);
  field('decision', `${entry.decision.act}: ${plain(entry.decision.because)}`);
  if (entry.receipt !== null) field('result', receiptLine(entry.receipt, colours));
  field('next', ...nextLines(entry, rerun));
  field('rule', `${plain(entry.rule)} (${entry.severity})`, ...otherRules(entry).map(plain));
  field('id', entry.id.slice(0, SHORT));
  return lines;
}

function badge(entry: Entry, colours: Colours): string {
  const { receipt, verdict } = entry;
  if (receipt !== null && isBurned(entry)) {
    const word = receipt.outcome === 'already-dead' ? 'DEAD' : receipt.outcome.toUpperCase();
    return colours.green(word.padEnd(9));
  }
  const word = verdict.state.toUpperCase().padEnd(9);
  if (isUsable(verdict)) return colours.bold(colours.red(word));
  return verdict.state === 'unknown' ? colours.yellow(word) : colours.dim(word);
}

function spot(place: Place): string {
  switch (place.kind) {
    case 'message':
      return (
        plain(place.path === '' ? `message of ${place.object?.slice(0, SHORT) ?? '?'}` : place.path) +
        `:${place.line}`
      );
    case 'stream':
      return `${place.path === '-' ? 'stdin' : plain(place.path)}:${place.line}:${place.column}`;
    case 'file':
    case 'blob':
    case 'hosted':
      return `${plain(place.path)}:${place.line}:${place.column}`;
  }
}

function placeLines(place: Place, { cyan, underline }: Colours): string[] {
  const lines = [cyan(spot(place))];
  const from = origin(place);
  if (from !== '') lines.push(from.trim());
  if (place.url !== undefined) lines.push(underline(plain(place.url)));
  return lines;
}

function origin(place: Place): string {
  if (place.commit === undefined) return '';
  const who = place.author === undefined ? '' : ` by ${plain(place.author)}`;
  const when = place.date === undefined ? '' : ` on ${plain(place.date.slice(0, 10))}`;
  return `  commit ${plain(place.commit.slice(0, SHORT))}${who}${when}`;
}

function verdictLine({ verdict, service }: Entry): string {
  const asked = service === null ? '' : ` at ${plain(service)}`;
  if (verdict.state === 'unknown') {
    return `unknown${asked}: ${plain(whyInWords(verdict))}`;
  }
  return `${verdict.state}${asked}: ${plain(verdict.why)} (${moment(verdict.checkedAt)})`;
}

function receiptLine(receipt: Receipt, { green, yellow, red }: Colours): string {
  const paint = ((): ((text: string) => string) => {
    switch (receipt.outcome) {
      case 'revoked':
      case 'contained':
      case 'already-dead':
        return green;
      case 'failed':
        return red;
      case 'accepted':
      case 'manual':
      case 'planned':
      case 'held':
        return yellow;
    }
  })();
  const proof =
    'proof' in receipt ? `; asked again: ${receipt.proof.state}, ${plain(whyInWords(receipt.proof))}` : '';
  return `${paint(receipt.outcome)}: ${plain(receipt.note)}${proof}`;
}

function nextLines(entry: Entry, rerun: string): string[] {
  const steps = advice(entry, rerun).map(plain);
  // Steps for a person come in order; other advice is a choice.
  return entry.receipt?.outcome === 'manual' ? steps.map((step, index) => `${index + 1}. ${step}`) : steps;
}

/** `2026-11-20 10:00 UTC`; what is no date of that kind stays as it is. */
function moment(time: string): string {
  const parts = /^(\d{4}-\d\d-\d\d)T(\d\d:\d\d):\d\d(?:\.\d+)?Z$/.exec(time);
  return parts === null ? plain(time) : `${parts[1]} ${parts[2]} UTC`;
}

function conclude(summary: Summary, { alive, unknown }: Tally, colours: Colours): string[] {
  const { bold, green, red, yellow, dim } = colours;
  const lines: string[] = [];
  const { skipped } = summary;
  if (skipped.length > 0) {
    lines.push(
      yellow(`${count(skipped.length, 'thing was', 'things were')} not read, so this scan is not complete:`),
    );
    for (const { path, why } of skipped.slice(0, SKIPPED)) lines.push(`  ${plain(path)}: ${plain(why)}`);
    if (skipped.length > SKIPPED)
      lines.push(`  and ${skipped.length - SKIPPED} more (--format json names all)`);
    lines.push('');
  }
  const read = dim(scope(summary));
  if (summary.findings === 0) {
    const empty = summary.bytes === 0 && summary.files + summary.blobs + summary.commits === 0;
    const text =
      skipped.length > 0
        ? 'No keys found in what was read.'
        : empty
          ? 'No keys found: there was nothing to read.'
          : 'No keys found. All quiet.';
    lines.push(`${skipped.length === 0 ? green(text) : yellow(text)}  ${read}`);
    return lines;
  }
  const dead = summary.findings - alive.length - unknown;
  const byUs = summary.revoked > 0 ? ` (${summary.revoked} burned by this run)` : '';
  const parts = [
    ...(alive.length > 0 ? [bold(red(`${alive.length} live`))] : []),
    ...(dead > 0 ? [green(`${dead} dead${byUs}`)] : []),
    ...(unknown > 0 ? [yellow(`${unknown} unknown`)] : []),
  ];
  const details = parts.length === 0 ? '' : `: ${parts.join(', ')}`;
  lines.push(`${bold(count(summary.findings, 'key', 'keys'))}${details}  ${read}`);
  // What lives came first, and has left the screen by now.
  if (summary.findings > FIT)
    for (const { place, id, preview } of alive.slice(0, PLACES))
      lines.push(`  ${bold(red('live'))}  ${plain(preview)}  ${spot(place)}  ${dim(id.slice(0, SHORT))}`);
  if (summary.findings > FIT && alive.length > PLACES) lines.push(`  and ${alive.length - PLACES} more`);
  return lines;
}

function scope(summary: Summary): string {
  const parts = [
    ...(summary.files > 0 ? [count(summary.files, 'file', 'files')] : []),
    ...(summary.blobs > 0 ? [count(summary.blobs, 'blob', 'blobs')] : []),
    ...(summary.commits > 0 ? [count(summary.commits, 'commit', 'commits')] : []),
    size(summary.bytes),
  ];
  const binary = summary.binary > 0 ? `, ${summary.binary} binary left out` : '';
  return `(${parts.join(', ')}${binary}, ${(summary.elapsedMs / 1000).toFixed(1)} s)`;
}

function count(number: number, one: string, many: string): string {
  return `${String(number).replace(/\B(?=(\d{3})+$)/g, ',')} ${number === 1 ? one : many}`;
}

function size(bytes: number): string {
  const units = ['B', 'kB', 'MB', 'GB', 'TB'];
  let value = bytes;
  let unit = 0;
  while (value >= 1000 && unit < units.length - 1) {
    value /= 1000;
    unit += 1;
  }
  return `${unit === 0 ? value : value.toFixed(1)} ${units[unit]}`;
}
