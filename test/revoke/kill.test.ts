import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { openLedger } from '../../src/record/index.ts';
import { revoke } from '../../src/revoke/index.ts';
import { ENTRY, httpService, look, startIssuer } from './http-issuer.ts';
import { ID, NOW, orderOf, tools } from './issuer.ts';

describe('a run killed between intent and receipt, with a real issuer and the real ledger', () => {
  const steps: [string, 'contain' | 'revoke' | undefined][] = [
    ['before intent to contain', undefined],
    ['after intent to contain', 'contain'],
    ['before disabled', 'contain'],
    ['after disabled', 'contain'],
    ['before intent to revoke', 'contain'],
    ['after intent to revoke', 'revoke'],
    ['before revoked', 'revoke'],
    ['after revoked', 'revoke'],
    ['before receipt', 'revoke'],
  ];
  it.each(steps)('%s: the next run finishes, once', async (step, left) => {
    const home = mkdtempSync(join(tmpdir(), 'keyburn-kill-'));
    const issuer = await startIssuer();
    const script = join(import.meta.dirname, 'killed-run.ts');
    const child = spawn(process.execPath, [script, home, issuer.address, step], { stdio: 'inherit' });
    expect(await once(child, 'exit')).toEqual([null, 'SIGKILL']);

    const ledger = await openLedger(home);
    const [unfinished] = await ledger.unfinished();
    expect(unfinished?.step).toBe(left);
    // What the next run sees comes first; it must not lose the intent.
    const again = look(issuer.address);
    await ledger.upsert({ ...ENTRY, verdict: await again() });
    expect((await ledger.unfinished())[0]?.step).toBe(left);

    const service = httpService(issuer.address);
    const use = { service, tools, again, journal: ledger, now: NOW };
    const receipt = await revoke(orderOf(service), left === undefined ? use : { ...use, resume: left });
    expect(receipt).toMatchObject({ proof: { state: 'revoked' } });
    expect(issuer.state()).toBe('revoked');
    expect(issuer.changes()).toEqual(['disabled', 'revoked']);
    expect(await ledger.unfinished()).toEqual([]);
    const found = await ledger.incident(ID);
    expect(found).toMatchObject({ incident: { state: 'closed', receipt } });
    await ledger.end();
    await issuer.close();
    rmSync(home, { recursive: true });
  });
});
