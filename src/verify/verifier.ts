// Finding -> Verdict. Each distinct key is asked about once a run, never when there is a doubt whose it is, and what
// could not be learned is `unknown`: unknown is not no, and it is never remembered.

import { createHash } from 'node:crypto';
import {
  type Finding,
  type Fingerprint,
  type FingerprintKey,
  parseFingerprint,
  type Secret,
  type ServiceId,
  SetupError,
  type Unknown,
  type UnknownWhy,
  unasked,
  type Verdict,
} from '../model/index.ts';
import { controlKey, type Key, namedHosts, type Run, type Service, type Tools } from '../services/index.ts';
import { type AskOptions, createAsk } from './ask.ts';

/** Verdicts of earlier runs. It gives back what it has, however old: the verifier judges the age. */
export interface VerdictCache {
  get(id: Fingerprint, service: ServiceId): Promise<Verdict | undefined>;
  put(id: Fingerprint, service: ServiceId, verdict: Verdict): Promise<void>;
}

export interface VerifierOptions extends Omit<AskOptions, 'named' | 'turn'> {
  readonly services: readonly Service[];
  readonly fingerprintKey: FingerprintKey;
  readonly cache?: VerdictCache;
  readonly credential: Tools['credential'];
  readonly now: () => Date;
  /** Vendors' command-line tools that the operator switched on. */
  readonly run?: Readonly<Record<string, Run>>;
  /** Waits until this service may be asked once more, where other processes ask it as well. */
  readonly turn?: (service: Service) => Promise<void>;
}

export interface Verifier {
  verify(finding: Finding): Promise<Verdict>;
  /** Past every cache: the proof. */
  again(service: ServiceId, key: Key): Promise<Verdict>;
  /** The same guarded way to the issuer, and the same queue, for revoke/. */
  tools(service: ServiceId): Tools;
  /** For another run over the same ways and queues: what this one has been told is asked anew. */
  fresh(): Verifier;
}

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;

/** For how long an earlier run's word is good, in ms. What lives may die at any moment, and what is off may be switched on. */
function freshForMs(verdict: Verdict): number {
  switch (verdict.state) {
    case 'live':
    case 'limited':
      return 10 * MINUTE;
    case 'disabled':
      return 30 * MINUTE;
    case 'rejected':
      return 6 * HOUR;
    case 'expired':
      return 24 * HOUR;
    case 'revoked':
      return 7 * 24 * HOUR;
    case 'malformed':
    case 'unknown':
      return 0;
  }
}

interface Issuer {
  readonly service: Service;
  readonly tools: Tools;
  /** Does it refuse a key that it never gave out? Asked once a run, again only where nobody could tell. */
  control?: Promise<boolean | Unknown>;
}

/** The verifier that asks; see create.ts for the one that does not. */
export function createOnlineVerifier(options: VerifierOptions): Verifier {
  const { services, fingerprintKey, cache, credential, now, run } = options;
  const issuers = new Map<ServiceId, Issuer>();

  for (const service of services) {
    const { turn, ...asking } = options;
    const named = namedHosts(service, credential);
    const ask = createAsk(service, { ...asking, named, ...(turn && { turn: () => turn(service) }) });
    // Only what is its own: whatever a service asks for, no issuer is given another one's credential.
    const own: Tools['credential'] = (name) =>
      Object.hasOwn(service.asks ?? {}, name) ? credential(name) : undefined;
    issuers.set(service.id, { service, tools: { ask, credential: own, now, ...(run && { run }) } });
  }

  function unknown(why: UnknownWhy, detail?: string): Unknown {
    return { state: 'unknown', why, ...(detail !== undefined && { detail }) };
  }

  /** One name for a key with its other halves: a half less is another question. */
  function idOf({ secret, parts }: Key): Fingerprint {
    const own = fingerprintKey.fingerprint(secret);
    const halves = Object.entries(parts).sort(([a], [b]) => (a < b ? -1 : 1));
    if (halves.length === 0) return own;
    const text = [
      own,
      ...halves.map(([name, half]: [string, Secret]) => `${name}=${fingerprintKey.fingerprint(half)}`),
    ];
    return parseFingerprint(createHash('sha256').update(text.join('\n')).digest('hex')) ?? own;
  }

  async function check({ service, tools }: Issuer, key: Key): Promise<Verdict> {
    if (!service.check) return unknown('no-check');
    try {
      return await service.check(key, tools);
    } catch (error) {
      // A fault in a service's own code: its message may quote what it worked on.
      return unknown('unexpected-reply', `${service.id}: ${error instanceof Error ? error.name : 'failed'}`);
    }
  }

  async function refusesRandom(issuer: Issuer, key: Key): Promise<boolean | Unknown> {
    const verdict = await check(issuer, key);
    switch (verdict.state) {
      case 'live':
      case 'limited':
        return false;
      case 'unknown':
        delete issuer.control;
        return verdict;
      case 'expired':
      case 'disabled':
      case 'revoked':
      case 'rejected':
      case 'malformed':
        return true;
    }
  }

  async function believe(issuer: Issuer, key: Key): Promise<Verdict> {
    const verdict = await check(issuer, key);
    if (!issuer.service.control || (verdict.state !== 'live' && verdict.state !== 'limited')) return verdict;
    const random = controlKey(key);
    if (!random) return unknown('not-discriminating', 'the key is too short for a control question');
    issuer.control ??= refusesRandom(issuer, random);
    const refuses = await issuer.control;
    if (typeof refuses !== 'boolean') return refuses;
    return refuses ? verdict : unknown('not-discriminating', 'the issuer accepts a random key as well');
  }

  async function remember(id: Fingerprint, service: ServiceId, verdict: Verdict): Promise<void> {
    if (freshForMs(verdict) > 0) await cache?.put(id, service, verdict);
  }

  async function recall(id: Fingerprint, service: ServiceId): Promise<Verdict | undefined> {
    const known = await cache?.get(id, service);
    if (known?.checkedAt === undefined) return undefined;
    const age = now().getTime() - Date.parse(known.checkedAt);
    return age >= 0 && age < freshForMs(known) ? known : undefined;
  }

  async function askOnce(issuer: Issuer, key: Key, id: Fingerprint): Promise<Verdict> {
    const known = await recall(id, issuer.service.id);
    if (known) return known;
    const verdict = await believe(issuer, key);
    await remember(id, issuer.service.id, verdict);
    return verdict;
  }

  function issuerOf(id: ServiceId): Issuer {
    const issuer = issuers.get(id);
    if (issuer) return issuer;
    throw new SetupError(`there is no service "${id}"`, {
      hint: 'name a built-in one, or define it in keyburn.toml',
    });
  }

  const forOneRun = (): Verifier => {
    const asked = new Map<string, Promise<Verdict>>();
    return {
      async verify(finding) {
        const known = unasked(finding, now());
        if (known !== undefined) return known;
        const [id = ''] = finding.services;
        const issuer = issuers.get(id);
        if (!issuer) return unknown('no-service', `no service "${id}" is set up`);
        if (!issuer.service.check) return unknown('no-check');
        const key: Key = { secret: finding.secret, parts: finding.parts };
        const print = idOf(key);
        const name = `${id} ${print}`;
        const before = asked.get(name);
        if (before) return before;
        const verdict = askOnce(issuer, key, print);
        asked.set(name, verdict);
        return verdict;
      },

      async again(service, key) {
        const issuer = issuerOf(service);
        const verdict = await believe(issuer, key);
        const print = idOf(key);
        if (verdict.state !== 'unknown') asked.set(`${service} ${print}`, Promise.resolve(verdict));
        await remember(print, service, verdict);
        return verdict;
      },

      tools: (service) => issuerOf(service).tools,
      fresh: forOneRun,
    };
  };
  return forOneRun();
}
