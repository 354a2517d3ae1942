// The ledger on PostgreSQL, for teams and fleets. The law: the address holds a password, so no message shows more of it than host
// and database, and what the driver says is told by its code alone.

import { Kysely, PostgresDialect } from 'kysely';
import { Migrator } from 'kysely/migration';
import type { Pool } from 'pg';
import { SetupError } from '../model/index.ts';
import { type Ledger, type LedgerOptions, ledgerOn } from './ledger.ts';
import { migrationsFor, SCHEMA_VERSION, type Tables } from './schema.ts';

/** Connections of one process: its jobs share them. */
const CONNECTIONS = 8;
const CONNECT_MS = 10_000;

export async function openPostgresLedger(address: string, options: LedgerOptions): Promise<Ledger> {
  const where = nameOfDatabase(address);
  const { default: pg } = await import('pg');
  const pool = new pg.Pool({
    connectionString: address,
    max: CONNECTIONS,
    connectionTimeoutMillis: CONNECT_MS,
    application_name: 'keyburn',
  });
  // A connection that the server drops is replaced by the next question; whoever was asking on it is told by its own promise.
  pool.on('error', () => undefined);
  pool.on('connect', (client) => void client.on('error', () => undefined));
  const db = new Kysely<Tables>({ dialect: new PostgresDialect({ pool }) });
  try {
    await migrate(pool, db, where);
  } catch (cause) {
    await db.destroy();
    throw asSetupError(where, cause);
  }
  let ended: Promise<void> | undefined;
  const end = (): Promise<void> => {
    ended ??= db.destroy();
    return ended;
  };
  return ledgerOn(db, end, options.now ?? (() => new Date()));
}

/** What may be printed of an address: never user or password. */
export function nameOfDatabase(address: string): string {
  if (!/^postgres(?:ql)?:\/\//i.test(address) || !URL.canParse(address))
    throw new SetupError('the address of the ledger is not one of PostgreSQL', {
      hint: 'write it as postgres://user:password@host/database, best in KEYBURN_DATABASE_URL',
    });
  const { host, pathname, searchParams } = new URL(address);
  return `postgres://${host || (searchParams.get('host') ?? 'local')}${pathname}`;
}

// Kysely takes an advisory lock and one transaction: workers that start at once wait for each other.
async function migrate(pool: Pool, db: Kysely<Tables>, where: string): Promise<void> {
  const known = Object.keys(migrationsFor('postgres'));
  const found = await pool.query<{ name: string }>(
    "select table_name as name from information_schema.tables where table_name = 'kysely_migration' and table_schema = any (current_schemas(false))",
  );
  const done =
    found.rows.length === 0
      ? []
      : (await pool.query<{ name: string }>('select name from kysely_migration')).rows.map(
          ({ name }) => name,
        );
  const newer = done.filter((name) => !known.includes(name));
  if (newer.length > 0)
    throw new SetupError(
      `${where}: written by a newer keyburn (schema ${done.length}, this one knows ${SCHEMA_VERSION})`,
      { hint: 'use that newer version, or another database' },
    );
  if (done.length === known.length) return;
  const migrator = new Migrator({
    db,
    provider: { getMigrations: () => Promise.resolve({ ...migrationsFor('postgres') }) },
  });
  const { error } = await migrator.migrateToLatest();
  if (error !== undefined) throw error;
}

// SQLSTATE codes: https://www.postgresql.org/docs/15/errcodes-appendix.html
const SAID: Readonly<Record<string, readonly [what: string, hint: string]>> = {
  '28P01': ['the password is refused', 'check the user and the password in KEYBURN_DATABASE_URL'],
  '28000': ['the user is refused', 'check the user in KEYBURN_DATABASE_URL, and pg_hba.conf of the server'],
  '3D000': ['there is no such database', 'make it: createdb'],
  '42501': ['the user may not make tables there', 'grant it create on the schema'],
  ECONNREFUSED: ['nobody answers there', 'start the server, or correct host and port'],
  ENOTFOUND: ['there is no such host', 'correct the host in KEYBURN_DATABASE_URL'],
};

function asSetupError(where: string, cause: unknown): unknown {
  if (cause instanceof SetupError) return cause;
  const code = cause instanceof Error && 'code' in cause ? String(cause.code) : '';
  const [what, hint] = SAID[code] ?? [
    `the ledger cannot be opened${code === '' ? '' : ` (${code})`}`,
    'check that the server runs and that psql opens the same address',
  ];
  // No cause: the driver's own words may quote the address.
  return new SetupError(`${where}: ${what}`, { hint });
}
