// The two routes of GitLab's Token Revocation API, with the paths and the statuses that its documentation gives.

import { type OpenAPIHono, z } from '@hono/zod-openapi';
import type { Env } from '../env.ts';
import type { Guards } from '../guard.ts';
import { json, problems, RECEIVER } from '../openapi.ts';
import { refused } from '../problem.ts';
import { refusal } from '../refusal.ts';
import { full } from './busy.ts';
import type { LeakDesk } from './desk.ts';
import { createGitLabReceiver, type GitLabRevocationOptions, revokeTokensSchema } from './gitlab.ts';

const SECURITY = [{ gitlabToken: [] }];

export function addGitLabRoutes(
  app: OpenAPIHono<Env>,
  guards: Guards,
  options: GitLabRevocationOptions,
  desk: LeakDesk,
  now: () => Date,
): void {
  const { authorized, types, receive } = createGitLabReceiver(options, desk, now);
  app.openAPIRegistry.registerComponent('securitySchemes', 'gitlabToken', {
    type: 'apiKey',
    in: 'header',
    name: 'Authorization',
    description: 'The token that GitLab and this service share.',
  });
  app.openAPIRegistry.registerPath({
    method: 'get',
    path: '/v1/revocable_token_types',
    tags: [RECEIVER],
    summary: 'GitLab asks: which types of token are taken',
    security: SECURITY,
    responses: {
      200: json(z.object({ types: z.array(z.string()) }), 'The types'),
      ...problems(401, 405, 429),
    },
  });
  app.openAPIRegistry.registerPath({
    method: 'post',
    path: '/v1/revoke_tokens',
    tags: [RECEIVER],
    summary: 'GitLab reports leaked tokens',
    security: SECURITY,
    request: { body: { ...json(revokeTokensSchema, 'The tokens'), required: true } },
    responses: { 204: { description: 'Taken' }, ...problems(400, 401, 405, 413, 429, 503) },
  });

  const shared = refusal(
    'invalid_signature',
    'The token in Authorization is not the one that was agreed on.',
  );
  app.get('/v1/revocable_token_types', (c) =>
    authorized(c.req.raw.headers) ? c.json({ types }, 200) : guards.turnAway(c, shared),
  );
  app.post('/v1/revoke_tokens', async (c) => {
    switch (await receive(await c.req.text(), c.req.raw.headers)) {
      case 'taken':
        return c.body(null, 204);
      case 'unauthorized':
        return guards.turnAway(c, shared);
      case 'unreadable':
        return refused(c, refusal('invalid_request', 'The body is not a list of tokens.'));
      case 'unsupported':
        return refused(
          c,
          refusal('invalid_request', 'A type is not among those that /v1/revocable_token_types names.'),
        );
      case 'full':
        return full(c);
    }
  });
  app.all('/v1/revocable_token_types', (c) => refused(c, refusal('method_not_allowed')));
  app.all('/v1/revoke_tokens', (c) => refused(c, refusal('method_not_allowed')));
}
