// An issuer's own table of keys in PostgreSQL, by two queries that the operator writes. The key's hash is a parameter, never
// text of a query. Only one row may ever change: a query that would change more is rolled back and goes to a person.

import { createHash, createHmac } from 'node:crypto';
import { Pool } from 'pg';
import type { Burned, Issuer, Leak } from '../keyservice/index.ts';
import { SetupError } from '../model/index.ts';

const STATEMENT_MS = 10_000;
const CONNECT_MS = 5000;
/** A reporter waits 30 s at most, for the whole of its batch. */
const JUDGED_WITHIN_MS = 10_000;

export type HashForm = 'sha256-hex' | 'sha256-base64' | 'sha256-bytea';

/** A secret of the issuer's own that goes into every hash: as the key of an HMAC, or before or after the key's characters. */
export interface Pepper {
  readonly bytes: Uint8Array;
  readonly as: 'hmac' | 'before' | 'after';
}

export interface PostgresOptions {
  readonly id: string;
  /** postgres://… */
  readonly url: string;
  /** `select live from …  where hash = $1`: one row with a boolean column `live`, or none. */
  readonly find: string;
  /** `update … where hash = $1`; `$2`, where it is there, is `{"by", "cause"}` as JSON: what the middleware tells the next caller. */
  readonly burn: string;
  /** How the table writes the hash of a key. */
  readonly hash: HashForm;
  /** Without it the hash is the plain SHA-256 of the key. */
  readonly pepper?: Pepper | undefined;
  readonly pattern?: RegExp;
}

type State = 'live' | 'dead' | 'absent' | 'several' | 'unclear';

export function postgresIssuer(options: PostgresOptions): Issuer {
  const { id, find, hash: form, pattern, pepper } = options;
  checkQuery(id, 'find', find);
  checkQuery(id, 'burn', options.burn);
  const pool = new Pool({
    connectionString: options.url,
    max: 4,
    statement_timeout: STATEMENT_MS,
    connectionTimeoutMillis: CONNECT_MS,
    allowExitOnIdle: true,
  });
  // A connection that breaks while it rests is replaced at the next query.
  pool.on('error', () => undefined);

  async function stateOf(hash: Uint8Array): Promise<State> {
    const { rows } = await pool.query<Record<string, unknown>>(find, [written(hash, form)]);
    if (rows.length === 0) return 'absent';
    if (rows.length > 1) return 'several';
    const live = rows[0]?.live;
    return typeof live === 'boolean' ? (live ? 'live' : 'dead') : 'unclear';
  }

  /** How many rows it changed; more than one are not changed after all. */
  async function change(leak: Leak): Promise<number> {
    const values: unknown[] = [written(leak.hash, form)];
    if (/\$2\b/.test(options.burn)) {
      const { by, foundAt, foundTime } = leak;
      values.push(JSON.stringify({ by, cause: { reason: 'leaked', foundAt, foundTime } }));
    }
    const client = await pool.connect();
    let broken: Error | undefined;
    try {
      await client.query('BEGIN');
      const { rowCount } = await client.query(options.burn, values);
      await client.query((rowCount ?? 0) > 1 ? 'ROLLBACK' : 'COMMIT');
      return rowCount ?? 0;
    } catch (error) {
      broken = error instanceof Error ? error : new Error('failed');
      throw broken;
    } finally {
      // With a fault the connection goes, and its transaction with it.
      client.release(broken);
    }
  }

  async function burn(leak: Leak): Promise<Burned> {
    const before = await stateOf(leak.hash);
    switch (before) {
      case 'absent':
        return leak.attempt.begun
          ? { state: 'dead', changed: false, own: true, note: 'burned by a try that was cut off' }
          : { state: 'not-ours', note: 'find gives no row' };
      case 'several':
        return { state: 'person', note: 'find gives several rows for one key: nothing was changed' };
      case 'unclear':
        return { state: 'person', note: 'find has no boolean column called live' };
      case 'dead':
        return leak.attempt.begun
          ? { state: 'dead', changed: false, own: true, note: 'burned by a try that was cut off' }
          : { state: 'dead', changed: false, note: 'dead before' };
      case 'live':
        break;
    }
    leak.attempt.begin();
    const rows = await change(leak);
    if (rows > 1) return { state: 'person', note: `burn would change ${rows} rows: rolled back` };
    const after = await stateOf(leak.hash);
    if (after === 'dead' || after === 'absent')
      return { state: 'dead', changed: true, note: 'burned, and find says so' };
    return { state: 'person', note: `burn changed ${rows} rows, yet find still says live` };
  }

  return {
    id,
    needs: 'hash',
    ...(pattern && { pattern }),
    ...(pepper && { digest: (key: string) => peppered(pepper, key) }),
    async knows(hashes) {
      const until = performance.now() + JUDGED_WITHIN_MS;
      const known: boolean[] = [];
      for (const hash of hashes) {
        if (performance.now() > until) throw new TooSlow();
        known.push((await stateOf(hash)) !== 'absent');
      }
      return known;
    },
    async burn(leak) {
      try {
        return await burn(leak);
      } catch (error) {
        // The server's message may quote a value; its code cannot.
        const code = error instanceof Error && 'code' in error ? String(error.code) : 'unreachable';
        // Class 42: the query itself is wrong (PostgreSQL, appendix A). Repeating it does not help.
        return { state: code.startsWith('42') ? 'person' : 'later', note: `PostgreSQL: ${code}` };
      }
    },
    close: () => pool.end(),
  };
}

class TooSlow extends Error {
  override readonly name = 'TooSlow';
}

function peppered({ bytes, as }: Pepper, key: string): Uint8Array {
  switch (as) {
    case 'hmac':
      return createHmac('sha256', bytes).update(key, 'utf8').digest();
    case 'before':
      return createHash('sha256').update(bytes).update(key, 'utf8').digest();
    case 'after':
      return createHash('sha256').update(key, 'utf8').update(bytes).digest();
  }
}

function written(hash: Uint8Array, form: HashForm): string | Buffer {
  const bytes = Buffer.from(hash);
  switch (form) {
    case 'sha256-hex':
      return bytes.toString('hex');
    case 'sha256-base64':
      return bytes.toString('base64');
    case 'sha256-bytea':
      return bytes;
  }
}

function checkQuery(id: string, name: 'find' | 'burn', text: string): void {
  if (/\$1\b/.test(text)) return;
  throw new SetupError(`receiver issuer ${id}: ${name}: has no $1`, {
    hint: 'the hash of the key comes as the parameter $1',
  });
}
