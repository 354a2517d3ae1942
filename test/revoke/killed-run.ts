// A process of its own for kill.test.ts: it carries out an order against the real issuer and the real ledger, and dies
// at the step that it is told.

import { openLedger } from '../../src/record/index.ts';
import type { Journal } from '../../src/revoke/index.ts';
import { revoke } from '../../src/revoke/index.ts';
import { ENTRY, httpService, look } from './http-issuer.ts';
import { NOW, orderOf, tools } from './issuer.ts';

const [home = '', address = '', deadly = ''] = process.argv.slice(2);

function dieAt(step: string): void {
  if (step === deadly) process.kill(process.pid, 'SIGKILL');
}

const ledger = await openLedger(home);
const service = httpService(address, dieAt);
await ledger.upsert(ENTRY);
const journal: Journal = {
  async intend(order, step) {
    dieAt(`before intent to ${step}`);
    await ledger.intend(order, step);
    dieAt(`after intent to ${step}`);
  },
  async settle(id, receipt) {
    dieAt('before receipt');
    await ledger.settle(id, receipt);
    dieAt('after receipt');
  },
};
await revoke(orderOf(service), { service, tools, again: look(address), journal, now: NOW });
await ledger.end();
