// What an org-wide scan is made of, from flags, environment and keyburn.toml.

import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import {
  type Base,
  base,
  equip,
  ledgerOf,
  logDeleter,
  type ScanFlags,
  type Surroundings,
} from '../equip/index.ts';
import { SetupError } from '../model/index.ts';
import { createKillList, type Equipment } from '../pipeline/index.ts';
import { REPOSITORY_SOURCES } from '../read/index.ts';
import type { Ledger, Reporter } from '../record/index.ts';
import { type Credentials, createGitHub } from './github.ts';
import { history } from './history.ts';
import { hostedSource } from './hosted.ts';
import { createKeeper } from './lease.ts';
import { lost } from './lost.ts';
import { createMirrors } from './mirrors.ts';
import type { FleetEquipment } from './repository.ts';
import type { Source } from './source.ts';

/** In the order in which they are read: the code first, then what costs least. */
const SOURCES: readonly Source[] = [history, lost, ...REPOSITORY_SOURCES.map((name) => hostedSource(name))];
/** What only needs the right to read the code. */
const USUAL: readonly string[] = ['git', 'lost'];
const SOURCE_NAMES: readonly string[] = SOURCES.map(({ name }) => name);

export interface FleetFlags extends Omit<ScanFlags, 'sources'> {
  /** Address of the API; github.com where it is left out. */
  readonly baseUrl?: string;
  /** Names of sources, or `all`; those of the code where it is left out. */
  readonly sources?: readonly string[];
  /** Bytes of all mirrors together, and of one repository. */
  readonly disk: number;
  readonly most: number;
}

export interface FleetParts {
  readonly reporter: Reporter;
  readonly progress: Equipment['progress'];
  readonly warn: (text: string) => void;
  readonly waiting: (why: string) => void;
  readonly count: (what: 'request' | 'unchanged') => void;
}

export interface Fleet extends FleetEquipment {
  close(): Promise<void>;
}

/** @param owner whose installation of a GitHub App it is, where one is used */
export async function equipFleet(
  around: Surroundings,
  flags: FleetFlags,
  parts: FleetParts,
  owner: string | undefined,
): Promise<Fleet> {
  const { sources, ...scanning } = flags;
  const made = await base(around, flags);
  const scan = await equip(
    around,
    { ...scanning, lasting: true, shared: isShared(around, made) },
    {
      reporter: parts.reporter,
      progress: parts.progress,
      warn: parts.warn,
      read: {
        history: 'auto',
        mode: { kind: 'all' },
        exhaustive: false,
        attribution: true,
        signal: around.signal,
      },
    },
    made,
  );
  const { ledger } = scan;
  if (ledger === undefined) throw new SetupError('an org-wide scan needs its ledger');
  const keeper = createKeeper(ledger.fleet);
  const kills = createKillList();
  const close = async (): Promise<void> => {
    kills.close(new Error('the run is over'));
    await keeper.end();
    await scan.crew.close();
    await ledger.end();
  };
  try {
    const api = apiOf(flags.baseUrl);
    const github = await createGitHub({
      api,
      credentials: credentialsOf(api, made, around.env),
      owner,
      store: ledger.fleet,
      signal: around.signal,
      shared: isShared(around, made),
      waiting: parts.waiting,
      count: parts.count,
    });
    const mirrors = createMirrors({
      folder: join(made.home, 'mirrors'),
      mostBytes: flags.disk,
      mostOfOne: Math.min(flags.most, flags.disk),
      signal: around.signal,
    });
    const { signal } = around;
    const deleting =
      flags.deleteLeakedLogs === true ? { deleteLog: logDeleter(async () => github.reader, signal) } : {};
    return {
      scan: { ...scan, ...deleting },
      ledger,
      github,
      mirrors,
      sources: chosen(sources),
      keeper,
      kills,
      signal,
      close,
    };
  } catch (error) {
    await close();
    throw error;
  }
}

/** The ledger alone, for commands that only look. */
export async function openFleetLedger(
  around: Surroundings,
  config: string | undefined,
): Promise<{ readonly made: Base; readonly ledger: Ledger }> {
  const made = await base(around, { ...(config === undefined ? {} : { config }), offline: true });
  return { made, ledger: await ledgerOf(around, made) };
}

/** The address of the database that jobs and ledger stand on; a SetupError where there is none. */
export function databaseOf(around: Surroundings, made: Base): string {
  const address = around.env.KEYBURN_DATABASE_URL || made.config.ledger;
  if (address === undefined)
    throw new SetupError('workers share a PostgreSQL, and none is named', {
      hint: 'set KEYBURN_DATABASE_URL, or ledger in keyburn.toml; on one machine `keyburn org` needs none',
    });
  return address;
}

/** Whether ledger and jobs stand on a database that others use, too. */
export function isShared(around: Surroundings, made: Base): boolean {
  return (around.env.KEYBURN_DATABASE_URL || made.config.ledger) !== undefined;
}

function chosen(names: readonly string[] | undefined): readonly Source[] {
  const wanted = (names ?? USUAL).map((name) => (name === 'history' ? 'git' : name));
  if (wanted.includes('all')) return SOURCES;
  const unknown = wanted.filter((name) => !SOURCE_NAMES.includes(name));
  if (unknown.length > 0)
    throw new SetupError(`--sources: there is no ${unknown.join(', ')}`, {
      hint: `choose from ${SOURCE_NAMES.join(', ')}, all`,
    });
  return SOURCES.filter(({ name }) => wanted.includes(name));
}

/** `https://ghe.example.com` is short for its API. */
export function apiOf(given: string | undefined): string {
  if (given === undefined) return 'https://api.github.com';
  if (!URL.canParse(given))
    throw new SetupError(`--base-url: not a web address`, { hint: 'write it as https://ghe.example.com' });
  const url = new URL(given);
  if (url.pathname === '/' && url.host !== 'api.github.com') url.pathname = '/api/v3';
  return url.href.replace(/\/+$/, '');
}

/** An App first, then a token. One of github.com is never shown to another host. */
export function credentialsOf(api: string, made: Base, env: Surroundings['env']): Credentials {
  const appId = env.KEYBURN_GITHUB_APP_ID;
  if (appId) return appOf(appId, env);
  const { host } = new URL(api);
  const configured = made.config.host.find((one) => new URL(one.api).host === host)?.['token-env'];
  const names =
    configured === undefined
      ? host === 'api.github.com'
        ? ['KEYBURN_GITHUB_TOKEN', 'GITHUB_TOKEN', 'GH_TOKEN']
        : ['KEYBURN_GITHUB_TOKEN', 'GH_ENTERPRISE_TOKEN', 'GITHUB_ENTERPRISE_TOKEN']
      : [configured];
  const name = names.find((one) => env[one]);
  if (name === undefined) return { kind: 'nobody' };
  return { kind: 'token', token: () => env[name] ?? '' };
}

function appOf(appId: string, env: Surroundings['env']): Credentials {
  const file = env.KEYBURN_GITHUB_APP_KEY_FILE;
  const given = env.KEYBURN_GITHUB_APP_KEY;
  if (!file && !given)
    throw new SetupError('KEYBURN_GITHUB_APP_ID is set, and the private key of the App is not', {
      hint: 'set KEYBURN_GITHUB_APP_KEY_FILE to the .pem file, or KEYBURN_GITHUB_APP_KEY to what it holds',
    });
  const installation = env.KEYBURN_GITHUB_INSTALLATION_ID;
  if (installation !== undefined && !/^\d+$/.test(installation))
    throw new SetupError('KEYBURN_GITHUB_INSTALLATION_ID is not a number');
  return {
    kind: 'app',
    appId,
    // A variable of one line has its line ends written as \n.
    privateKey: () => (given ? given.replaceAll('\\n', '\n') : readKey(file ?? '')),
    installation: installation === undefined ? undefined : Number(installation),
  };
}

function readKey(file: string): string {
  try {
    return readFileSync(file, 'utf8');
  } catch (cause) {
    throw new SetupError(`${file}: the private key of the App cannot be read`, {
      hint: 'KEYBURN_GITHUB_APP_KEY_FILE names it',
      cause,
    });
  }
}
