// The law of this file: what lies on disk cannot be used as a key. Only SHA-256 hashes are stored (see hashOf for why a
// plain hash is right), and a stop is on disk before anybody is told of it.

import { chmodSync, mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { SetupError } from '../model/index.ts';
import {
  BEGUN_SCHEMA,
  createLeakQueue,
  LEAK_SCHEMA,
  LEAKS_OF_VERSION_1,
  TELLING_SCHEMA,
} from './leaks/queue.ts';
import { type KeyRecord, mergeCause, type Stop, type StopCause, type StoppedBy } from './record.ts';

const VERSION = 4;
const MOST_EVENTS = 50;
const SCHEMA = `
CREATE TABLE key (
  seq INTEGER PRIMARY KEY AUTOINCREMENT,
  id TEXT NOT NULL UNIQUE,
  hash BLOB NOT NULL UNIQUE,
  preview TEXT NOT NULL,
  name TEXT NOT NULL,
  owner TEXT,
  environment TEXT NOT NULL,
  scopes TEXT NOT NULL,
  created_at TEXT NOT NULL,
  expires_at TEXT,
  last_used_at TEXT,
  disabled TEXT,
  revoked TEXT
) STRICT;
CREATE INDEX key_owner ON key (owner) WHERE revoked IS NOT NULL;
CREATE TABLE setting (name TEXT PRIMARY KEY, value BLOB NOT NULL) STRICT;
CREATE TABLE event (
  seq INTEGER PRIMARY KEY AUTOINCREMENT,
  key_id TEXT NOT NULL,
  at TEXT NOT NULL,
  what TEXT NOT NULL,
  by TEXT NOT NULL,
  cause TEXT
) STRICT;
CREATE INDEX event_key ON event (key_id, seq);
`;

export interface NewKey {
  readonly id: string;
  readonly hash: Uint8Array;
  readonly preview: string;
  readonly name: string;
  readonly owner: string | null;
  readonly environment: 'live' | 'test';
  readonly scopes: readonly string[];
  readonly expiresAt: string | null;
}

/** One line of a key's history, oldest first. */
interface KeyEvent {
  readonly at: string;
  readonly what: 'created' | 'disabled' | 'restored' | 'revoked' | 'reported';
  readonly by: StoppedBy;
  readonly cause: StopCause | null;
}

export interface Changed {
  readonly record: KeyRecord;
  /** False where it was so already: orders may be repeated. */
  readonly changed: boolean;
}

export type Store = ReturnType<typeof openStore>;

/** @param home folder of the service's own; made, for its owner only, where it is missing. `:memory:` keeps nothing. */
export function openStore(home: string) {
  const db = openDatabase(home);
  const one = {
    byHash: db.prepare('SELECT * FROM key WHERE hash = ?'),
    byId: db.prepare('SELECT * FROM key WHERE id = ?'),
    page: db.prepare('SELECT * FROM key WHERE seq < ? ORDER BY seq DESC LIMIT ?'),
    seqOf: db.prepare('SELECT seq FROM key WHERE id = ?'),
    insert: db.prepare(
      'INSERT INTO key (id, hash, preview, name, owner, environment, scopes, created_at, expires_at) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)',
    ),
    touch: db.prepare('UPDATE key SET last_used_at = ? WHERE id = ?'),
    disabled: db.prepare('UPDATE key SET disabled = ? WHERE id = ?'),
    revoked: db.prepare('UPDATE key SET revoked = ? WHERE id = ?'),
    revokedOf: db.prepare(
      'SELECT * FROM key WHERE owner = ? AND revoked IS NOT NULL ORDER BY seq DESC LIMIT ?',
    ),
    event: db.prepare('INSERT INTO event (key_id, at, what, by, cause) VALUES (?, ?, ?, ?, ?)'),
    eventCount: db.prepare('SELECT count(*) AS n FROM event WHERE key_id = ?'),
    events: db.prepare('SELECT at, what, by, cause FROM event WHERE key_id = ? ORDER BY seq'),
    setting: db.prepare('SELECT value FROM setting WHERE name = ?'),
    set: db.prepare(
      'INSERT INTO setting (name, value) VALUES (?, ?) ON CONFLICT (name) DO UPDATE SET value = excluded.value',
    ),
  };

  let within = false;
  /** All of it or nothing, with one wait for the disk; inside another one it is a part of that. */
  function transaction<T>(work: () => T): T {
    if (within) return work();
    db.exec('BEGIN IMMEDIATE');
    within = true;
    try {
      const result = work();
      db.exec('COMMIT');
      return result;
    } catch (error) {
      db.exec('ROLLBACK');
      throw error;
    } finally {
      within = false;
    }
  }

  /**
   * Without waiting for the disk: for what may be lost in a power cut, because it is only a hint (the last use) or is done again
   * (a report that was handled). Whatever comes next and matters brings it to the disk along with itself.
   */
  function relaxed<T>(work: () => T): T {
    if (within) return work();
    db.exec('PRAGMA synchronous = NORMAL');
    try {
      return work();
    } finally {
      db.exec('PRAGMA synchronous = FULL');
    }
  }

  function log(
    id: string,
    what: KeyEvent['what'],
    stop: { at: string; by: StoppedBy; cause: StopCause | null },
  ): void {
    one.event.run(id, stop.at, what, stop.by, stop.cause ? JSON.stringify(stop.cause) : null);
  }

  function byId(id: string): KeyRecord | undefined {
    const row = one.byId.get(id);
    return row && toRecord(row as unknown as Row);
  }

  /** Runs `change` on the key in a transaction of its own; undefined where there is no such key. */
  function change(id: string, work: (record: KeyRecord) => boolean): Changed | undefined {
    return transaction(() => {
      const record = byId(id);
      if (!record) return undefined;
      const changed = work(record);
      return { record: byId(id) ?? record, changed };
    });
  }

  return {
    add(key: NewKey, at: string): KeyRecord {
      return transaction(() => {
        one.insert.run(
          key.id,
          key.hash,
          key.preview,
          key.name,
          key.owner,
          key.environment,
          JSON.stringify(key.scopes),
          at,
          key.expiresAt,
        );
        log(key.id, 'created', { at, by: 'operator', cause: null });
        const made = byId(key.id);
        if (!made) throw new Error('the key that was just written is not there');
        return made;
      });
    },

    byId,

    byHash(hash: Uint8Array): KeyRecord | undefined {
      const row = one.byHash.get(hash);
      return row && toRecord(row as unknown as Row);
    },

    /** Newest first. `after` is the id that the page before ended with; an unknown one gives undefined. */
    page(limit: number, after: string | undefined): readonly KeyRecord[] | undefined {
      let before = Number.MAX_SAFE_INTEGER;
      if (after !== undefined) {
        const row = one.seqOf.get(after) as { seq: number } | undefined;
        if (!row) return undefined;
        before = row.seq;
      }
      return (one.page.all(before, limit) as unknown as Row[]).map(toRecord);
    },

    /** Revoked keys of one owner, newest first. */
    revokedOf(owner: string, limit: number): readonly KeyRecord[] {
      return (one.revokedOf.all(owner, limit) as unknown as Row[]).map(toRecord);
    },

    history(id: string): readonly KeyEvent[] {
      return (
        one.events.all(id) as unknown as {
          at: string;
          what: KeyEvent['what'];
          by: StoppedBy;
          cause: string | null;
        }[]
      ).map((row) => ({ ...row, cause: row.cause === null ? null : (JSON.parse(row.cause) as StopCause) }));
    },

    touch(id: string, at: string): void {
      relaxed(() => one.touch.run(at, id));
    },

    disable(id: string, stop: Stop): Changed | undefined {
      return change(id, (record) => {
        if (record.revoked || record.disabled) return false;
        one.disabled.run(JSON.stringify(stop), id);
        log(id, 'disabled', stop);
        return true;
      });
    },

    /** Undoes `disable`. A revoked key stays as it is: the caller reads that from the record. */
    restore(id: string, at: string): Changed | undefined {
      return change(id, (record) => {
        if (record.revoked || !record.disabled) return false;
        one.disabled.run(null, id);
        log(id, 'restored', { at, by: 'operator', cause: null });
        return true;
      });
    },

    /** Final. What was said first stands; a later report goes into the history only. */
    revoke(id: string, stop: Stop): Changed | undefined {
      // What is dead already cannot die less durably.
      const how: typeof relaxed = byId(id)?.revoked ? relaxed : (work) => work();
      return how(() =>
        change(id, (record) => {
          if (record.revoked) {
            // Anybody who holds the dead key can repeat this, so the history has an end.
            const { n } = one.eventCount.get(id) as { n: number };
            if (n < MOST_EVENTS) log(id, 'reported', stop);
            return false;
          }
          const cause = mergeCause(record.disabled?.cause, stop.cause);
          one.revoked.run(JSON.stringify({ ...stop, cause }), id);
          log(id, 'revoked', { ...stop, cause });
          return true;
        }),
      );
    },

    transaction,

    leaks: createLeakQueue(db, transaction, relaxed),

    rootHash(): Uint8Array | undefined {
      return (one.setting.get('root-key-sha256') as { value: Uint8Array } | undefined)?.value;
    },

    keepRootHash(hash: Uint8Array): void {
      one.set.run('root-key-sha256', hash);
    },

    close(): void {
      if (db.isOpen) db.close();
    },
  };
}

interface Row {
  id: string;
  preview: string;
  name: string;
  owner: string | null;
  environment: 'live' | 'test';
  scopes: string;
  created_at: string;
  expires_at: string | null;
  last_used_at: string | null;
  disabled: string | null;
  revoked: string | null;
}

function toRecord(row: Row): KeyRecord {
  return {
    id: row.id,
    preview: row.preview,
    name: row.name,
    owner: row.owner,
    environment: row.environment,
    scopes: JSON.parse(row.scopes) as string[],
    createdAt: row.created_at,
    expiresAt: row.expires_at,
    lastUsedAt: row.last_used_at,
    disabled: row.disabled === null ? null : (JSON.parse(row.disabled) as Stop),
    revoked: row.revoked === null ? null : (JSON.parse(row.revoked) as Stop),
  };
}

function openDatabase(home: string): DatabaseSync {
  const file = home === ':memory:' ? home : join(home, 'keyservice.sqlite');
  try {
    if (home !== ':memory:') mkdirSync(home, { recursive: true, mode: 0o700 });
    const db = new DatabaseSync(file, { timeout: 5000 });
    if (home !== ':memory:') chmodSync(file, 0o600);
    // FULL: a revocation that was acknowledged survives a power cut. What is deleted is overwritten.
    db.exec(
      'PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; PRAGMA foreign_keys = ON; PRAGMA secure_delete = ON;',
    );
    migrate(db, file);
    return db;
  } catch (error) {
    if (error instanceof SetupError) throw error;
    throw new SetupError(`${file}: the key service's store cannot be opened`, {
      hint: 'check that the folder exists and belongs to you, or choose another home',
      cause: error,
    });
  }
}

function migrate(db: DatabaseSync, file: string): void {
  db.exec('BEGIN IMMEDIATE');
  const { user_version: version } = db.prepare('PRAGMA user_version').get() as { user_version: number };
  if (version > VERSION) {
    db.exec('ROLLBACK');
    throw new SetupError(
      `${file}: written by a newer keyburn (schema ${version}, this one knows ${VERSION})`,
      {
        hint: 'update keyburn, or choose another home',
      },
    );
  }
  if (version === 0) db.exec(SCHEMA);
  if (version < 2) db.exec(LEAK_SCHEMA);
  if (version === 1) db.exec(LEAKS_OF_VERSION_1);
  if (version < 3) db.exec(TELLING_SCHEMA);
  if (version < 4) db.exec(BEGUN_SCHEMA);
  db.exec(`PRAGMA user_version = ${VERSION}; COMMIT;`);
}
