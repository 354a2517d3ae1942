// A rehearsal of a whole org: full scan with several processes that are killed at random, then a scan after a few pushes; and the count
// of what came of it.

import { randomBytes } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { setTimeout as wait } from 'node:timers/promises';
import pg from 'pg';
import { openLedger } from '../../src/record/index.ts';
import { type PostgresServer, startPostgres } from '../record/postgres-server.ts';
import { madeUpHistory, realHistory, seeded } from './real-history.ts';
import { isReadyFor, plantOne } from './rehearsed-beside.ts';
import { envWith, importInto, makeOrg } from './rehearsed-org.ts';
import { OrgStage, type Ran } from './stage.ts';

export interface RehearsalOptions {
  readonly repos: number;
  readonly workers: number;
  readonly store: 'sqlite' | 'postgres';
  readonly keys: number;
  readonly pushes: number;
  /** Bare repositories that histories are cut from. */
  readonly from: readonly string[];
  /** A worker dies about so often, in ms; 0: none. */
  readonly killEveryMs: number;
  readonly mostKills: number;
  /** PostgreSQL is restarted so long after the scan began, in ms; 0: never. */
  readonly restartAfterMs: number;
  readonly seed: number;
  /** Runs of one repository that has more of them than a source asks for at a time; 0: none has. */
  readonly greedy: number;
  readonly say: (text: string) => void;
  /** Ends it early, and leaves nothing behind. */
  readonly signal?: AbortSignal;
}

export interface RunFigures {
  readonly seconds: number;
  /** Of the API, and those that cost nothing. */
  readonly requests: number;
  readonly free: number;
  /** The same by what was asked for. */
  readonly kinds: Readonly<Record<string, { readonly requests: number; readonly free: number }>>;
  /** Of git over HTTP. */
  readonly git: number;
  /** Of the largest process, in MB. */
  readonly peakMb: number;
  readonly kills: number;
}

export interface RehearsalResult {
  readonly full: RunFigures;
  readonly incremental: RunFigures;
  readonly repositories: number;
  /** Not scanned whole, and known to be broken. */
  readonly broken: number;
  /** Not scanned whole, though nothing is wrong with them. */
  readonly unscanned: readonly string[];
  /** Named as not read, in what was scanned. */
  readonly gaps: readonly string[];
  readonly keys: number;
  readonly found: number;
  readonly closed: number;
  /** Incidents that are not over, and where their keys stand. */
  readonly open: readonly string[];
  readonly stillWork: number;
  /** Distinct messages to the owner, and those that came twice under one id. */
  readonly told: number;
  readonly toldAgain: number;
  /** Messages of one incident with different ids. */
  readonly toldTwice: number;
}

export async function rehearse(options: RehearsalOptions): Promise<RehearsalResult> {
  const random = seeded(options.seed);
  const stage = await OrgStage.set();
  let server: PostgresServer | undefined;
  try {
    if (options.store === 'postgres') {
      server = await startPostgres();
      stage.env.KEYBURN_DATABASE_URL = await server.database();
    }
    stage.env.FINGERPRINT = randomBytes(32).toString('hex');
    stage.configure('[fingerprint]\nenv = "FINGERPRINT"\n');
    const sources = options.from.map(realHistory);
    const pick = () => sources[Math.floor(random() * sources.length)] ?? madeUpHistory;
    const histories = { draw: (commits: number, by: () => number) => pick().draw(commits, by) };
    const { repos, keys, greedy } = options;
    options.say(`making ${repos} repositories with ${keys} keys`);
    const org = await makeOrg(stage, { repos, keys, histories, random, greedy });
    stage.github.limit = { requests: 1_000, windowMs: 10_000 };

    options.say(`full scan with ${options.workers} workers on ${options.store}`);
    const full = await scan(stage, options, server, random, true);
    options.say(`full scan: ${JSON.stringify(full)}`);

    for (let index = 0; index < options.pushes; index++) {
      const id = org.whole[(index * 13) % org.whole.length] ?? 1;
      const file = { path: `notes/${index}.env`, bytes: Buffer.from(`line ${index}\n`) as Buffer };
      if (index % 4 === 0) {
        const key = await stage.key(`pushed ${index}`);
        org.keys.push(key);
        file.bytes = envWith(key);
      }
      importInto(join(stage.hosted, `${id}.git`), 'refs/heads/main', 'refs/heads/main', [
        { author: 'Ada Example', message: 'pushed later', files: [file] },
      ]);
      const repository = stage.github.repositories.get(id);
      if (repository === undefined) continue;
      repository.pushedAt = new Date(Date.now() + index).toISOString();
      // Every fifth has another name by now.
      if (index % 5 === 0) {
        repository.formerly.push(repository.name);
        repository.name = `acme/renamed${id}`;
      }
    }
    // Where nothing was pushed, something is written, run, or said.
    for (let index = 0; index < Math.max(3, options.pushes / 4); index++) {
      const key = await stage.key(`written ${index}`);
      org.keys.push(key);
      const ready = org.whole.filter((id) => isReadyFor(stage, id, index));
      plantOne(stage, ready[(index * 11 + 5) % ready.length] ?? 1, key, index);
    }
    await dayLater(stage, options);
    const incremental = await scan(
      stage,
      { ...options, killEveryMs: 0, restartAfterMs: 0 },
      server,
      random,
      false,
    );
    options.say(`after ${options.pushes} pushes: ${JSON.stringify(incremental)}`);
    return await judge(stage, org.keys, org.broken, { full, incremental });
  } finally {
    await stage.close();
    await server?.stop();
  }
}

/** What was read was read a day ago: a nightly scan asks some repositories because their turn has come. */
async function dayLater(stage: OrgStage, { store }: RehearsalOptions): Promise<void> {
  if (store === 'sqlite') {
    const database = new DatabaseSync(join(stage.home, 'ledger.sqlite'));
    database.exec("update cursors set read_at = strftime('%Y-%m-%dT%H:%M:%fZ', read_at, '-1 day')");
    database.close();
    return;
  }
  const client = new pg.Client({ connectionString: stage.env.KEYBURN_DATABASE_URL });
  await client.connect();
  try {
    await client.query(
      `update cursors set read_at = to_char((read_at::timestamptz - interval '1 day') at time zone 'utc', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"')`,
    );
  } finally {
    await client.end();
  }
}

async function scan(
  stage: OrgStage,
  options: RehearsalOptions,
  server: PostgresServer | undefined,
  random: () => number,
  full: boolean,
): Promise<RunFigures> {
  const { github } = stage;
  const before = { calls: github.calls.length, git: github.git.refs + github.git.packs };
  const began = performance.now();
  const running = new Map<number, ReturnType<OrgStage['spawn']>>();
  let peakKb = 0;
  let kills = 0;
  let over = false;
  const failures: string[] = [];
  const start = (index: number, first: boolean): Promise<void> => {
    const process = stage.spawn(argv(stage, options, first), homeOf(stage, options, index));
    running.set(index, process);
    return process.ended.then(async (ran) => {
      running.delete(index);
      if (ran.signal === 'SIGKILL' && !over) return start(index, false);
      if (!isWell(ran))
        failures.push(`worker ${index}: ${ran.code} ${ran.signal}: ${ran.stderr.slice(-2_000)}`);
      return undefined;
    });
  };
  const all = Promise.all(Array.from({ length: options.workers }, (_, index) => start(index, true)));
  const stop = new AbortController();
  const chaos = async (): Promise<void> => {
    while (!stop.signal.aborted && kills < options.mostKills) {
      await wait(options.killEveryMs * (0.5 + random()), undefined, { signal: stop.signal });
      const victims = [...running.values()];
      const victim = victims[Math.floor(random() * victims.length)];
      if (victim?.child.kill('SIGKILL') === true) kills += 1;
    }
  };
  const restart = async (): Promise<void> => {
    await wait(options.restartAfterMs, undefined, { signal: stop.signal });
    options.say('PostgreSQL is restarted');
    server?.restart();
  };
  const measure = async (): Promise<void> => {
    for (;;) {
      for (const { child } of running.values()) peakKb = Math.max(peakKb, peakOf(child.pid));
      await wait(250, undefined, { signal: stop.signal });
    }
  };
  const aside = [
    measure(),
    ...(options.killEveryMs > 0 ? [chaos()] : []),
    ...(options.restartAfterMs > 0 && server ? [restart()] : []),
  ];
  try {
    const { signal } = options;
    const stopped = new Promise<never>((_, refuse) => {
      signal?.addEventListener('abort', () => refuse(new Error('stopped')), { once: true });
    });
    await Promise.race([all, stopped]);
  } finally {
    over = true;
    stop.abort();
    await Promise.allSettled(aside);
    for (const { child } of running.values()) child.kill('SIGKILL');
  }
  if (failures.length > 0) throw new Error(failures.join('\n'));
  const calls = github.calls.slice(before.calls);
  if (full && calls.length === 0) throw new Error('nobody asked the host anything');
  return {
    seconds: (performance.now() - began) / 1_000,
    requests: calls.length,
    free: calls.filter(({ status }) => status === 304).length,
    kinds: byKind(calls),
    git: github.git.refs + github.git.packs - before.git,
    peakMb: peakKb / 1_024,
    kills,
  };
}

/** One that is started again does what is in the queue: whoever lists anew puts what is broken in once more. */
function argv(stage: OrgStage, { store }: RehearsalOptions, first: boolean): string[] {
  const common = [
    'acme',
    '--base-url',
    stage.github.api,
    '--threads',
    '1',
    '--revoke',
    '--concurrency',
    '2',
    '--sources',
    'all',
  ];
  return store === 'sqlite'
    ? ['org', ...common, '--format', 'jsonl', '--fail-on', 'none']
    : ['worker', ...common, ...(first ? ['--now'] : []), '--until-idle'];
}

/** On SQLite the workers share a home, on PostgreSQL each has a machine of its own. */
function homeOf(stage: OrgStage, { store }: RehearsalOptions, index: number): Record<string, string> {
  return store === 'sqlite' ? {} : { KEYBURN_HOME: join(stage.folder, `home-${index}`) };
}

/** As the API names what is asked for, without numbers. */
function byKind(calls: OrgStage['github']['calls']): RunFigures['kinds'] {
  const kinds: Record<string, { requests: number; free: number }> = {};
  for (const { path, status } of calls) {
    const what = path
      .replace(/\?.*/, '')
      .replace(/^\/(?:repos\/[^/]+\/[^/]+|orgs\/[^/]+|users\/[^/]+)/, '')
      .replace(/\/\d+/g, '')
      .slice(1);
    const kind = what || 'one repository';
    const known = kinds[kind] ?? { requests: 0, free: 0 };
    known.requests += 1;
    if (status === 304) known.free += 1;
    kinds[kind] = known;
  }
  return Object.fromEntries(Object.entries(kinds).sort(([, a], [, b]) => b.requests - a.requests));
}

function isWell({ code, signal }: Ran): boolean {
  return signal === null && (code === 0 || code === 2);
}

function peakOf(pid: number | undefined): number {
  const file = `/proc/${pid}/status`;
  if (pid === undefined || !existsSync(file)) return 0;
  try {
    return Number(/VmHWM:\s+(\d+) kB/.exec(readFileSync(file, 'utf8'))?.[1] ?? 0);
  } catch {
    return 0;
  }
}

async function judge(
  stage: OrgStage,
  keys: readonly string[],
  broken: ReadonlySet<number>,
  figures: Pick<RehearsalResult, 'full' | 'incremental'>,
): Promise<RehearsalResult> {
  const database = stage.env.KEYBURN_DATABASE_URL;
  const ledger = await openLedger(stage.home, { database });
  try {
    const repositories = await ledger.fleet.repositories();
    const behind = repositories.filter((one) => one.scannedPush !== one.pushedAt);
    const isBroken = (key: string): boolean => broken.has(Number(key.split('/').at(-1)));
    const incidents = await ledger.incidents();
    const gaps = await ledger.fleet.gaps();
    let stillWork = 0;
    for (const key of keys) if (await stage.works(key)) stillWork += 1;
    const told = stage.told();
    const ids = new Set(told.map(({ id }) => id));
    const byIncident = Map.groupBy(told, ({ data }) => data.incident.id);
    return {
      ...figures,
      repositories: repositories.length,
      broken: behind.filter(({ key }) => isBroken(key)).length,
      unscanned: behind.filter(({ key }) => !isBroken(key)).map(({ name, problem }) => `${name}: ${problem}`),
      gaps: gaps.flatMap(({ repository, source, skipped }) =>
        skipped.map(({ path, why }) => `${repository}: ${source}: ${path}: ${why}`),
      ),
      keys: keys.length,
      found: incidents.length,
      closed: incidents.filter(({ state }) => state === 'closed').length,
      open: incidents
        .filter(({ state }) => state !== 'closed')
        .map(({ state, place }) => `${state}: ${place.repository} ${place.path}`),
      stillWork,
      told: ids.size,
      toldAgain: told.length - ids.size,
      toldTwice: [...byIncident.values()].filter((all) => new Set(all.map(({ id }) => id)).size > 1).length,
    };
  } finally {
    await ledger.end();
  }
}
