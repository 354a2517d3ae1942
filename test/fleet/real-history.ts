// Histories for the repositories of a rehearsal: windows cut from a real repository's log, with its messages, authors, files and changes;
// made up where no real one is given.

import { execFileSync } from 'node:child_process';

export interface HistoricCommit {
  readonly author: string;
  readonly message: string;
  readonly files: readonly { readonly path: string; readonly bytes: Buffer }[];
}

interface Change {
  readonly author: string;
  readonly message: string;
  readonly blobs: readonly { readonly path: string; readonly oid: string }[];
}

const LARGEST = 64 * 1024;
const FILES = 12;

/** Draws windows of consecutive commits. */
export interface Histories {
  draw(commits: number, random: () => number): readonly HistoricCommit[];
}

export function realHistory(mirror: string): Histories {
  const changes = changesOf(mirror);
  return {
    draw(commits, random) {
      const from = Math.floor(random() * Math.max(1, changes.length - commits));
      const window = changes.slice(from, from + commits);
      const bytes = blobsOf(
        mirror,
        window.flatMap(({ blobs }) => blobs.map(({ oid }) => oid)),
      );
      return window.map(({ author, message, blobs }) => ({
        author,
        message,
        files: blobs.flatMap(({ path, oid }) => {
          const found = bytes.get(oid);
          return found === undefined ? [] : [{ path, bytes: found }];
        }),
      }));
    },
  };
}

function changesOf(mirror: string): Change[] {
  const told = execFileSync(
    'git',
    [
      'log',
      '--first-parent',
      '--reverse',
      '--raw',
      '--no-abbrev',
      '--no-renames',
      '--diff-filter=AM',
      '-z',
      '-m',
      '-n',
      '6000',
      '--format=%x01%an%x02%s',
    ],
    { cwd: mirror, maxBuffer: 1 << 30 },
  ).toString('utf8');
  return told
    .split('\x01')
    .slice(1)
    .map((record) => {
      const [head = '', ...fields] = record.split('\0');
      const [author = '', message = ''] = head.split('\x02');
      const blobs: { path: string; oid: string }[] = [];
      for (let at = 0; at + 1 < fields.length; at++) {
        const oid = /^\n?:\d+ 100\d+ [0-9a-f]+ ([0-9a-f]{40}) /.exec(fields[at] ?? '')?.[1];
        const path = fields[at + 1];
        if (oid !== undefined && path !== undefined && blobs.length < FILES) blobs.push({ path, oid });
      }
      return { author: author.trim() || 'somebody', message: message.trim() || 'work', blobs };
    });
}

function blobsOf(mirror: string, oids: readonly string[]): Map<string, Buffer> {
  const found = new Map<string, Buffer>();
  if (oids.length === 0) return found;
  const told = execFileSync('git', ['cat-file', '--batch'], {
    cwd: mirror,
    input: `${[...new Set(oids)].join('\n')}\n`,
    maxBuffer: 1 << 30,
  });
  let at = 0;
  while (at < told.length) {
    const end = told.indexOf(0x0a, at);
    const [oid = '', kind, size = '0'] = told.toString('latin1', at, end).split(' ');
    if (kind === 'missing' || end < 0) {
      at = end < 0 ? told.length : end + 1;
      continue;
    }
    const bytes = told.subarray(end + 1, end + 1 + Number(size));
    if (kind === 'blob' && bytes.length <= LARGEST) found.set(oid, bytes);
    at = end + 2 + Number(size);
  }
  return found;
}

const WORDS = [
  'invoice',
  'basket',
  'parser',
  'window',
  'ledger',
  'signal',
  'matrix',
  'harbour',
  'letter',
  'engine',
];

export const madeUpHistory: Histories = {
  draw(commits, random) {
    const word = (): string => WORDS[Math.floor(random() * WORDS.length)] ?? 'word';
    return Array.from({ length: commits }, (_, index) => ({
      author: 'Ada Example',
      message: `${word()}: ${word()} the ${word()}`,
      files: Array.from({ length: 1 + Math.floor(random() * 4) }, () => ({
        path: `src/${word()}/${word()}.ts`,
        bytes: Buffer.from(
          Array.from(
            { length: 20 + Math.floor(random() * 200) },
            () => `export const ${word()}${index} = '${word()} ${word()}';`,
          ).join('\n'),
        ),
      })),
    }));
  },
};

/** The same numbers for the same seed: a rehearsal can be run again. */
export function seeded(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}
