// The key service as a Hono app. The law of its log: nothing that a caller wrote goes in, only what this service chose
// itself (route patterns, codes, ids), so no key can get there in any spelling.

import { randomUUID } from 'node:crypto';
import { OpenAPIHono } from '@hono/zod-openapi';
import type { Context } from 'hono';
import { bodyLimit } from 'hono/body-limit';
import { HTTPException } from 'hono/http-exception';
import { callerOf } from './address.ts';
import { addAskingRoutes } from './asking-routes.ts';
import type { Env } from './env.ts';
import { createGuards } from './guard.ts';
import { addKeyRoutes } from './key-routes.ts';
import type { LeakDesk } from './leaks/desk.ts';
import { addLeakRoutes, type LeakOptions } from './leaks/routes.ts';
import { FailureLimiter } from './limiter.ts';
import { addOpenApi } from './openapi.ts';
import { addOwnRoutes } from './own-routes.ts';
import { addPages } from './pages.ts';
import { refused } from './problem.ts';
import { refusal } from './refusal.ts';
import type { Store } from './store.ts';

const MOST_BODY_BYTES = 64 * 1024;
/** A batch of leak reports. */
const MOST_BATCH_BYTES = 2 * 1024 * 1024;
const BATCHES = /^\/v1\/(?:leaks\/(?!found$)|revoke_tokens$)/;
const FAILURES_A_MINUTE = 120;
const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/;

export interface KeyServiceOptions {
  readonly store: Store;
  /** SHA-256 of the root key. */
  readonly rootHash: Uint8Array;
  /** Where callers reach the service, without a slash at the end; documentation addresses start with it. */
  readonly baseUrl: () => string;
  readonly now?: () => Date;
  /** Takes one JSON object a line, without a line end. */
  readonly log?: (line: string) => void;
  /** Where leak reports may come from, and who takes them; without it there are no such routes. */
  readonly leaks?: { readonly from: LeakOptions; readonly desk: LeakDesk };
  /** Answers everything below /incidents: a page with its own sign-in. */
  readonly incidents?: (request: Request) => Response | Promise<Response>;
  /** Addresses of proxies whose X-Forwarded-For is believed. */
  readonly proxies?: readonly string[];
  /** Refused unknown keys in a minute from one address before it gets 429. */
  readonly failuresAMinute?: number;
}

export type KeyService = OpenAPIHono<Env>;

export function createKeyService(options: KeyServiceOptions): KeyService {
  const { store, rootHash, baseUrl, now = () => new Date(), log = () => {} } = options;
  const limiter = new FailureLimiter(options.failuresAMinute ?? FAILURES_A_MINUTE, now);
  const guards = createGuards({ store, rootHash, limiter, now });

  const app = new OpenAPIHono<Env>({
    defaultHook: (result, c) => {
      if (result.success) return undefined;
      const errors = result.error.issues.map(({ path, message }) => ({ path: path.join('.'), message }));
      return refused(c, refusal('invalid_request'), { errors });
    },
  });

  app.use('*', async (c, next) => {
    const began = performance.now();
    const asked = c.req.header('x-request-id')?.toLowerCase();
    // Only a UUID is taken over: anything else might be a key.
    const requestId = asked !== undefined && UUID.test(asked) ? asked : randomUUID();
    c.set('requestId', requestId);
    c.set('baseUrl', baseUrl());
    const socket = c.env?.incoming?.socket.remoteAddress;
    c.set('address', callerOf(socket, c.req.header('x-forwarded-for'), options.proxies ?? []));
    await next();
    c.res.headers.set('x-request-id', requestId);
    c.res.headers.set('x-content-type-options', 'nosniff');
    if (!c.res.headers.has('referrer-policy')) c.res.headers.set('referrer-policy', 'no-referrer');
    if (c.req.path.startsWith('/v1/')) c.res.headers.set('cache-control', 'no-store');
    log(
      JSON.stringify({
        at: now().toISOString(),
        event: 'request',
        requestId,
        method: c.req.method,
        route: routeOf(c.req.matchedRoutes),
        status: c.res.status,
        code: c.get('code'),
        keyId: c.get('keyId'),
        ms: Math.round(performance.now() - began),
      }),
    );
  });
  const limit = (maxSize: number) =>
    bodyLimit({ maxSize, onError: (c) => refused(c, refusal('payload_too_large')) });
  const [usual, batch] = [limit(MOST_BODY_BYTES), limit(MOST_BATCH_BYTES)];
  app.use('*', (c, next) => (BATCHES.test(c.req.path) ? batch : usual)(c, next));

  addOwnRoutes(app, guards, store, now);
  addKeyRoutes(app, guards, store, now);
  addAskingRoutes(app, guards, store, limiter, now);
  if (options.leaks) addLeakRoutes(app, guards, options.leaks.from, options.leaks.desk, now);
  const { leaks, incidents } = options;
  addPages(app, { found: leaks?.from.found !== undefined, incidents: incidents !== undefined });
  addOpenApi(app);
  if (options.incidents)
    app.all('/incidents/:page{.+}', takes(options.incidents)).all('/incidents', takes(options.incidents));

  app.notFound((c) => refused(c, refusal('not_found')));
  app.onError((error, c) => {
    if (error instanceof HTTPException && error.status === 415)
      return refused(c, refusal('unsupported_media_type'));
    if (error instanceof HTTPException && error.status < 500) {
      // Never the error's own message: for JSON it quotes the body, which may hold a key.
      return refused(c, refusal('invalid_request'), {
        errors: [{ path: '', message: 'the body is not well-formed JSON' }],
      });
    }
    log(
      JSON.stringify({
        at: now().toISOString(),
        event: 'fault',
        requestId: c.get('requestId'),
        name: error.name,
        stack: frames(error),
      }),
    );
    return refused(c, refusal('internal_fault'));
  });
  return app;
}

function takes(page: NonNullable<KeyServiceOptions['incidents']>) {
  return (c: Context<Env>) => page(c.req.raw);
}

/** The pattern of the route that answered, never the path that was asked for. */
function routeOf(routes: readonly { readonly path: string }[]): string {
  return routes.map(({ path }) => path).findLast((path) => !path.includes('*')) ?? '(none)';
}

/** Where it happened, without the message: that may quote input. */
function frames(error: Error): string[] {
  const lines = error.stack?.split('\n') ?? [];
  return lines.map((text) => text.trim()).filter((text) => text.startsWith('at '));
}
