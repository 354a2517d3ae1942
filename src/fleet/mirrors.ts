// Copies of repositories, kept between runs in a bounded folder: one for each fork network, so that forks share their objects. The
// laws: one holder at a time, whichever process; what is in use is never thrown away; nothing outgrows the limit unseen.

import { closeSync, openSync, readFileSync, rmSync, statSync, utimesSync, writeSync } from 'node:fs';
import { mkdir, readdir, rm, stat, writeFile } from 'node:fs/promises';
import { hostname } from 'node:os';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { GitFault, runGit } from './git.ts';
import { lives } from './lease.ts';

export interface MirrorOptions {
  readonly folder: string;
  /** Most bytes of all mirrors together; the longest unused go first. */
  readonly mostBytes: number;
  /** Most bytes of one repository on its way in. */
  readonly mostOfOne: number;
  readonly signal: AbortSignal;
}

/** One mirror in hand. */
export interface Mirror {
  /** A bare repository. */
  readonly folder: string;
  release(): Promise<void>;
}

export interface Mirrors {
  /** Waits until nobody else holds it. @param name of the fork network: safe as a file's name */
  take(name: string): Promise<Mirror>;
  /** Runs a fetch into it, and ends the fetch where it grows too large. @param saidKb the size that its host tells */
  guarded<T>(mirror: Mirror, saidKb: number, work: (signal: AbortSignal) => Promise<T>): Promise<T>;
  /** Removes one that is damaged. */
  drop(mirror: Mirror): Promise<void>;
}

const STALE_MS = 60_000;
const BEAT_MS = 10_000;
const WATCH_MS = 500;
/** Other processes fetch into the same folder. */
const LOOK_MS = 60_000;
/** From so much of the limit on every fetch looks. */
const NEAR = 0.9;
/** Every fetch leaves a pack; from so many on they are made one. */
const PACKS = 40;

export function createMirrors(options: MirrorOptions): Mirrors {
  const { folder, signal } = options;

  async function take(name: string): Promise<Mirror> {
    await mkdir(folder, { recursive: true, mode: 0o700 });
    const path = join(folder, `${name}.git`);
    const lock = `${path}.lock`;
    while (!lockFile(lock)) await wait(100 + Math.random() * 200, undefined, { signal });
    const beat = setInterval(() => touch(lock), BEAT_MS);
    beat.unref();
    const mirror: Mirror = {
      folder: path,
      async release() {
        clearInterval(beat);
        await rm(lock, { force: true });
      },
    };
    try {
      await prepare(path);
    } catch (error) {
      await mirror.release();
      throw error;
    }
    return mirror;
  }

  async function prepare(path: string): Promise<void> {
    if ((await stat(join(path, 'HEAD')).catch(() => undefined)) === undefined) {
      await rm(path, { recursive: true, force: true });
      await makeBare(path);
    }
    // A process that was killed in a fetch leaves its half of a pack.
    const packs = join(path, 'objects/pack');
    const names = await readdir(packs).catch(() => []);
    for (const name of names.filter((one) => one.startsWith('tmp_') || one.endsWith('.lock')))
      await rm(join(packs, name), { force: true });
    if (names.filter((one) => one.endsWith('.pack')).length > PACKS)
      await runGit(['repack', '-a', '-d', '-k', '-q'], { cwd: path, signal });
    touch(path);
  }

  async function guarded<T>(
    mirror: Mirror,
    saidKb: number,
    work: (signal: AbortSignal) => Promise<T>,
  ): Promise<T> {
    const limit = options.mostOfOne;
    const tooLarge = new GitFault(
      'too-large',
      `it is larger than ${megabytes(limit)} MB, the limit of one repository (--most)`,
    );
    if (saidKb * 1_024 > limit) throw tooLarge;
    await makeRoom();
    const stop = new AbortController();
    const before = await sizeOf(mirror.folder);
    let looking = false;
    const watch = setInterval(() => {
      if (looking) return;
      looking = true;
      void sizeOf(mirror.folder).then((size) => {
        looking = false;
        if (size - before > limit) stop.abort(tooLarge);
      });
    }, WATCH_MS);
    try {
      return await work(AbortSignal.any([signal, stop.signal]));
    } finally {
      clearInterval(watch);
      taken.bytes += Math.max(0, (await sizeOf(mirror.folder)) - before);
    }
  }

  /** What all of them took up when they were last looked through, and what was fetched since. */
  let taken = { bytes: 0, at: Number.NEGATIVE_INFINITY };

  /** Looking through all of them for each fetch would cost more than the fetches, so it is done when it may matter. */
  async function makeRoom(): Promise<void> {
    const near = taken.bytes > options.mostBytes * NEAR;
    if (!near && performance.now() - taken.at < LOOK_MS) return;
    const names = (await readdir(folder)).filter((name) => name.endsWith('.git'));
    const found = await Promise.all(
      names.map(async (name) => {
        const path = join(folder, name);
        const used = (await stat(path).catch(() => undefined))?.mtimeMs ?? 0;
        return { path, used, size: await sizeOf(path) };
      }),
    );
    let room = options.mostBytes;
    let bytes = 0;
    for (const { path, size } of found.sort((a, b) => b.used - a.used)) {
      room -= size;
      if (room >= 0 || !lockFile(`${path}.lock`)) {
        bytes += size;
        continue;
      }
      await rm(path, { recursive: true, force: true });
      await rm(`${path}.lock`, { force: true });
    }
    taken = { bytes, at: performance.now() };
  }

  return { take, guarded, drop: (mirror) => rm(mirror.folder, { recursive: true, force: true }) };
}

/**
 * As `git init --bare` does, without its samples of hooks and without a process: https://git-scm.com/docs/gitrepository-layout.
 * HEAD comes last, because it is what says that all of it is there.
 */
async function makeBare(path: string): Promise<void> {
  for (const inside of ['objects/pack', 'objects/info', 'refs/heads'])
    await mkdir(join(path, inside), { recursive: true, mode: 0o700 });
  await writeFile(
    join(path, 'config'),
    '[core]\n\trepositoryformatversion = 0\n\tfilemode = true\n\tbare = true\n',
  );
  await writeFile(join(path, 'HEAD'), 'ref: refs/heads/main\n');
}

/** @returns false where a living process has it */
function lockFile(path: string): boolean {
  for (const again of [true, false]) {
    try {
      const file = openSync(path, 'wx', 0o600);
      writeSync(file, `${hostname()} ${process.pid}`);
      closeSync(file);
      return true;
    } catch (error) {
      if (!(error instanceof Error && 'code' in error && error.code === 'EEXIST')) throw error;
      if (!again || !removeAbandoned(path)) return false;
    }
  }
  return false;
}

/** Looks and takes away in one breath, so that no lock that somebody made meanwhile is hit. */
function removeAbandoned(path: string): boolean {
  const found = statSync(path, { throwIfNoEntry: false });
  if (found === undefined) return true;
  const [host, pid] = readFileSync(path, 'utf8').split(' ');
  const dead = host === hostname() && pid !== undefined && !lives(Number(pid));
  if (!dead && Date.now() - found.mtimeMs < STALE_MS) return false;
  const now = statSync(path, { throwIfNoEntry: false });
  if (now?.ino !== found.ino) return false;
  rmSync(path, { force: true });
  return true;
}

function touch(path: string): void {
  const now = new Date();
  try {
    utimesSync(path, now, now);
  } catch {
    // Gone by now.
  }
}

/** Bytes of its packs and of what is on its way into them; loose objects are few, because fetches bring packs. */
async function sizeOf(repository: string): Promise<number> {
  const packs = join(repository, 'objects/pack');
  const names = await readdir(packs).catch(() => []);
  const sizes = await Promise.all(
    names.map(async (name) => (await stat(join(packs, name)).catch(() => undefined))?.size ?? 0),
  );
  return sizes.reduce((sum, size) => sum + size, 0);
}

function megabytes(bytes: number): string {
  return (bytes / 1e6).toFixed(bytes < 1e7 ? 1 : 0);
}
