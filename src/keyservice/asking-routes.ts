// Questions about a key that change nothing: does it live, whose is it, when was it used.

import { createRoute, type OpenAPIHono } from '@hono/zod-openapi';
import type { Env } from './env.ts';
import type { Guards } from './guard.ts';
import { view } from './key-routes.ts';
import { hashOf, shapeOf } from './keys.ts';
import type { FailureLimiter } from './limiter.ts';
import { CONTRACT, json, problems, ROOT } from './openapi.ts';
import { answer } from './problem.ts';
import { stateOf } from './record.ts';
import { refusal } from './refusal.ts';
import * as schemas from './schemas.ts';
import type { Store } from './store.ts';

const ID = { params: schemas.idParamSchema };

export function addAskingRoutes(
  app: OpenAPIHono<Env>,
  guards: Guards,
  store: Store,
  limiter: FailureLimiter,
  now: () => Date,
): void {
  const guarded = { security: ROOT, middleware: guards.rootGuard };

  app.openapi(
    createRoute({
      method: 'post',
      path: '/v1/keys/check',
      tags: [CONTRACT],
      summary: 'Is this key live? By the key or by its SHA-256, so that it need not travel',
      ...guarded,
      request: { body: { ...json(schemas.checkSchema, 'The key or its hash'), required: true } },
      responses: {
        200: json(schemas.checkedSchema, 'What is known'),
        ...problems(400, 401, 403, 413, 415, 429),
      },
    }),
    (c) => {
      const asked = c.req.valid('json');
      if ('key' in asked && shapeOf(asked.key).kind === 'malformed') {
        return c.json({ valid: false, state: 'malformed' as const }, 200);
      }
      const record = store.byHash('key' in asked ? hashOf(asked.key) : Buffer.from(asked.sha256, 'hex'));
      if (!record) return c.json({ valid: false, state: 'unknown' as const }, 200);
      c.set('keyId', record.id);
      const { keyId, state, name, environment, owner, lastUsedAt, expiresAt, disabled, revoked } = view(
        record,
        now(),
      );
      const known = { keyId, name, environment, owner, lastUsedAt, expiresAt, disabled, revoked };
      return c.json({ valid: state === 'live', state, ...known }, 200);
    },
  );

  app.openapi(
    createRoute({
      method: 'post',
      path: '/v1/check',
      tags: [CONTRACT],
      summary: 'Is this key live? By its SHA-256 alone, for everybody: a scanner need not show the key',
      request: { body: { ...json(schemas.checkByHashSchema, 'The hash'), required: true } },
      responses: {
        200: json(schemas.stateOnlySchema, 'The state, and no more'),
        ...problems(400, 413, 415, 429),
      },
    }),
    (c) => {
      // Whoever has the hash of 190 random bits has had the key, so the state tells nobody anything new; the owner and the place would.
      const record = store.byHash(Buffer.from(c.req.valid('json').sha256, 'hex'));
      if (record) return c.json({ state: stateOf(record, now()), environment: record.environment }, 200);
      const wait = limiter.fail(c.get('address'));
      if (wait !== undefined) return answer(c, refusal('too_many_failures'), 429, { retryAfter: wait });
      return c.json({ state: 'unknown' as const }, 200);
    },
  );

  app.openapi(
    createRoute({
      method: 'get',
      path: '/v1/keys/{id}/owner',
      tags: [CONTRACT],
      summary: 'Whose key is it: who must be told',
      ...guarded,
      request: ID,
      responses: { 200: json(schemas.ownerSchema, 'The owner'), ...problems(400, 401, 403, 404, 429) },
    }),
    (c) => {
      const record = store.byId(c.req.valid('param').id);
      if (!record) return answer(c, refusal('not_found'), 404);
      const { id: keyId, owner, name } = record;
      return c.json({ keyId, owner, name }, 200);
    },
  );

  app.openapi(
    createRoute({
      method: 'get',
      path: '/v1/keys/{id}/usage',
      tags: [CONTRACT],
      summary: 'When was it made and used last: how urgent is it',
      ...guarded,
      request: ID,
      responses: { 200: json(schemas.usageSchema, 'The use'), ...problems(400, 401, 403, 404, 429) },
    }),
    (c) => {
      const record = store.byId(c.req.valid('param').id);
      if (!record) return answer(c, refusal('not_found'), 404);
      const { id: keyId, createdAt, lastUsedAt } = record;
      return c.json({ keyId, createdAt, lastUsedAt }, 200);
    },
  );
}
