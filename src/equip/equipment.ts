// Makes the equipment of a run from flags, environment and keyburn.toml: the one place where the parts are chosen.

import { randomBytes } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { type Config, configuredFingerprintKey, loadConfig } from '../config/index.ts';
import { type Arming, createBreaker, createDailyBreaker } from '../decide/index.ts';
import {
  builtInRules,
  createDetector,
  type Detector,
  type IgnoreList,
  loadRules,
  parseIgnoreFile,
  type ReadyRules,
  type RuleSet,
} from '../detect/index.ts';
import { type Crew, createCrew, createMemory, createShelf, judgementOf } from '../find/index.ts';
import { type Exposure, type Fingerprint, type FingerprintKey, SetupError } from '../model/index.ts';
import type { Notifier } from '../notify/index.ts';
import type { Equipment } from '../pipeline/index.ts';
import type { ReadOptions, SourceName } from '../read/index.ts';
import { type Ledger, loadFingerprintKey, openLedger, type Reporter, stateFolder } from '../record/index.ts';
import type { Service } from '../services/index.ts';
import { commandRunner, createVerifier, credentials, type Verifier } from '../verify/index.ts';
import { version } from '../version.ts';
import { gitHubClients, hostedOptions, hostsOf } from './code-hosts.ts';
import { logDeleter } from './leaked-logs.ts';

/** What the equipment is made of: an `Io` of the command line fits. */
export interface Surroundings {
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly cwd: string;
  readonly signal: AbortSignal;
}

/** What nearly every command needs first. */
export interface Base {
  readonly home: string;
  readonly config: Config;
  readonly fingerprintKey: FingerprintKey;
  readonly services: ReadonlyMap<string, Service>;
  readonly now: () => Date;
}

/** Opens the ledger that environment and keyburn.toml name: a team's on PostgreSQL, else the one of the state folder. */
export function ledgerOf(
  around: Pick<Surroundings, 'env'>,
  made: Pick<Base, 'home' | 'config'>,
): Promise<Ledger> {
  const database = around.env.KEYBURN_DATABASE_URL || made.config.ledger;
  return openLedger(made.home, { database });
}

export interface BaseOptions {
  readonly config?: string;
  /** Nobody will be asked: the issuers need not be there. */
  readonly offline?: boolean;
  /** Goes before the configured one: for a front door that gets it another way. */
  readonly fingerprintKey?: FingerprintKey;
}

export async function base(around: Surroundings, options: BaseOptions): Promise<Base> {
  const home = stateFolder(around.env, process.platform);
  const config = await loadConfig({ given: options.config, env: around.env, home });
  const fingerprintKey =
    options.fingerprintKey ??
    configuredFingerprintKey(config.fingerprint, around.env) ??
    loadFingerprintKey(home);
  const services = options.offline === true && config.service.length === 0 ? [] : await known(around, config);
  return {
    home,
    config,
    fingerprintKey,
    services: new Map(services.map((service) => [service.id, service])),
    now: () => new Date(),
  };
}

/** Loaded only where somebody may be asked, or an operator's own issuer has to be judged. */
async function known(around: Surroundings, config: Config): Promise<readonly Service[]> {
  const { issuers } = await import('../services/index.ts');
  return issuers({
    keyburnUrl: around.env.KEYBURN_SERVICE_URL ?? config.keyservice?.url,
    entries: config.service,
    ...(config.file === undefined ? {} : { file: config.file }),
  });
}

export async function detector(made: Base, extra: readonly string[]): Promise<Detector> {
  return createDetector(await ruleSet(made, extra));
}

function ruleSet(made: Base, extra: readonly string[], ready?: ReadyRules): Promise<RuleSet> {
  const folders = [builtInRules, ...made.config.rules, ...extra.map((folder) => resolve(folder))];
  return loadRules(folders, { cache: join(made.home, 'cache'), ready });
}

export function verifier(
  around: Surroundings,
  made: Base,
  options: { offline: boolean; ledger: Ledger | undefined; turn?: (service: Service) => Promise<void> },
): Promise<Verifier> {
  return createVerifier({
    services: [...made.services.values()],
    offline: options.offline,
    fingerprintKey: made.fingerprintKey,
    credential: credentials(around.env),
    now: made.now,
    signal: around.signal,
    version: version(),
    run: Object.fromEntries(
      made.config.run.map((program) => [program, commandRunner(program, { env: around.env })]),
    ),
    ...(options.ledger === undefined ? {} : { cache: options.ledger }),
    ...(options.turn === undefined ? {} : { turn: options.turn }),
  });
}

export interface ScanFlags {
  readonly offline: boolean;
  readonly revoke: boolean;
  readonly cache: boolean;
  readonly exposure?: Exposure;
  readonly rules: readonly string[];
  readonly ignoreFile?: string;
  readonly config?: string;
  readonly threads?: number;
  /** The built-in rules as a front door brings them along: see loadRules. */
  readonly ready?: ReadyRules | undefined;
  /** Of a target of GitHub; all where it is left out. */
  readonly sources?: readonly SourceName[];
  readonly deleteLeakedLogs?: boolean;
  /** Other processes work on the same ledger: an issuer's rate holds for all of them together. */
  readonly shared?: boolean;
  /** A run over many repositories: what one of them breaks, the next one does not meet. */
  readonly lasting?: boolean;
  /** The process runs on and on: the breaker counts each day anew. */
  readonly daily?: boolean;
}

/** More threads than this wait for the disk, not for each other. */
const MOST_THREADS = 8;

/**
 * All that a scan works with, from flags or from a base that is made already. An offline scan opens no ledger: it asks nobody
 * and keeps no incident.
 */
export async function equip(
  around: Surroundings,
  flags: ScanFlags,
  parts: Pick<Equipment, 'progress' | 'warn' | 'word'> & {
    readonly read: ReadOptions;
    readonly reporter: Reporter;
    /** The caller's own, which it also ends; else one is opened. */
    readonly ledger?: Ledger;
  },
  ready?: Base,
): Promise<Equipment & { readonly crew: Crew; readonly rulesDigest: string }> {
  if (flags.revoke && flags.offline) {
    throw new SetupError('--revoke and --offline exclude each other', {
      hint: 'a key is burned by asking its issuer',
    });
  }
  if (flags.deleteLeakedLogs === true && !flags.revoke) {
    throw new SetupError('--delete-leaked-logs needs --revoke', {
      hint: 'a log is deleted after the key in it has been burned and proved dead',
    });
  }
  const made = ready ?? (await base(around, flags));
  const ledger = flags.offline ? undefined : (parts.ledger ?? (await ledgerOf(around, made)));
  const verify = await verifier(around, made, {
    offline: flags.offline,
    ledger: flags.cache ? ledger : undefined,
    ...(flags.shared === true && ledger !== undefined ? { turn: turnsOf(ledger, around.signal) } : {}),
  });
  const { policy } = made.config;
  const arming: Arming = flags.revoke
    ? {
        armed: true,
        breaker:
          flags.daily === true ? createDailyBreaker(policy.breaker, made.now) : createBreaker(policy.breaker),
        sideEffects: policy['side-effects'],
        // One key on a person's word: no order is made for another one, whatever else a run would come by.
        ...(parts.word === undefined ? {} : { only: (id: Fingerprint) => id === parts.word?.id }),
      }
    : { armed: false };
  const asked = hostsOf(made.config, around.env, flags.offline);
  const clients = gitHubClients(made.config, around.env);
  const rules = await ruleSet(made, flags.rules, flags.ready);
  const threads = flags.threads ?? Math.min(availableParallelism(), MOST_THREADS);
  const lasting = flags.lasting === true;
  const crew = createCrew({
    threads,
    rules,
    signal: around.signal,
    lasting,
    ...(lasting ? {} : { last: parts.read.attribution ? 'census' : 'jobs' }),
  });
  const detector = createDetector(rules);
  const memory = createMemory({
    shelf: createShelf(join(made.home, 'cache')),
    detector,
    key: made.fingerprintKey,
    judgement: () => judgementOf(rules, version()),
  });
  return {
    crew,
    rulesDigest: rules.digest,
    detector,
    fingerprintKey: made.fingerprintKey,
    read: {
      ...parts.read,
      runJobs: crew.runJobs,
      expectJobs: crew.expectJobs,
      runCensus: crew.runCensus,
      openFiles: crew.openFiles,
      ...(flags.offline ? { offline: true } : { hosted: hostedOptions(clients, asked, flags.sources) }),
      ...(flags.cache ? { memory } : {}),
    },
    verifier: verify,
    services: made.services,
    policy,
    arming,
    ledger,
    ...(flags.revoke ? { run: newRun(made.now()) } : {}),
    notifier: ledger && (await notifier(around, made, ledger)),
    reporter: parts.reporter,
    exposure: async (site) => {
      if (flags.exposure !== undefined) return flags.exposure;
      if (site.exposure !== undefined) return site.exposure;
      if (site.pushed === false) return 'local';
      return site.pushed === true && site.remote !== undefined ? asked.exposure(site.remote) : 'unknown';
    },
    ...(flags.exposure === undefined ? {} : { saidExposure: true }),
    ...(flags.deleteLeakedLogs === true ? { deleteLog: logDeleter(clients, around.signal) } : {}),
    ignored: ignoreList(flags.ignoreFile ?? made.config.ignore, flags.ignoreFile !== undefined),
    progress: parts.progress,
    ...(parts.word === undefined ? {} : { word: parts.word }),
    warn: parts.warn,
    now: made.now,
  };
}

/** Sorts by time, and is no other process's. */
function newRun(now: Date): string {
  return `${now.toISOString().slice(0, 16).replace(':', '')}-${randomBytes(3).toString('hex')}`;
}

/** Whom keyburn.toml names is told, of what is in this ledger's outbox. */
export async function notifier(
  around: Surroundings,
  made: Pick<Base, 'config' | 'services' | 'now'>,
  ledger: Ledger,
): Promise<Notifier> {
  const { createNotifier } = await import('../notify/index.ts');
  return createNotifier({
    channels: made.config.notify,
    outbox: ledger.outbox,
    env: around.env,
    base: made.config.file === undefined ? around.cwd : dirname(made.config.file),
    templates: noticeTemplates(made.config),
    issuerOf: (id) => made.services.get(id),
    now: made.now,
    signal: around.signal,
  });
}

export function noticeTemplates({ notices }: Config): {
  readonly folder?: string;
  readonly language: string;
} {
  const { templates, language } = notices;
  return { language, ...(templates === undefined ? {} : { folder: templates }) };
}

function turnsOf(ledger: Ledger, signal: AbortSignal): (service: Service) => Promise<void> {
  return async ({ id, rate }) => {
    const pause = await ledger.fleet.turn(`issuer ${id}`, rate.perMs / rate.requests);
    if (pause > 0) await wait(pause, undefined, { signal });
  };
}

function ignoreList(file: string | undefined, given: boolean): IgnoreList {
  if (file === undefined || (!given && !existsSync(file))) return parseIgnoreFile('', 'no file');
  try {
    return parseIgnoreFile(readFileSync(file, 'utf8'), file);
  } catch (error) {
    if (error instanceof SetupError) throw error;
    throw new SetupError(`${file}: cannot be read`, {
      hint: 'name an existing file with --ignore-file',
      cause: error,
    });
  }
}
