// What the next commit would bring. A staged blob is shown whole, so that lines are right and a match may reach into
// what was there before, but only what overlaps the added lines counts (`Chunk.within`).

import { CONTEXT, type Range, type Sink } from '../model/index.ts';
import { lookNamed } from './every-object.ts';
import { git } from './git.ts';
import { ObjectLooker } from './object-looker.ts';
import { showPath, unquoted } from './path.ts';
import { nameOf, type Repository } from './repository.ts';

const NEWLINE = 0x0a;
const DIFF = [
  'diff',
  '--cached',
  '--no-ext-diff',
  '--no-textconv',
  '--no-renames',
  '--no-color',
  '--ignore-submodules=all',
  '--inter-hunk-context=0',
  '-O/dev/null',
  '--diff-filter=d',
  // First every path with its blob, then, behind an empty line, what is new in each.
  '--raw',
  '--no-abbrev',
  '--unified=0',
  '--full-index',
  '--src-prefix=a/',
  '--dst-prefix=b/',
];
/** Of a line of a patch only its beginning says what it is. A path comes whole. */
const LINE_HEAD = 300;
const RAW_HEAD = 64 * 1024;

/** Lines of a blob, from 1, the last one included. */
interface Lines {
  readonly first: number;
  readonly last: number;
}

/** Looks at what is staged. @returns the paths of each blob */
export async function lookStaged(
  sink: Sink,
  repository: Repository,
): Promise<ReadonlyMap<string, readonly string[]>> {
  const { paths, added } = await changes(repository);
  const looker = new ObjectLooker(narrowed(sink, added), nameOf(repository));
  const oids = [...paths.keys()].filter((oid) => added.get(oid)?.length !== 0);
  await lookNamed(repository, sink, looker, oids);
  return paths;
}

interface Changes {
  /** New or changed blobs of the index, each with its paths. */
  readonly paths: Map<string, string[]>;
  /** The added lines of each changed blob; none for one whose diff git does not show (it calls it binary): all of it is new then. */
  readonly added: Map<string, Lines[]>;
}

async function changes(repository: Repository): Promise<Changes> {
  const made: Changes = { paths: new Map(), added: new Map() };
  const diff = git(repository, DIFF);
  let inPatch = false;
  let oid = '';
  for await (const line of lineHeads(diff.stdout, () => (inPatch ? LINE_HEAD : RAW_HEAD))) {
    inPatch ||= line === '';
    if (inPatch) oid = addLines(line, oid, made.added);
    else addPath(line, made.paths);
  }
  await diff.done();
  // A blob can be staged at two paths, with other lines new in each.
  for (const lines of made.added.values()) lines.sort((a, b) => a.first - b.first);
  return made;
}

/** `:100644 100644 BEFORE AFTER M	path` */
function addPath(line: string, paths: Map<string, string[]>): void {
  const [facts = '', name = ''] = line.split('\t', 2);
  const [, mode = '', , oid = ''] = facts.split(' ');
  if (mode === '160000' || /^0*$/.test(oid)) return;
  paths.set(oid, [...(paths.get(oid) ?? []), showPath(unquoted(name))]);
}

/** @returns the blob that the lines from here on are of; empty where none is known */
function addLines(line: string, before: string, added: Map<string, Lines[]>): string {
  const index = /^index [0-9a-f]+\.\.([0-9a-f]+)/.exec(line);
  const oid = index ? (index[1] ?? '') : line.startsWith('diff --git ') ? '' : before;
  const hunk = /^@@ -\S+ \+(\d+)(?:,(\d+))? @@/.exec(line);
  if (!hunk || oid === '') return oid;
  const first = Number(hunk[1]);
  const count = hunk[2] === undefined ? 1 : Number(hunk[2]);
  const lines = added.get(oid) ?? [];
  added.set(oid, count === 0 ? lines : [...lines, { first, last: first + count - 1 }]);
  return oid;
}

/** @param most bytes of the next line that are wanted */
async function* lineHeads(stream: AsyncIterable<Buffer>, most: () => number): AsyncGenerator<string> {
  let head = '';
  for await (const piece of stream) {
    let from = 0;
    for (let at = piece.indexOf(NEWLINE); at >= 0; at = piece.indexOf(NEWLINE, from)) {
      yield head + piece.toString('latin1', from, Math.min(at, from + most()));
      head = '';
      from = at + 1;
    }
    if (head.length < most()) head += piece.toString('latin1', from, Math.min(piece.length, from + most()));
  }
}

/** A sink that sees every chunk of a blob with the ranges of its added lines. */
function narrowed(sink: Sink, added: ReadonlyMap<string, readonly Lines[]>): Sink {
  return {
    look: (chunk) => {
      const lines = chunk.origin.kind === 'blob' ? added.get(chunk.origin.oid) : undefined;
      if (lines === undefined) return sink.look(chunk);
      const within = rangesOf(chunk.bytes, chunk.line, lines);
      // A view of the text counts in itself; what of it lies near is not told from here.
      if (chunk.truly !== undefined) return sink.look({ ...chunk, within });
      return sink.look({ ...chunk, within, ranges: chunk.ranges.flatMap((range) => near(range, within)) });
    },
    inherit: (finding, origin, span) => sink.inherit(finding, origin, span),
    skip: (skipped) => sink.skip(skipped),
    advance: (step) => sink.advance(step),
  };
}

/** What of a range lies so near that a finding from there may reach what counts. Sorted, and apart. */
function near(range: Range, counting: readonly Range[]): Range[] {
  const wanted: Range[] = [];
  let done = range.from;
  for (const { from, to } of counting) {
    const start = Math.max(done, from - CONTEXT);
    done = Math.max(done, Math.min(range.to, to + CONTEXT));
    if (start < done) wanted.push({ from: start, to: done });
  }
  return wanted;
}

function rangesOf(bytes: Uint8Array, firstLine: number, wanted: readonly Lines[]): Range[] {
  const ranges: Range[] = [];
  let line = firstLine;
  let next = 0;
  for (let from = 0; from < bytes.length && next < wanted.length; line++) {
    const newline = bytes.indexOf(NEWLINE, from);
    const to = newline < 0 ? bytes.length : newline + 1;
    while ((wanted[next]?.last ?? Number.POSITIVE_INFINITY) < line) next += 1;
    const lines = wanted[next];
    if (lines && line >= lines.first) {
      const before = ranges.at(-1);
      if (before?.to === from) ranges[ranges.length - 1] = { from: before.from, to };
      else ranges.push({ from, to });
    }
    from = to;
  }
  return ranges;
}
