// Findings that people decided to live with: one line each, with a reason, an author and a day on which the decision ends.
// The law: nothing here hides a live key; the pipeline asks first and ignores afterwards.
//
//   # fingerprint                                                     until       by             because
//   3f5a…64 hex digits…                                               2027-03-31  jane@acme.dev  sandbox key of the docs, rotated weekly
//
// Lines are sorted by fingerprint, so that branches which add some merge without a conflict.

import { type Fingerprint, parseFingerprint, SetupError } from '../model/index.ts';

export interface IgnoreEntry {
  readonly id: Fingerprint;
  /** Last day on which it counts, `YYYY-MM-DD`, in UTC. */
  readonly until: string;
  readonly by: string;
  readonly reason: string;
}

export interface IgnoreList {
  readonly entries: readonly IgnoreEntry[];
  /** The entry that hides a finding today; undefined where there is none, or where it has expired. */
  readonly find: (id: Fingerprint, now: Date) => IgnoreEntry | undefined;
  /** Entries that count no more. */
  readonly expired: (now: Date) => readonly IgnoreEntry[];
}

const FORMAT = 'a line is: fingerprint, last day (YYYY-MM-DD), author, reason';

function isDay(text: string): boolean {
  if (!/^\d{4}-\d{2}-\d{2}$/.test(text)) return false;
  const time = Date.parse(`${text}T00:00:00Z`);
  return !Number.isNaN(time) && new Date(time).toISOString().startsWith(text);
}

function faultOf(id: string, until: string, by: string, reason: string): string | undefined {
  if (parseFingerprint(id) === undefined)
    return 'not a fingerprint; take all 64 hex digits of the `id`: `keyburn scan --format json` and `keyburn incidents show` have them';
  if (!isDay(until)) return `"${until}" is no day; write YYYY-MM-DD`;
  if (by === '') return 'no author; say who decided';
  if (reason === '') return 'no reason; say why it may stay';
  return undefined;
}

/**
 * Reads an ignore file.
 * @param file its name, for messages
 * @throws SetupError that lists all faults at once
 */
export function parseIgnoreFile(text: string, file: string): IgnoreList {
  const entries = new Map<Fingerprint, IgnoreEntry>();
  const faults: string[] = [];
  text.split('\n').forEach((raw, index) => {
    const line = raw.trim();
    if (line === '' || line.startsWith('#')) return;
    const [id = '', until = '', by = '', ...words] = line.split(/\s+/);
    const fault = faultOf(id, until, by, words.join(' '));
    const parsed = parseFingerprint(id);
    if (fault !== undefined || parsed === undefined)
      faults.push(`${file}:${index + 1}: ${fault ?? 'unreadable'}`);
    else if (entries.has(parsed)) faults.push(`${file}:${index + 1}: listed twice; keep one line`);
    else entries.set(parsed, { id: parsed, until, by, reason: words.join(' ') });
  });
  if (faults.length > 0) throw new SetupError(faults.join('\n'), { hint: FORMAT });
  const counts = (entry: IgnoreEntry, now: Date): boolean => now.toISOString().slice(0, 10) <= entry.until;
  return {
    entries: [...entries.values()],
    find(id, now) {
      const entry = entries.get(id);
      return entry !== undefined && counts(entry, now) ? entry : undefined;
    },
    expired: (now) => [...entries.values()].filter((entry) => !counts(entry, now)),
  };
}

/** The text of an ignore file: sorted, one line an entry. */
export function formatIgnoreFile(entries: readonly IgnoreEntry[]): string {
  const lines = entries.map(
    ({ id, until, by, reason }) => `${id} ${until} ${by} ${reason.replace(/\s+/g, ' ').trim()}`,
  );
  return [
    '# keyburn: fingerprint, last day, author, reason. Never hides a live key.',
    ...lines.sort(),
    '',
  ].join('\n');
}
