import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { nameOfDatabase, openPostgresLedger } from '../../src/record/postgres.ts';
import { BEFORE_THE_BOARD, boardContract } from './board-contract.ts';
import { fleetContract } from './fleet-contract.ts';
import { ledgerContract } from './ledger-contract.ts';
import { noPostgres, type PostgresServer, startPostgres } from './postgres-server.ts';
import { purgeContract } from './purge-contract.ts';
import { entry, idOf } from './sample.ts';

describe.skipIf(noPostgres)(`the ledger on PostgreSQL${noPostgres ? ` (${noPostgres})` : ''}`, () => {
  let server: PostgresServer;
  beforeAll(async () => {
    server = await startPostgres();
  });
  afterAll(() => server?.stop());

  const open = async (now: () => Date) => {
    const ledger = await openPostgresLedger(await server.database(), { now });
    return { ledger, drop: () => ledger.end() };
  };
  ledgerContract('PostgreSQL', open);
  fleetContract('PostgreSQL', open);
  purgeContract('PostgreSQL', open);
  boardContract('PostgreSQL', async (now) => {
    const address = await server.database();
    let ledger = await openPostgresLedger(address, { now });
    return {
      ledger,
      async withoutBoard() {
        await ledger.end();
        const client = new pg.Client({ connectionString: address });
        await client.connect();
        await client.query(BEFORE_THE_BOARD);
        await client.query(
          'alter table outbox add constraint outbox_incident_id_fkey foreign key (incident_id) references incidents',
        );
        await client.end();
        ledger = await openPostgresLedger(address, { now });
        return ledger;
      },
      drop: () => ledger.end(),
    };
  });

  it('has an audit trail that only grows', async () => {
    const address = await server.database();
    const ledger = await openPostgresLedger(address, {});
    await ledger.upsert(entry());
    const client = new pg.Client({ connectionString: address });
    await client.connect();
    for (const change of ["update steps set note = 'x'", 'delete from steps', 'truncate steps'])
      await expect(client.query(change)).rejects.toThrow('only grows');
    await client.end();
    await ledger.end();
  });

  it('refuses a ledger of a newer keyburn', async () => {
    const address = await server.database();
    await (await openPostgresLedger(address, {})).end();
    const client = new pg.Client({ connectionString: address });
    await client.connect();
    await client.query("insert into kysely_migration values ('9999-later', now()::text)");
    await client.end();
    await expect(openPostgresLedger(address, {})).rejects.toThrow(/written by a newer keyburn/);
  });

  it('takes several workers at once, from the first moment on', async () => {
    const address = await server.database();
    const ledgers = await Promise.all([1, 2, 3, 4].map(() => openPostgresLedger(address, {})));
    const same = entry({ id: idOf('f') });
    await Promise.all(
      ledgers.flatMap((ledger, worker) => [
        ledger.upsert(same),
        ledger.upsertAll([entry({ id: idOf('c') }), entry({ id: idOf('b') })]),
        ledger.upsertAll([entry({ id: idOf('b') }), entry({ id: idOf('c') })]),
        ledger.upsert(entry({ id: idOf(`${worker}a`) })),
      ]),
    );
    const [first] = ledgers;
    expect(await first?.incidents()).toHaveLength(7);
    expect(await first?.incident(idOf('f'))).toMatchObject({ kind: 'one', steps: [{ what: 'opened' }] });
    for (let number = 0; number < 40; number++)
      await first?.outbox.enqueue(idOf('f'), 'file', `k${number}`, {});
    const taken: string[] = [];
    await Promise.all(
      ledgers.map(async (ledger) => {
        for (;;) {
          const messages = await ledger.outbox.pending({ limit: 3 });
          if (messages.length === 0) return;
          for (const message of messages) {
            taken.push(message.key);
            await ledger.outbox.sent(message);
          }
        }
      }),
    );
    expect(taken).toHaveLength(40);
    expect(new Set(taken).size).toBe(40);
    await Promise.all(ledgers.map((ledger) => ledger.end()));
  });

  it('lives through a restart of the server', async ({ skip }) => {
    if (process.env.KEYBURN_TEST_POSTGRES !== undefined) skip('the server is not ours to restart');
    const ledger = await openPostgresLedger(await server.database(), {});
    await ledger.upsert(entry());
    server.restart();
    const later = async (tries: number): Promise<unknown> =>
      ledger.incidents().catch((error: unknown) => {
        if (tries === 0) throw error;
        return later(tries - 1);
      });
    expect(await later(10)).toHaveLength(1);
    await ledger.end();
  });
});

describe('an address of PostgreSQL', () => {
  it('is named without user and password', () => {
    const password = 'hunter'.concat('2x');
    const named = nameOfDatabase(`postgres://ada:${password}@db.example.com:5433/keyburn?sslmode=require`);
    expect(named).toBe('postgres://db.example.com:5433/keyburn');
  });

  it('keeps its password to itself when nobody answers', async () => {
    const home = mkdtempSync(join(tmpdir(), 'keyburn-pg-none-'));
    const password = 'hunter'.concat('2x');
    const opening = openPostgresLedger(`postgres://ada:${password}@127.0.0.1:1/keyburn`, {});
    const error: unknown = await opening.catch((fault: unknown) => fault);
    expect(error).toMatchObject({
      name: 'SetupError',
      message: expect.stringContaining('127.0.0.1:1/keyburn'),
    });
    const said = JSON.stringify([String(error), (error as Error).stack, error]);
    expect(said).not.toContain(password);
    rmSync(home, { recursive: true });
  });
});
