// A process of its own for many.test.ts: one armed run of the whole pipeline over a folder, with GitHub's own service pointed at a
// double on loopback.

import { createBreaker, type Policy } from '../../src/decide/index.ts';
import { builtInRules, createDetector, loadRules, parseIgnoreFile } from '../../src/detect/index.ts';
import { FingerprintKey } from '../../src/model/index.ts';
import { run } from '../../src/pipeline/index.ts';
import { openLedger } from '../../src/record/index.ts';
import { github } from '../../src/services/index.ts';
import { createVerifier } from '../../src/verify/index.ts';

const [home = '', api = '', folder = '', breaker = '', most = ''] = process.argv.slice(2);
const now = () => new Date();
const fingerprintKey = new FingerprintKey(Buffer.alloc(32, 3));
const shipped = github({ api, internal: true });
if (!shipped.revokeMany) throw new Error('GitHub takes many keys in one call');
const service = {
  ...shipped,
  revokeMany: { ...shipped.revokeMany, most: Number(most) },
  rate: { requests: 100_000, perMs: 1_000, concurrency: 16 },
  settlesInMs: 0,
};
const policy: Policy = { breaker: Number(breaker), 'side-effects': [], rule: [] };
const ledger = await openLedger(home);
const verifier = await createVerifier({
  services: [service],
  offline: false,
  fingerprintKey,
  cache: ledger,
  credential: () => undefined,
  now,
});
const { summary } = await run([folder], {
  detector: createDetector(await loadRules([builtInRules])),
  fingerprintKey,
  read: { history: 'no', mode: { kind: 'all' }, exhaustive: false, attribution: false },
  verifier,
  services: new Map([[service.id, service]]),
  policy,
  arming: { armed: true, breaker: createBreaker(policy.breaker), sideEffects: [] },
  ledger,
  notifier: undefined,
  reporter: { entry: () => undefined, finish: () => undefined },
  exposure: async () => 'public',
  ignored: parseIgnoreFile('', 'none'),
  progress: () => undefined,
  warn: () => undefined,
  now,
});
await ledger.end();
process.stdout.write(JSON.stringify({ live: summary.live, revoked: summary.revoked }));
