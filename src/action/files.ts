import { createHash } from 'node:crypto';
import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { type Entry, SetupError, type Summary } from '../model/index.ts';
import { createReporter, type Format } from '../record/index.ts';
import { version } from '../version.ts';

/** A report of what a run found, as text. */
export function reportText(format: Format, entries: readonly Entry[], summary: Summary): string {
  const pieces: string[] = [];
  const options = { colour: false, version: version(), category: 'keyburn/action/' };
  const reporter = createReporter(format, { write: (text) => void pieces.push(text) }, options);
  for (const entry of entries) reporter.entry(entry);
  reporter.finish(summary);
  return pieces.join('');
}

/**
 * SARIF. Without a fingerprint key of the project's own every run has another one, and every alert would close and open
 * again: then an alert is named after its rule, file and preview, which are the same in every run.
 */
export function sarifText(entries: readonly Entry[], summary: Summary, stable: boolean): string {
  return reportText('sarif', stable ? entries : entries.map(named(new Map())), summary);
}

function named(seen: Map<string, number>): (entry: Entry) => Entry {
  return (entry) => {
    const what = JSON.stringify([entry.rule, entry.place.path, entry.preview]);
    const nth = seen.get(what) ?? 0;
    seen.set(what, nth + 1);
    const id = createHash('sha256').update(`${what}\n${nth}`).digest('hex');
    return { ...entry, id: id as Entry['id'] };
  };
}

export function writeReport(path: string, text: string): void {
  try {
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(path, text);
  } catch (cause) {
    throw new SetupError(`${path}: cannot be written`, {
      hint: 'check the folder and its permissions',
      cause,
    });
  }
}
