// The guards of the routes. A guard answers itself or lets the request on; no handler sees a key.

import type { Context } from 'hono';
import { createMiddleware } from 'hono/factory';
import { readCredentials } from './credentials.ts';
import type { Env } from './env.ts';
import type { Presented } from './keys.ts';
import type { FailureLimiter } from './limiter.ts';
import { refused } from './problem.ts';
import { type KeyRecord, stateOf } from './record.ts';
import { lacksScope, notRoot, type Refusal, refusal, refuse } from './refusal.ts';
import type { Store } from './store.ts';
import type { Code } from './words.ts';

interface GuardOptions {
  readonly store: Store;
  readonly rootHash: Uint8Array;
  readonly limiter: FailureLimiter;
  readonly now: () => Date;
}

export type Guards = ReturnType<typeof createGuards>;

export function createGuards({ store, rootHash, limiter, now }: GuardOptions) {
  /** Refuses; what looks like guessing is counted, and one too many gets a 429 instead. */
  function turnAway(c: Context<Env>, said: Refusal): Response {
    if (COUNTED.has(said.code)) {
      const wait = limiter.fail(c.get('address'));
      if (wait !== undefined) return refused(c, refusal('too_many_failures'), { retryAfter: wait });
    }
    return refused(c, said);
  }

  function find(key: Presented): KeyRecord | undefined {
    return key.shape.kind === 'malformed' || key.shape.kind === 'root' ? undefined : store.byHash(key.hash);
  }

  /** Opens for a live key; with `scope`, only for one that has it. */
  function keyGuard(scope?: string) {
    return createMiddleware<Env>(async (c, next) => {
      const sent = readCredentials(c.req.raw.headers, c.req.query());
      if (sent.kind === 'refused') return turnAway(c, sent.refusal);
      const record = find(sent.key);
      const said = refuse(sent.key, record, now());
      if (said || !record) return turnAway(c, said ?? refusal('unknown_key'));
      c.set('keyId', record.id);
      if (scope !== undefined && !record.scopes.includes(scope))
        return turnAway(c, lacksScope(record, scope));
      c.set('caller', record);
      // A second's precision is enough, and a busy key does not write at every call.
      const at = now();
      if (record.lastUsedAt === null || at.getTime() - Date.parse(record.lastUsedAt) >= 1000) {
        store.touch(record.id, at.toISOString());
      }
      return await next();
    });
  }

  /**
   * Opens for whoever holds a key that was issued here, live or not: holding it is enough to burn it, and for
   * nothing else.
   */
  const possessionGuard = createMiddleware<Env>(async (c, next) => {
    const sent = readCredentials(c.req.raw.headers, c.req.query());
    if (sent.kind === 'refused') return turnAway(c, sent.refusal);
    const record = find(sent.key);
    if (!record) return turnAway(c, refuse(sent.key, undefined, now()) ?? refusal('unknown_key'));
    c.set('keyId', record.id);
    c.set('caller', record);
    return await next();
  });

  /** Opens for the root key, compared in constant time. */
  const rootGuard = createMiddleware<Env>(async (c, next) => {
    const sent = readCredentials(c.req.raw.headers, c.req.query());
    if (sent.kind === 'refused') return turnAway(c, sent.refusal);
    if (sent.key.matches(rootHash)) return await next();
    const record = find(sent.key);
    if (record) {
      const live = stateOf(record, now()) === 'live';
      return turnAway(
        c,
        live ? notRoot(record) : (refuse(sent.key, record, now()) ?? refusal('unknown_key')),
      );
    }
    return turnAway(
      c,
      refusal('unknown_key', 'This is not the root key of this service.', { steps: ROOT_STEPS }),
    );
  });

  return { keyGuard, possessionGuard, rootGuard, turnAway };
}

const COUNTED: ReadonlySet<Code> = new Set<Code>(['unknown_key', 'malformed_key', 'invalid_signature']);

const ROOT_STEPS = [
  'Use the root key that the service was started with (KEYBURN_ROOT_KEY), or that it showed at its first start.',
  'If it is lost, start the service with a new one in KEYBURN_ROOT_KEY.',
];
