// A process of its own for mass-leak.test.ts: a worker of a fleet, with GitHub's own service pointed at a double on loopback. Its rate
// is not held back, so that a test does not take the hour that GitHub's would.

import { equipFleet } from '../../src/fleet/equipment.ts';
import { createMetrics } from '../../src/fleet/metrics.ts';
import { scanOrg } from '../../src/fleet/org.ts';
import { openQueue } from '../../src/fleet/queue.ts';
import { enlist, work } from '../../src/fleet/worker.ts';
import { createKillList } from '../../src/pipeline/index.ts';
import { github } from '../../src/services/index.ts';
import { createVerifier } from '../../src/verify/index.ts';

const [host = '', issuer = '', first = ''] = process.argv.slice(2);
const { env } = process;
const stop = new AbortController();
process.once('SIGTERM', () => stop.abort());
const around = { env, cwd: process.cwd(), signal: stop.signal };
const shipped = github({ api: issuer, internal: true });
const service = {
  ...shipped,
  rate: { requests: 100_000, perMs: 1_000, concurrency: 16 },
  settlesInMs: 0,
};
const fleet = await equipFleet(
  around,
  { baseUrl: host, offline: false, revoke: true, cache: true, rules: [], threads: 1, disk: 1e9, most: 1e9 },
  {
    reporter: { entry: () => undefined, finish: () => undefined },
    progress: () => undefined,
    warn: (text) => process.stderr.write(`${text}\n`),
    waiting: () => undefined,
    count: () => undefined,
  },
  'acme',
);
const verifier = await createVerifier({
  services: [service],
  offline: false,
  fingerprintKey: fleet.scan.fingerprintKey,
  credential: () => undefined,
  now: () => new Date(),
});
const use = {
  ...fleet,
  scan: { ...fleet.scan, verifier, services: new Map([[service.id, service]]) },
  // So long that nothing but a full call, or the end of reading, sends one.
  kills: createKillList(300_000),
};
const subjects = [{ kind: 'org', name: 'acme' }] as const;
const hour = 3_600_000;
if (env.KEYBURN_DATABASE_URL === undefined) {
  await scanOrg(
    { subjects, full: false, concurrency: 2, armed: true, recheckMs: 24 * hour },
    use,
    () => undefined,
  );
} else {
  const boss = await openQueue(env.KEYBURN_DATABASE_URL, () => undefined);
  await enlist(boss, subjects, { cron: undefined, now: first === 'first', full: false });
  const options = {
    concurrency: 2,
    recheckMs: 24 * hour,
    escalateMs: 24 * hour,
    digestMs: 0,
    untilIdle: true,
    armed: true,
  };
  const note = (text: string): void => void process.stderr.write(`${text}\n`);
  await work(boss, { ...options, signal: stop.signal, note, metrics: createMetrics(fleet.ledger) }, use);
  await boss.stop({ graceful: false, close: true });
}
await use.scan.notifier?.flush();
await fleet.close();
