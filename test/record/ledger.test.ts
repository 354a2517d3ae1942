import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { FingerprintKey, Secret, SetupError } from '../../src/model/index.ts';
import { openLedger } from '../../src/record/index.ts';
import { fleetContract } from './fleet-contract.ts';
import { ledgerContract } from './ledger-contract.ts';
import { purgeContract } from './purge-contract.ts';
import { at, entry, idOf, orderFor, receipt } from './sample.ts';

const opened = async (now: () => Date) => {
  const home = mkdtempSync(join(tmpdir(), 'keyburn-ledger-'));
  const ledger = await openLedger(home, { now });
  return {
    ledger,
    async drop() {
      await ledger.end();
      rmSync(home, { recursive: true });
    },
  };
};
ledgerContract('SQLite', opened);
fleetContract('SQLite', opened);
purgeContract('SQLite', opened);

describe('the file of the SQLite ledger', () => {
  let home: string;
  beforeEach(() => {
    home = mkdtempSync(join(tmpdir(), 'keyburn-ledger-'));
  });
  afterEach(() => rmSync(home, { recursive: true }));

  const file = (): string => join(home, 'ledger.sqlite');
  const raw = (work: (database: DatabaseSync) => void): void => {
    const database = new DatabaseSync(file());
    work(database);
    database.close();
  };
  /** Runs the writer in a process of its own. */
  const writer = (...args: string[]) =>
    spawn(process.execPath, [join(import.meta.dirname, 'ledger-writer.ts'), home, ...args], {
      stdio: ['ignore', 'pipe', 'inherit'],
    });

  it('belongs to its owner alone', async () => {
    const ledger = await openLedger(join(home, 'deep', 'state'));
    await ledger.upsert(entry());
    const folder = join(home, 'deep', 'state');
    expect(statSync(folder).mode & 0o777).toBe(0o700);
    expect(readdirSync(folder).sort()).toEqual(['ledger.sqlite', 'ledger.sqlite-shm', 'ledger.sqlite-wal']);
    for (const name of readdirSync(folder)) expect(statSync(join(folder, name)).mode & 0o777).toBe(0o600);
    await ledger.end();
    expect(readdirSync(folder)).toEqual(['ledger.sqlite']);
  });

  it('survives being opened again, and ended twice', async () => {
    const first = await openLedger(home);
    const told = await first.upsert(entry());
    await first.end();
    const second = await openLedger(home);
    expect(await second.incidents()).toEqual([told]);
    await second.end();
    await second.end();
  });

  it('has an audit trail that only grows', async () => {
    const ledger = await openLedger(home);
    await ledger.upsert(entry());
    await ledger.end();
    raw((database) => {
      expect(() => database.exec("update steps set note = 'x'")).toThrow('only grows');
      expect(() => database.exec('delete from steps')).toThrow('only grows');
    });
  });

  it('refuses a ledger of a newer keyburn', async () => {
    await (await openLedger(home)).end();
    raw((database) => database.exec('pragma user_version = 99'));
    const opening = openLedger(home);
    await expect(opening).rejects.toThrow(SetupError);
    await expect(opening).rejects.toThrow(/ledger\.sqlite: written by a newer keyburn \(schema 99/);
  });

  it('says so when the file is no ledger', async () => {
    writeFileSync(file(), 'this is not a database, it only has the name of one\n'.repeat(100));
    await expect(openLedger(home)).rejects.toMatchObject({
      name: 'SetupError',
      message: `${file()}: the ledger is damaged or is no ledger`,
      hint: expect.stringContaining('move the file away'),
    });
  });

  it('says so when pages are damaged', async () => {
    const ledger = await openLedger(home);
    for (let number = 0; number < 200; number++) {
      await ledger.upsert(entry({ id: idOf(number.toString(16).padStart(4, '0')) }));
    }
    await ledger.end();
    const bytes = readFileSync(file());
    bytes.fill(0xa5, 4096);
    writeFileSync(file(), bytes);
    const use = async (): Promise<void> => {
      const damaged = await openLedger(home);
      try {
        await damaged.incidents();
      } finally {
        await damaged.end();
      }
    };
    await expect(use()).rejects.toMatchObject({
      name: 'SetupError',
      message: expect.stringContaining('damaged'),
    });
  });

  it('says so when the state folder cannot be made', async () => {
    writeFileSync(join(home, 'taken'), '');
    await expect(openLedger(join(home, 'taken', 'state'))).rejects.toMatchObject({
      name: 'SetupError',
      hint: expect.stringContaining('KEYBURN_HOME'),
    });
  });

  it.runIf(existsSync('/proc/self'))('says so where Node alone would try for ever', async () => {
    await expect(openLedger('/proc/keyburn/state')).rejects.toMatchObject({
      name: 'SetupError',
      hint: expect.stringContaining('KEYBURN_HOME'),
    });
  });

  it('takes two processes at once, from the first moment on', async () => {
    const writers = [writer('write', 'a', '25'), writer('write', 'b', '25'), writer('write', 'c', '25')];
    const codes = await Promise.all(writers.map(async (child) => (await once(child, 'exit'))[0]));
    expect(codes).toEqual([0, 0, 0]);
    const ledger = await openLedger(home);
    // 25 of each process, and one that all of them raced for.
    expect(await ledger.incidents()).toHaveLength(76);
    expect(await ledger.incident(idOf('f'))).toMatchObject({ kind: 'one', steps: [{ what: 'opened' }] });
    expect(await ledger.outbox.pending({ limit: 1000 })).toHaveLength(76);
    await ledger.end();
  });

  it('gives each message to one of two processes', async () => {
    const ledger = await openLedger(home);
    await ledger.upsert(entry());
    for (let number = 0; number < 40; number++)
      await ledger.outbox.enqueue(idOf('a'), 'file', `k${number}`, {});
    await ledger.end();
    const takers = [writer('take'), writer('take')];
    const taken = await Promise.all(
      takers.map(async (child) => {
        let text = '';
        child.stdout?.on('data', (data: Buffer) => {
          text += data.toString();
        });
        await once(child, 'close');
        return text.split('\n').filter((line) => line !== '');
      }),
    );
    const all = taken.flat();
    expect(new Set(all).size).toBe(40);
    expect(all).toHaveLength(40);
  });

  it.each(['contain', 'revoke'])('knows of the intent to %s after a SIGKILL behind it', async (step) => {
    const child = writer('die', step);
    const [code, signal] = await once(child, 'exit');
    expect([code, signal]).toEqual([null, 'SIGKILL']);
    const ledger = await openLedger(home);
    expect(await ledger.unfinished()).toMatchObject([
      { step, incident: { id: idOf('a'), state: 'intended' } },
    ]);
    await ledger.settle(idOf('a'), receipt('already-dead', 5));
    expect(await ledger.unfinished()).toEqual([]);
    expect(await ledger.incidents({ state: 'closed' })).toHaveLength(1);
    await ledger.end();
  });

  it('never holds a secret', async () => {
    const key = new FingerprintKey(new Uint8Array(32).fill(3));
    await fc.assert(
      fc.asyncProperty(fc.stringMatching(/^[0-9A-Za-z"\\/+=é]{24,60}$/), async (text) => {
        const secret = new Secret(`acme_${text}`, { start: 5, end: 4 });
        const about = entry({ id: key.fingerprint(secret), preview: secret.preview });
        const ledger = await openLedger(home, { now: () => new Date(at(1)) });
        await ledger.upsert(about);
        await ledger.intend(orderFor(about, secret), 'revoke');
        await ledger.outbox.enqueue(about.id, 'file', 'opened', { ...about, secret, nested: [{ secret }] });
        await ledger.settle(about.id, receipt('revoked', 2));
        const written = readdirSync(home).map((name) => readFileSync(join(home, name)));
        await ledger.end();
        const plain = `acme_${text}`;
        const forms = [
          plain,
          text,
          Buffer.from(plain).toString('base64').slice(0, 28),
          encodeURIComponent(plain),
          JSON.stringify(plain).slice(1, -1),
        ];
        for (const bytes of written) for (const form of forms) expect(bytes.includes(form)).toBe(false);
      }),
      { numRuns: 10 },
    );
  });
});
