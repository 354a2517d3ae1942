// A real PostgreSQL for tests: the one that KEYBURN_TEST_POSTGRES names, else Debian's binaries on a socket of its own. Where there
// is neither, the tests that need one are skipped, and say so.

import { execFileSync } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { chownSync, existsSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';

export interface PostgresServer {
  /** Makes an empty database. @returns its address */
  database(): Promise<string>;
  /** As an operator would: existing connections are cut. */
  restart(): void;
  /** Out of reach, and back again; undefined where the server is not our own. */
  readonly power?: { readonly off: () => void; readonly on: () => void };
  stop(): Promise<void>;
}

const GIVEN = process.env.KEYBURN_TEST_POSTGRES;
const ROOT = '/usr/lib/postgresql';

function binaries(): string | undefined {
  if (!existsSync(ROOT)) return undefined;
  const versions = readdirSync(ROOT).sort((a, b) => Number(b) - Number(a));
  return versions.map((version) => join(ROOT, version, 'bin')).find((bin) => existsSync(join(bin, 'initdb')));
}

/** PostgreSQL refuses to run as root; Debian's package brings a user for it. */
function user(): { uid: number; gid: number } | undefined {
  if (process.getuid?.() !== 0) return undefined;
  const id = (flag: string) => Number(execFileSync('id', [flag, 'postgres'], { encoding: 'utf8' }));
  return { uid: id('-u'), gid: id('-g') };
}

/** Why there is none; undefined where there is one. */
export const noPostgres: string | undefined =
  GIVEN !== undefined || binaries() !== undefined
    ? undefined
    : `no PostgreSQL: install Debian's postgresql, or set KEYBURN_TEST_POSTGRES`;

export async function startPostgres(): Promise<PostgresServer> {
  if (GIVEN !== undefined) return { ...served(GIVEN), restart: () => undefined, stop: async () => undefined };
  const bin = binaries();
  if (bin === undefined) throw new Error(noPostgres);
  const folder = mkdtempSync(join(tmpdir(), 'keyburn-pg-'));
  const as = user();
  if (as) chownSync(folder, as.uid, as.gid);
  const data = join(folder, 'data');
  const run = (program: string, args: readonly string[]) =>
    execFileSync(join(bin, program), args, { cwd: folder, stdio: ['ignore', 'ignore', 'pipe'], ...as });
  run('initdb', ['-D', data, '-U', 'keyburn', '--auth=trust', '-E', 'UTF8', '--locale=C', '--no-sync']);
  const port = await freePort();
  const settings = `-p ${port} -h 127.0.0.1 -k ${folder} -c fsync=off -c max_connections=200`;
  const control = (...verb: string[]) =>
    run('pg_ctl', ['-D', data, '-w', '-s', '-o', settings, '-l', join(folder, 'log'), ...verb]);
  control('start');
  const off = () => void control('-m', 'immediate', 'stop');
  return {
    ...served(`postgres://keyburn@127.0.0.1:${port}/postgres`),
    restart: () => void control('-m', 'fast', 'restart'),
    power: { off, on: () => void control('start') },
    async stop() {
      off();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

function served(address: string): Pick<PostgresServer, 'database'> {
  return {
    async database() {
      const name = `keyburn_${randomBytes(8).toString('hex')}`;
      const client = new pg.Client({ connectionString: address });
      await client.connect();
      await client.query(`create database ${name}`);
      await client.end();
      const made = new URL(address);
      made.pathname = `/${name}`;
      return made.href;
    },
  };
}

function freePort(): Promise<number> {
  return new Promise((found, refuse) => {
    const server = createServer();
    server.once('error', refuse);
    server.listen(0, '127.0.0.1', () => {
      const address = server.address();
      const port = typeof address === 'object' && address !== null ? address.port : 0;
      server.close(() => found(port));
    });
  });
}
