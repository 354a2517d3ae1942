// A whole organisation on this machine, scanned by workers that are killed: `npm run rehearse:org -- --repos 2000 --workers 4 --store
// postgres`. Nothing leaves the machine. Figures at the end; exit code 1 where a promise was not kept.

import { parseArgs } from 'node:util';
import { rehearse } from '../test/fleet/rehearsal.ts';

const { values } = parseArgs({
  options: {
    repos: { type: 'string', default: '50' },
    workers: { type: 'string', default: '4' },
    store: { type: 'string', default: 'sqlite' },
    keys: { type: 'string', default: '300' },
    pushes: { type: 'string', default: '20' },
    from: { type: 'string', multiple: true, default: [] },
    'kill-every': { type: 'string', default: '5' },
    'most-kills': { type: 'string', default: '40' },
    'restart-after': { type: 'string', default: '20' },
    seed: { type: 'string', default: '1' },
    greedy: { type: 'string', default: '520' },
    help: { type: 'boolean', default: false },
  },
});

if (values.help) {
  process.stdout.write(`npm run rehearse:org -- [options]

  --repos N            repositories (50)
  --workers N          processes (4)
  --store STORE        sqlite or postgres (sqlite)
  --keys N             planted keys of the embedded key service (300)
  --pushes N           pushes before the second scan (20)
  --from FOLDER        a bare repository to cut histories from (repeatable); made up where none is given
  --kill-every SECONDS a worker is killed about so often, 0 for never (5)
  --most-kills N       and at most so often (40)
  --restart-after SECONDS  PostgreSQL is restarted once, 0 for never (20)
  --seed N             the same seed makes the same org
  --greedy N           runs of one repository, with more logs than a source reads at a time (520)
`);
} else {
  const { store } = values;
  if (store !== 'sqlite' && store !== 'postgres') throw new Error('--store is sqlite or postgres');
  const stop = new AbortController();
  for (const name of ['SIGINT', 'SIGTERM'] as const) process.once(name, () => stop.abort());
  const result = await rehearse({
    signal: stop.signal,
    repos: Number(values.repos),
    workers: Number(values.workers),
    store,
    keys: Number(values.keys),
    pushes: Number(values.pushes),
    from: values.from,
    killEveryMs: Number(values['kill-every']) * 1_000,
    mostKills: Number(values['most-kills']),
    restartAfterMs: Number(values['restart-after']) * 1_000,
    seed: Number(values.seed),
    greedy: Number(values.greedy),
    say: (text) => process.stderr.write(`${new Date().toISOString()} ${text}\n`),
  });
  const { full, incremental } = result;
  const row = (name: string, one: typeof full): string =>
    `${name.padEnd(12)} ${one.seconds.toFixed(1).padStart(8)} s ${String(one.requests).padStart(7)} requests (${one.free} free) ${String(one.git).padStart(6)} git ${one.peakMb.toFixed(0).padStart(6)} MB ${String(one.kills).padStart(4)} kills`;
  const kinds = (one: typeof full): string =>
    Object.entries(one.kinds)
      .map(([kind, { requests, free }]) => `  ${kind}: ${requests}${free === 0 ? '' : ` (${free} free)`}\n`)
      .join('');
  process.stdout.write(`${row('full', full)}\n${kinds(full)}${row('incremental', incremental)}\n${kinds(incremental)}
the second took ${((100 * incremental.seconds) / full.seconds).toFixed(2)} % of the first
${result.repositories} repositories, ${result.broken} broken and named, ${result.unscanned.length} not scanned
${result.gaps.length} gaps, named:
${result.gaps.map((one) => `  ${one}\n`).join('')}${result.keys} keys: ${result.found} found, ${result.closed} closed, ${result.stillWork} still work
${result.told} messages, ${result.toldAgain} of them sent again under their id, ${result.toldTwice} incidents told twice
`);
  for (const one of [...result.unscanned, ...result.open]) process.stdout.write(`  ${one}\n`);
  const kept =
    result.unscanned.length === 0 &&
    result.found === result.keys &&
    result.closed === result.keys &&
    result.stillWork === 0 &&
    result.told === result.keys &&
    result.toldTwice === 0;
  process.stdout.write(kept ? 'every promise was kept\n' : 'A PROMISE WAS NOT KEPT\n');
  process.exitCode = kept ? 0 : 1;
}
