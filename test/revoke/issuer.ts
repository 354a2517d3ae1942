// A key service in one object: a key is live, disabled or revoked, and its replies can be told to go wrong.

import { createBreaker, isOrder, order } from '../../src/decide/index.ts';
import type { Fingerprint, Place, RevokeOrder, Usable, Verdict } from '../../src/model/index.ts';
import { Secret } from '../../src/model/index.ts';
import type { RevokeReply, Service, Tools } from '../../src/services/service.ts';

export const NOW = () => new Date('2026-11-20T12:00:00Z');
const AT = '2026-11-20T12:00:00.000Z';

export type KeyState = 'live' | 'limited' | 'disabled' | 'revoked';
/** How a call goes: done and said so; done, but the answer is lost; lost on the way; refused; the service's code throws. */
export type Fate = 'works' | 'reply-lost' | 'request-lost' | 'refused' | 'throws' | 'manual';

export interface Issuer {
  state: KeyState;
  /** How many looks after a change still see the state before it. */
  lag: number;
  contain: Fate;
  revoke: Fate;
  /** The check does not answer. */
  silent: boolean;
  /** Every call that reached it, in order. */
  readonly calls: string[];
}

export function issuerOf(about: Partial<Issuer> = {}): Issuer {
  return { state: 'live', lag: 0, contain: 'works', revoke: 'works', silent: false, calls: [], ...about };
}

export function check(issuer: Issuer): () => Promise<Verdict> {
  let before = issuer.state;
  let looks = 0;
  return async () => {
    issuer.calls.push('check');
    if (issuer.silent) return { state: 'unknown', why: 'timeout' };
    if (issuer.state !== before) {
      looks += 1;
      if (looks > issuer.lag) before = issuer.state;
    }
    return { state: before, checkedAt: AT, why: 'GET /me' };
  };
}

async function call(issuer: Issuer, fate: Fate, to: KeyState): Promise<RevokeReply> {
  switch (fate) {
    case 'works': {
      if (issuer.state === 'revoked') return { outcome: 'already-dead', note: 'it was revoked before' };
      issuer.state = to;
      return { outcome: 'accepted', note: `now ${to}` };
    }
    case 'reply-lost':
      issuer.state = to;
      return { outcome: 'unanswered', why: 'timeout', detail: 'no answer' };
    case 'request-lost':
      return { outcome: 'unanswered', why: 'unreachable', detail: 'no way' };
    case 'refused':
      return { outcome: 'refused', note: 'not allowed' };
    case 'manual':
      return { outcome: 'manual', note: 'not this kind of key', steps: ['ask the owner'] };
    case 'throws':
      throw new TypeError('the message quotes acme_0123456789abcdefghij');
  }
}

export function serviceOf(issuer: Issuer, has: 'both' | 'revoke' | 'contain' | 'neither' = 'both'): Service {
  const contains = has === 'both' || has === 'contain';
  const revokes = has === 'both' || has === 'revoke';
  return {
    id: 'acme',
    name: 'Acme',
    docs: 'https://acme.example/docs',
    hosts: ['acme.example'],
    rate: { requests: 1, perMs: 1, concurrency: 1 },
    settlesInMs: 60_000,
    byHand: ({ preview }) => [`open the dashboard and delete ${preview}`],
    ...(contains
      ? {
          contain: async () => {
            issuer.calls.push('contain');
            return call(issuer, issuer.contain, 'disabled');
          },
        }
      : {}),
    ...(revokes
      ? {
          revoke: async () => {
            issuer.calls.push('revoke');
            return call(issuer, issuer.revoke, 'revoked');
          },
        }
      : {}),
  };
}

export const tools: Tools = {
  ask: async () => ({ kind: 'unanswered', why: 'offline', detail: 'not in this test' }),
  credential: () => undefined,
  now: NOW,
};

export const LIVE: Usable = { state: 'live', checkedAt: AT, why: 'GET /me' };
export const ID = 'a'.repeat(64) as Fingerprint;
export const PLACE: Place = { kind: 'file', path: 'src/config.ts', line: 3, column: 5, endLine: 3 };

export function orderOf(service: Service, act: 'burn' | 'contain' = 'burn'): RevokeOrder {
  const made = order(
    {
      case: {
        id: ID,
        place: PLACE,
        otherPlaces: [],
        finding: {
          rule: { id: 'acme-key', title: 'Acme key', severity: 'high' },
          services: ['acme'],
          secret: new Secret('acme_0123456789abcdefghij', { start: 5, end: 4 }),
          parts: {},
          environment: 'live',
          allowed: false,
          origin: { kind: 'file', path: PLACE.path },
          span: { start: 0, end: 25, line: 3, column: 5, endLine: 3 },
        },
      },
      service: act === 'contain' ? { ...service, contain: true } : service,
      verdict: LIVE,
      exposure: 'public',
      decision: { act, because: 'public and live' },
      now: NOW,
    },
    { armed: true, breaker: createBreaker(10), sideEffects: [] },
  );
  if (!isOrder(made)) throw new Error(made.note);
  return made;
}
