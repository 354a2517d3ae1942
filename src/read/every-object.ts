// The exhaustive path: git itself reads every object and this file only listens. It is the reference for faster ways.
// One `cat-file` prints all objects; where a damaged one kills it, the listing (same order, so what is through can be
// counted off) is asked for one by one, and a new process starts behind each object that kills the last.

import { once } from 'node:events';
import { Readable } from 'node:stream';
import type { Sink } from '../model/index.ts';
import { feed, GitError, type GitProcess, git, split } from './git.ts';
import { ObjectLooker } from './object-looker.ts';
import { ObjectParser } from './objects.ts';
import { nameOf, type Repository } from './repository.ts';

const ALL = ['--batch-all-objects', '--unordered'];

export async function readEveryObject(repository: Repository, sink: Sink): Promise<void> {
  const looker = new ObjectLooker(sink, nameOf(repository));
  const parser = new ObjectParser(looker);
  const batch = git(repository, ['cat-file', '--batch', '--buffer', ...ALL]);
  for await (const bytes of batch.stdout) {
    parser.push(bytes);
    repository.signal?.throwIfAborted();
  }
  let damaged = false;
  try {
    await batch.done();
  } catch (error) {
    if (!(error instanceof GitError)) throw error;
    damaged = true;
  }
  // A pack without its index, say: git leaves it out, says so, and goes on.
  for (const why of batch.complaints().filter((line) => /\b(pack|packfile|index|alternates)\b/i.test(line)))
    sink.skip({ path: nameOf(repository), why: `git left something out: ${why}` });
  if (damaged) await readOneByOne(repository, sink, looker, behind(listAll(repository), parser.count));
}

/** Reads a few named objects. */
export async function lookNamed(
  repository: Repository,
  sink: Sink,
  looker: ObjectLooker,
  oids: readonly string[],
): Promise<void> {
  const parser = new ObjectParser(looker);
  const batch = git(repository, ['cat-file', '--batch', '--buffer']);
  feed(batch, oids);
  for await (const bytes of batch.stdout) parser.push(bytes);
  try {
    await batch.done();
  } catch (error) {
    if (!(error instanceof GitError)) throw error;
    await readOneByOne(repository, sink, looker, Readable.from(oids.slice(parser.count)));
  }
}

/** Reads the named objects, each at its own risk. */
export async function readOneByOne(
  repository: Repository,
  sink: Sink,
  looker: ObjectLooker,
  oids: AsyncIterable<string>,
): Promise<void> {
  let asking: Asking | undefined;
  try {
    for await (const oid of oids) {
      repository.signal?.throwIfAborted();
      asking ??= new Asking(repository, looker);
      const fault = await asking.show(oid);
      if (fault === undefined) continue;
      sink.skip({ path: `object ${oid}`, why: `git cannot read it: ${fault}` });
      asking = undefined;
    }
  } finally {
    asking?.stop();
  }
}

/** One `cat-file --batch` that answers one question at a time. */
class Asking {
  readonly #process: GitProcess;
  readonly #parser: ObjectParser;
  readonly #pieces: AsyncIterator<Buffer>;

  constructor(repository: Repository, looker: ObjectLooker) {
    this.#process = git(repository, ['cat-file', '--batch']);
    this.#parser = new ObjectParser(looker);
    this.#pieces = this.#process.stdout[Symbol.asyncIterator]();
  }

  /** Undefined when the object is through; else git's word on why it died. */
  async show(oid: string): Promise<string | undefined> {
    const before = this.#parser.count;
    if (!this.#process.stdin.write(`${oid}\n`))
      await Promise.race([once(this.#process.stdin, 'drain'), once(this.#process.child, 'close')]);
    while (this.#parser.count === before) {
      const { done, value } = await this.#pieces.next();
      if (!done) this.#parser.push(value);
      else return await this.#lastWord();
    }
    return undefined;
  }

  stop(): void {
    this.#process.stop();
  }

  async #lastWord(): Promise<string> {
    try {
      await this.#process.done();
      return 'git ended early';
    } catch (error) {
      if (error instanceof GitError) return error.said;
      throw error;
    }
  }
}

async function* listAll(repository: Repository): AsyncGenerator<string> {
  const listing = git(repository, ['cat-file', '--batch-check=%(objectname) %(objecttype)', ...ALL]);
  try {
    for await (const line of split(listing.stdout, 0x0a)) {
      const [oid = '', type] = line.toString('latin1').split(' ');
      yield type === 'tree' ? '' : oid;
    }
    await listing.done();
  } finally {
    listing.stop();
  }
}

/** Leaves out the first `count`, and what has no name. */
async function* behind(oids: AsyncIterable<string>, count: number): AsyncGenerator<string> {
  let seen = 0;
  for await (const oid of oids) {
    seen += 1;
    if (seen > count && oid !== '') yield oid;
  }
}
