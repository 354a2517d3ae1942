// A real PostgreSQL for tests: the one that KEYBURN_TEST_POSTGRES names, else one of our own in a temporary folder, on a socket alone.

import { spawnSync } from 'node:child_process';
import { chownSync, existsSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const ROOT = process.getuid?.() === 0;

function binaries(): string | undefined {
  const versions = '/usr/lib/postgresql';
  const found = existsSync(versions) ? readdirSync(versions).sort((a, b) => Number(b) - Number(a)) : [];
  return found
    .map((version) => join(versions, version, 'bin'))
    .find((bin) => existsSync(join(bin, 'initdb')));
}

/** PostgreSQL refuses to run as root: then as its own user, where there is one. */
function postgresUser(): { uid: number; gid: number } | undefined {
  if (!ROOT) return undefined;
  const id = (flag: string) =>
    Number(spawnSync('id', [flag, 'postgres'], { encoding: 'utf8' }).stdout.trim());
  return { uid: id('-u'), gid: id('-g') };
}

const bin = binaries();
const user = postgresUser();
const given = process.env.KEYBURN_TEST_POSTGRES;

/** Why there is none; undefined where there is one. */
export const whyNot: string | undefined =
  given !== undefined
    ? undefined
    : bin === undefined
      ? 'no PostgreSQL: apt-get install postgresql, or set KEYBURN_TEST_POSTGRES'
      : user !== undefined && !(user.uid > 0)
        ? 'PostgreSQL does not run as root, and there is no user postgres'
        : undefined;

export interface Server {
  readonly url: string;
  start(): void;
  stop(): void;
  end(): void;
}

export function startPostgres(): Server {
  if (given !== undefined) {
    const nothing = () => undefined;
    return { url: given, start: nothing, stop: nothing, end: nothing };
  }
  const folder = mkdtempSync(join(tmpdir(), 'keyburn-pg-'));
  if (user) chownSync(folder, user.uid, user.gid);
  const data = join(folder, 'data');
  const run = (program: string, args: readonly string[]) => {
    const done = spawnSync(join(bin ?? '', program), args, {
      cwd: folder,
      stdio: 'ignore',
      env: { LC_ALL: 'C', PATH: process.env.PATH ?? '' },
      ...(user && { uid: user.uid, gid: user.gid }),
    });
    if (done.status !== 0) throw new Error(`${program} ended with ${done.status}`);
  };
  run('initdb', ['-D', data, '-U', 'keyburn', '-A', 'trust', '--no-sync']);
  const options = `-k ${folder} -c listen_addresses= -c fsync=off -c max_connections=20`;
  const start = () =>
    run('pg_ctl', ['-D', data, '-w', '-s', '-l', join(folder, 'log'), '-o', options, 'start']);
  const stop = () => run('pg_ctl', ['-D', data, '-w', '-s', '-m', 'immediate', 'stop']);
  start();
  return {
    url: `postgres:///postgres?host=${encodeURIComponent(folder)}&user=keyburn`,
    start,
    stop,
    end() {
      stop();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}
