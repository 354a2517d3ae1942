import { Kysely, SqliteDialect } from 'kysely';
import { Migrator } from 'kysely/migration';
import { SetupError } from '../model/index.ts';
import type { Database } from './rows.ts';
import { migrationsFor, SCHEMA_VERSION, type Tables } from './schema.ts';
import { openSqlite } from './sqlite.ts';

/** The database of a file, brought to this schema. */
export async function openSqliteDatabase(
  file: string,
): Promise<{ readonly db: Database; readonly end: () => Promise<void> }> {
  const sqlite = openSqlite(file);
  const db = new Kysely<Tables>({ dialect: new SqliteDialect({ database: sqlite }) });
  try {
    const found = sqlite.version();
    if (found > SCHEMA_VERSION) {
      throw new SetupError(
        `${file}: written by a newer keyburn (schema ${found}, this one knows ${SCHEMA_VERSION})`,
        {
          hint: 'use that newer version, or another KEYBURN_HOME',
        },
      );
    }
    if (found < SCHEMA_VERSION) await migrate(sqlite, db);
  } catch (cause) {
    sqlite.close();
    throw cause;
  }
  const end = async (): Promise<void> => {
    await db.destroy();
    sqlite.close();
  };
  return { db, end };
}

// All migrations are one transaction: two processes that open a new ledger at once wait for each other, and one that is
// killed half-way leaves nothing. Kysely opens no transaction of its own here, as SQLite's adapter says not to.
async function migrate(sqlite: ReturnType<typeof openSqlite>, db: Database): Promise<void> {
  sqlite.exec('begin immediate');
  try {
    const migrator = new Migrator({
      db,
      provider: { getMigrations: () => Promise.resolve({ ...migrationsFor('sqlite') }) },
    });
    const { error } = await migrator.migrateToLatest();
    if (error !== undefined) throw error;
    sqlite.exec(`pragma user_version = ${SCHEMA_VERSION}`);
    sqlite.exec('commit');
  } catch (cause) {
    sqlite.exec('rollback');
    throw cause;
  }
}
