// node:sqlite as Kysely knows a database. The laws: a transaction takes its write lock at once, so that two
// processes wait for each other instead of failing half-way; and a broken file is a clear message, not a stack.

import { chmodSync, closeSync, openSync } from 'node:fs';
import { DatabaseSync, type SQLInputValue } from 'node:sqlite';
import type { SqliteDatabase } from 'kysely';
import { SetupError } from '../model/index.ts';

// How long a process waits for another one's write, in ms.
const PATIENCE = 10_000;

/** Opens or makes a database file that only its owner may read. */
export function openSqlite(file: string): SqliteDatabase & { exec(sql: string): void; version(): number } {
  const guarded = <T>(work: () => T): T => {
    try {
      return work();
    } catch (cause) {
      throw asSetupError(file, cause);
    }
  };
  const database = guarded(() => {
    // SQLite gives its -wal and -shm files the mode of the main file, so that one is made first.
    closeSync(openSync(file, 'a', 0o600));
    if (process.platform !== 'win32') chmodSync(file, 0o600);
    const made = new DatabaseSync(file, { timeout: PATIENCE, enableForeignKeyConstraints: true });
    try {
      made.exec('pragma journal_mode = wal');
      // An intent must outlive a power cut, not only a kill.
      made.exec('pragma synchronous = full');
      made.exec('pragma trusted_schema = off');
    } catch (cause) {
      made.close();
      throw cause;
    }
    return made;
  });
  return {
    // Kysely closes only what it has used, so its user closes once more.
    close: () => {
      if (database.isOpen) database.close();
    },
    exec: (sql) => guarded(() => database.exec(sql)),
    version: () => guarded(() => Number(database.prepare('pragma user_version').get()?.user_version ?? 0)),
    prepare: (sql) => {
      const statement = guarded(() => database.prepare(sql === 'begin' ? 'begin immediate' : sql));
      return {
        reader: statement.columns().length > 0,
        all: (parameters) => guarded(() => statement.all(...values(parameters))),
        run: (parameters) => guarded(() => statement.run(...values(parameters))),
        iterate: (parameters) => statement.iterate(...values(parameters)),
      };
    },
  };
}

function values(parameters: readonly unknown[]): SQLInputValue[] {
  return parameters as SQLInputValue[];
}

// Result codes: https://www.sqlite.org/rescode.html
const BUSY = 5;
const READONLY = 8;
const IOERR = 10;
const CORRUPT = 11;
const FULL = 13;
const CANTOPEN = 14;
const NOTADB = 26;

function asSetupError(file: string, cause: unknown): unknown {
  if (cause instanceof Error && 'code' in cause && !('errcode' in cause)) {
    if (typeof cause.code === 'string' && /^E[A-Z]+$/.test(cause.code)) {
      return new SetupError(`${file}: the ledger cannot be opened (${cause.code})`, {
        hint: 'set KEYBURN_HOME to a folder that this user may write to',
        cause,
      });
    }
    return cause;
  }
  if (!(cause instanceof Error) || !('errcode' in cause) || typeof cause.errcode !== 'number') return cause;
  const broken = (what: string, hint: string): SetupError =>
    new SetupError(`${file}: ${what}`, { hint, cause });
  // The low byte is the primary code.
  switch (cause.errcode & 0xff) {
    case CORRUPT:
    case NOTADB:
      return broken(
        'the ledger is damaged or is no ledger',
        `move the file away and run again; incidents found again are opened again. "sqlite3 ${file} .recover" may save its history`,
      );
    case BUSY:
      return broken('another process keeps the ledger locked', 'wait until it has ended, then run again');
    case READONLY:
      return broken('the ledger is read-only', 'the file and its folder must be writable for this user');
    case CANTOPEN:
      return broken(
        'the ledger cannot be opened',
        'set KEYBURN_HOME to a folder that this user may write to',
      );
    case FULL:
    case IOERR:
      return broken('the disk does not take the ledger', 'make room or set KEYBURN_HOME to another disk');
    default:
      return cause;
  }
}
