// The routes for the holders of keys.

import { createRoute, type OpenAPIHono, z } from '@hono/zod-openapi';
import type { Env } from './env.ts';
import type { Guards } from './guard.ts';
import { changed } from './key-routes.ts';
import { CONTRACT, json, KEY, OWN, problems } from './openapi.ts';
import { answer } from './problem.ts';
import { refusal } from './refusal.ts';
import * as schemas from './schemas.ts';
import type { Store } from './store.ts';

const MOST_REPORTS = 100;

export function addOwnRoutes(app: OpenAPIHono<Env>, guards: Guards, store: Store, now: () => Date): void {
  app.openapi(
    createRoute({
      method: 'get',
      path: '/v1/whoami',
      tags: [CONTRACT],
      summary: 'The guarded example route: who does this key belong to',
      security: KEY,
      middleware: guards.keyGuard(),
      responses: { 200: json(schemas.whoamiSchema, 'The key is live'), ...problems(400, 401, 429) },
    }),
    (c) => {
      const { id: keyId, name, environment, owner, scopes, expiresAt, lastUsedAt } = c.get('caller');
      return c.json({ keyId, name, environment, owner, scopes: [...scopes], expiresAt, lastUsedAt }, 200);
    },
  );

  app.openapi(
    createRoute({
      method: 'get',
      path: '/v1/reports',
      tags: [OWN],
      summary: "Revoked keys of the caller's owner, without the places; needs the scope reports:read",
      security: KEY,
      middleware: guards.keyGuard('reports:read'),
      responses: { 200: json(schemas.reportsSchema, 'Newest first'), ...problems(400, 401, 403, 429) },
    }),
    (c) => {
      const { owner } = c.get('caller');
      const records = owner === null ? [] : store.revokedOf(owner, MOST_REPORTS);
      const reports = records.flatMap(({ id: keyId, preview, name, revoked }) =>
        revoked
          ? [
              {
                keyId,
                preview,
                name,
                reason: revoked.cause.reason,
                revokedAt: revoked.at,
                revokedBy: revoked.by,
              },
            ]
          : [],
      );
      return c.json({ reports }, 200);
    },
  );

  app.openapi(
    createRoute({
      method: 'post',
      path: '/v1/keys/revoke-self',
      tags: [CONTRACT],
      summary:
        'Burn the key that this request carries: holding it is enough to burn it, and for nothing else',
      security: KEY,
      middleware: guards.possessionGuard,
      request: { body: { ...json(schemas.stopSchema, 'Why'), required: true } },
      responses: { 200: json(schemas.changedSchema, 'Revoked'), ...problems(400, 401, 404, 413, 415, 429) },
    }),
    (c) => {
      const { cause: reason, ...rest } = c.req.valid('json');
      const stop = { at: now().toISOString(), by: 'self-report', cause: { reason, ...rest } } as const;
      const done = store.revoke(c.get('caller').id, stop);
      if (!done) return answer(c, refusal('not_found'), 404);
      return c.json(changed(done, now()), 200);
    },
  );

  app.openapi(
    createRoute({
      method: 'get',
      path: '/health',
      tags: [OWN],
      summary: 'Is the service up, and does its store answer',
      responses: { 200: json(z.object({ status: z.literal('ok') }), 'Up'), ...problems(500) },
    }),
    (c) => {
      store.rootHash();
      return c.json({ status: 'ok' as const }, 200);
    },
  );
}
