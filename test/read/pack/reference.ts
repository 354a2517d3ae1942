// The reference: every object whole, as `git cat-file` prints it.

import { execFileSync } from 'node:child_process';
import type { Sink } from '../../../src/model/index.ts';
import { decodeWhole, kindOf } from '../../../src/read/text.ts';

const HUGE = 2 ** 31 - 1;

export function git(directory: string, args: readonly string[], input?: string | Uint8Array): Buffer {
  return execFileSync('git', args, {
    cwd: directory,
    input,
    maxBuffer: HUGE,
    stdio: ['pipe', 'pipe', 'ignore'],
    env: {
      PATH: process.env.PATH,
      HOME: directory,
      GIT_CONFIG_NOSYSTEM: '1',
      GIT_AUTHOR_NAME: 'A',
      GIT_AUTHOR_EMAIL: 'a@example.invalid',
      GIT_COMMITTER_NAME: 'A',
      GIT_COMMITTER_EMAIL: 'a@example.invalid',
      GIT_AUTHOR_DATE: '1700000000 +0000',
      GIT_COMMITTER_DATE: '1700000000 +0000',
      GIT_ATTR_NOSYSTEM: '1',
      GIT_NO_LAZY_FETCH: '1',
    },
  });
}

/** Name and type of every object. */
export function listObjects(directory: string): { oid: string; type: string }[] {
  const text = git(directory, [
    'cat-file',
    '--batch-all-objects',
    '--batch-check=%(objectname) %(objecttype)',
  ]).toString('latin1');
  return text
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => {
      const [oid = '', type = ''] = line.split(' ');
      return { oid, type };
    });
}

/** Looks at every blob, commit and tag whole. */
export function readAllWhole(directory: string, repository: string, sink: Sink): void {
  const wanted = listObjects(directory).filter(({ type }) => type !== 'tree');
  for (let at = 0; at < wanted.length; at += 2000) {
    const some = wanted.slice(at, at + 2000);
    const output = git(directory, ['cat-file', '--batch'], some.map(({ oid }) => `${oid}\n`).join(''));
    let from = 0;
    for (const { oid, type } of some) {
      const newline = output.indexOf(10, from);
      const size = Number(output.toString('latin1', from, newline).split(' ')[2]);
      lookWhole(sink, repository, oid, type, output.subarray(newline + 1, newline + 1 + size));
      from = newline + 1 + size + 1;
    }
  }
}

function lookWhole(sink: Sink, repository: string, oid: string, type: string, content: Buffer): void {
  sink.advance({
    bytes: content.length,
    ...(type === 'blob' ? { blobs: 1 } : type === 'commit' ? { commits: 1 } : {}),
  });
  const blank = content.indexOf('\n\n');
  const text =
    type === 'blob' ? content : blank < 0 ? content.subarray(content.length) : content.subarray(blank + 2);
  const kind = kindOf(text);
  if (kind === 'binary') {
    sink.advance({ binary: 1 });
    return;
  }
  const bytes = kind === 'text' ? text : decodeWhole(text, kind);
  if (bytes.length === 0) return;
  sink.look({
    origin:
      type === 'commit' || type === 'tag'
        ? { kind: 'message', repository, oid, of: type }
        : { kind: 'blob', repository, oid },
    bytes,
    offset: 0,
    line: 1,
    column: 1,
    ranges: [{ from: 0, to: bytes.length }],
  });
}
