// A process of its own for ledger.test.ts: two of them write at once, or one is killed with an intent in hand.

import type { Fingerprint } from '../../src/model/index.ts';
import { openLedger } from '../../src/record/index.ts';
import { entry, orderFor } from './sample.ts';

const [home = '', what = '', ...rest] = process.argv.slice(2);
const ledger = await openLedger(home);
if (what === 'write') {
  const [digit = '', count = '0'] = rest;
  const shared = entry({ id: 'f'.repeat(64) as Fingerprint });
  await ledger.upsert(shared);
  await ledger.outbox.enqueue(shared.id, 'file', 'opened', {});
  for (let number = 0; number < Number(count); number++) {
    const id = `${digit}${String(number).padStart(63, '0')}` as Fingerprint;
    const about = entry({ id });
    await ledger.upsert(about);
    await ledger.intend(orderFor(about), 'revoke');
    await ledger.outbox.enqueue(id, 'file', 'opened', { number });
    await ledger.outbox.enqueue(id, 'file', 'opened', { number });
  }
} else if (what === 'take') {
  for (;;) {
    const messages = await ledger.outbox.pending({ limit: 3 });
    if (messages.length === 0) break;
    for (const message of messages) {
      await ledger.outbox.sent(message);
      process.stdout.write(`${message.key}\n`);
    }
  }
} else if (what === 'die') {
  const about = entry();
  await ledger.upsert(about);
  await ledger.intend(orderFor(about), rest[0] === 'contain' ? 'contain' : 'revoke');
  process.kill(process.pid, 'SIGKILL');
}
await ledger.end();
