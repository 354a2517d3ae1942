// The management routes, for the root key alone.

import { createRoute, type OpenAPIHono } from '@hono/zod-openapi';
import type { Env } from './env.ts';
import type { Guards } from './guard.ts';
import { hashOf, mint, mintId, previewOf } from './keys.ts';
import { CONTRACT, json, OWN, problems, ROOT } from './openapi.ts';
import { answer } from './problem.ts';
import { type KeyRecord, type KeyState, stateOf } from './record.ts';
import { refusal } from './refusal.ts';
import * as schemas from './schemas.ts';
import type { Changed, Store } from './store.ts';

const ID = { params: schemas.idParamSchema };

export function addKeyRoutes(app: OpenAPIHono<Env>, guards: Guards, store: Store, now: () => Date): void {
  const guarded = { security: ROOT, middleware: guards.rootGuard };

  app.openapi(
    createRoute({
      method: 'post',
      path: '/v1/keys',
      tags: [OWN],
      summary: 'Issue a key; it is shown this once',
      ...guarded,
      request: { body: { ...json(schemas.createSchema, 'The new key'), required: true } },
      responses: { 201: json(schemas.createdSchema, 'Issued'), ...problems(400, 401, 403, 413, 415, 429) },
    }),
    (c) => {
      const wanted = c.req.valid('json');
      const at = now();
      if (wanted.expiresAt !== undefined && Date.parse(wanted.expiresAt) <= at.getTime()) {
        return answer(c, refusal('invalid_request'), 400, {
          errors: [{ path: 'expiresAt', message: 'lies in the past' }],
        });
      }
      const key = mint(wanted.environment);
      const record = store.add(
        {
          id: mintId(),
          hash: hashOf(key),
          preview: previewOf(key),
          name: wanted.name,
          owner: wanted.owner ?? null,
          environment: wanted.environment,
          scopes: wanted.scopes,
          expiresAt: wanted.expiresAt ?? null,
        },
        at.toISOString(),
      );
      c.set('keyId', record.id);
      const { id: keyId, preview, environment, createdAt, expiresAt } = record;
      return c.json({ keyId, key, preview, environment, createdAt, expiresAt }, 201);
    },
  );

  app.openapi(
    createRoute({
      method: 'get',
      path: '/v1/keys',
      tags: [OWN],
      summary: 'List keys, newest first',
      ...guarded,
      request: { query: schemas.pageQuerySchema },
      responses: { 200: json(schemas.pageSchema, 'A page'), ...problems(400, 401, 403, 429) },
    }),
    (c) => {
      const { limit, cursor } = c.req.valid('query');
      // One more than asked for tells whether there is a next page.
      const records = store.page(limit + 1, cursor);
      if (!records) {
        return answer(c, refusal('invalid_request'), 400, {
          errors: [{ path: 'cursor', message: 'is not the nextCursor of a page' }],
        });
      }
      const shown = records.slice(0, limit);
      const last = records.length > limit ? shown.at(-1) : undefined;
      return c.json({ keys: shown.map((record) => view(record, now())), nextCursor: last?.id ?? null }, 200);
    },
  );

  app.openapi(
    createRoute({
      method: 'get',
      path: '/v1/keys/{id}',
      tags: [OWN],
      summary: 'One key with its history',
      ...guarded,
      request: ID,
      responses: { 200: json(schemas.keyWithHistorySchema, 'The key'), ...problems(400, 401, 403, 404, 429) },
    }),
    (c) => {
      const record = store.byId(c.req.valid('param').id);
      if (!record) return answer(c, refusal('not_found'), 404);
      c.set('keyId', record.id);
      return c.json({ ...view(record, now()), history: [...store.history(record.id)] }, 200);
    },
  );

  app.openapi(
    createRoute({
      method: 'post',
      path: '/v1/keys/{id}/disable',
      tags: [CONTRACT],
      summary: 'Switch a key off in a way that restore undoes',
      ...guarded,
      request: { ...ID, body: json(schemas.disableSchema, 'Why') },
      responses: { 200: json(schemas.changedSchema, 'Off'), ...problems(400, 401, 403, 404, 413, 415, 429) },
    }),
    (c) => {
      // A request without a body arrives as {} whatever the schema's defaults say.
      const { cause: reason, ...rest } = schemas.disableSchema.parse(c.req.valid('json'));
      const stop = { at: now().toISOString(), by: 'operator', cause: { reason, ...rest } } as const;
      const done = store.disable(c.req.valid('param').id, stop);
      if (!done) return answer(c, refusal('not_found'), 404);
      c.set('keyId', done.record.id);
      return c.json(changed(done, now()), 200);
    },
  );

  app.openapi(
    createRoute({
      method: 'post',
      path: '/v1/keys/{id}/restore',
      tags: [CONTRACT],
      summary: 'Undo a disable; a revoked key stays revoked',
      ...guarded,
      request: ID,
      responses: { 200: json(schemas.changedSchema, 'On again'), ...problems(400, 401, 403, 404, 409, 429) },
    }),
    (c) => {
      const done = store.restore(c.req.valid('param').id, now().toISOString());
      if (!done) return answer(c, refusal('not_found'), 404);
      c.set('keyId', done.record.id);
      if (done.record.revoked) return answer(c, refusal('key_is_revoked'), 409);
      return c.json(changed(done, now()), 200);
    },
  );

  app.openapi(
    createRoute({
      method: 'post',
      path: '/v1/keys/{id}/revoke',
      tags: [CONTRACT],
      summary: 'Revoke for good, with a cause; may be repeated, the first word stands',
      ...guarded,
      request: { ...ID, body: { ...json(schemas.stopSchema, 'Why'), required: true } },
      responses: {
        200: json(schemas.changedSchema, 'Revoked'),
        ...problems(400, 401, 403, 404, 413, 415, 429),
      },
    }),
    (c) => {
      const { cause: reason, ...rest } = c.req.valid('json');
      const stop = { at: now().toISOString(), by: 'operator', cause: { reason, ...rest } } as const;
      const done = store.revoke(c.req.valid('param').id, stop);
      if (!done) return answer(c, refusal('not_found'), 404);
      c.set('keyId', done.record.id);
      return c.json(changed(done, now()), 200);
    },
  );
}

export function changed({ record, changed }: Changed, now: Date) {
  return { keyId: record.id, state: stateOf(record, now), changed, revokedAt: record.revoked?.at ?? null };
}

export function view(record: KeyRecord, now: Date) {
  const { id: keyId, ...rest } = record;
  const state: KeyState = stateOf(record, now);
  return { keyId, state, ...rest, scopes: [...record.scopes] };
}
