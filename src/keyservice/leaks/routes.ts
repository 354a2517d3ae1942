// POST /v1/leaks/…: only what the operator has set up is there at all.

import { type OpenAPIHono, z } from '@hono/zod-openapi';
import type { Context } from 'hono';
import type { Env } from '../env.ts';
import type { Guards } from '../guard.ts';
import { CONTRACT, json, OWN, problems, RECEIVER, ROOT } from '../openapi.ts';
import { refused } from '../problem.ts';
import { refusal } from '../refusal.ts';
import { full } from './busy.ts';
import type { LeakDesk } from './desk.ts';
import type { FoundOptions } from './found.ts';
import { addFoundRoutes } from './found-routes.ts';
import type { GitLabRevocationOptions } from './gitlab.ts';
import { addGitLabRoutes } from './gitlab-routes.ts';
import { createKeyburnReceiver, keyburnReportSchema, takenSchema } from './keyburn-report.ts';
import { createPartnerReceiver, GITHUB, GITLAB, MOST_TOKENS, type PartnerOptions } from './partner.ts';

export interface LeakOptions {
  /** GitHub's secret-scanning partner protocol; `url` is where its public keys are. */
  readonly github?: PartnerOptions;
  /** GitLab's partner protocol; the address of its public keys is given on enrolment. */
  readonly gitlab?: PartnerOptions;
  /** Token revocation requests of a self-managed GitLab. */
  readonly gitlabRevocation?: GitLabRevocationOptions;
  /** Reports of keyburn scanners that share this secret. */
  readonly keyburn?: { readonly secret: string };
  /** The form and the endpoint for everybody. */
  readonly found?: FoundOptions;
}

const partnerReport = z
  .array(
    z.object({
      token: z.string(),
      type: z.string(),
      url: z.string().optional(),
      source: z.string().optional(),
    }),
  )
  .max(MOST_TOKENS);
const feedbackSchema = z.array(
  z.object({
    token_hash: z.string(),
    token_type: z.string(),
    label: z.enum(['true_positive', 'false_positive']),
  }),
);
const countsSchema = z
  .object({
    waiting: z.int().openapi({ description: 'Taken, and not worked off yet.' }),
    dead: z.int(),
    notOurs: z.int(),
    person: z.int().openapi({ description: 'No program could finish these: see the log.' }),
  })
  .openapi('LeakCounts');

export function addLeakRoutes(
  app: OpenAPIHono<Env>,
  guards: Guards,
  options: LeakOptions,
  desk: LeakDesk,
  now: () => Date,
): void {
  const { github, gitlab, gitlabRevocation, keyburn, found } = options;
  if (github) addPartner('github', 'GitHub', github);
  if (gitlab) addPartner('gitlab', 'GitLab', gitlab);
  if (gitlabRevocation) addGitLabRoutes(app, guards, gitlabRevocation, desk, now);
  if (keyburn) addScanners(keyburn.secret);
  if (found) addFoundRoutes(app, found, desk, now);

  app.openAPIRegistry.registerPath({
    method: 'get',
    path: '/v1/leaks',
    tags: [OWN],
    summary: 'How many reports wait, and what became of the others',
    security: ROOT,
    responses: { 200: json(countsSchema, 'Counts'), ...problems(401, 403, 429) },
  });
  app.get('/v1/leaks', guards.rootGuard, (c) => c.json(desk.counts(), 200));

  function addPartner(name: 'github' | 'gitlab', title: string, from: PartnerOptions): void {
    const programme = name === 'github' ? GITHUB : GITLAB;
    const receive = createPartnerReceiver(programme, { ...from, now }, desk);
    const scheme = `${name}Signature`;
    app.openAPIRegistry.registerComponent('securitySchemes', scheme, {
      type: 'apiKey',
      in: 'header',
      name: `${title === 'GitHub' ? 'Github' : 'Gitlab'}-Public-Key-Signature`,
      description: `ECDSA P-256 over SHA-256 of the raw body, DER in base64, with ${title === 'GitHub' ? 'Github' : 'Gitlab'}-Public-Key-Identifier.`,
    });
    app.openAPIRegistry.registerPath({
      method: 'post',
      path: `/v1/leaks/${name}`,
      tags: [RECEIVER],
      summary: `Leak reports of ${title}'s secret-scanning partner programme`,
      security: [{ [scheme]: [] }],
      request: signedBody(partnerReport),
      responses: {
        200: json(feedbackSchema, 'Taken; one line of feedback for each token that can be judged at once'),
        ...problems(400, 401, 413, 429, 503),
      },
    });
    app.post(`/v1/leaks/${name}`, async (c) => {
      const received = await receive(await rawBody(c), c.req.raw.headers);
      switch (received.outcome) {
        case 'taken':
          return c.json(received.feedback, 200);
        case 'unsigned':
          return guards.turnAway(c, refusal('invalid_signature'));
        case 'recorded':
          return guards.turnAway(
            c,
            refusal(
              'invalid_signature',
              'This very report was taken more than an hour ago: it is a recording.',
            ),
          );
        case 'unreadable':
          return unreadable(c, 'The report is signed, but it is not a list of tokens.');
        case 'unavailable':
          return refused(c, refusal('signers_unavailable'), { retryAfter: 60 });
        case 'full':
          return full(c);
      }
    });
  }

  function addScanners(secret: string): void {
    const receive = createKeyburnReceiver(secret, desk, now);
    app.openAPIRegistry.registerComponent('securitySchemes', 'webhookSignature', {
      type: 'apiKey',
      in: 'header',
      name: 'webhook-signature',
      description:
        'Standard Webhooks, v1: HMAC-SHA256 of `id.timestamp.body`, with webhook-id and webhook-timestamp.',
    });
    app.openAPIRegistry.registerPath({
      method: 'post',
      path: '/v1/leaks/keyburn',
      tags: [CONTRACT],
      summary: 'Leak reports of keyburn scanners, by the SHA-256 of the key',
      security: [{ webhookSignature: [] }],
      request: signedBody(keyburnReportSchema),
      responses: { 200: json(takenSchema, 'Taken'), ...problems(400, 401, 413, 429, 503) },
    });
    app.post('/v1/leaks/keyburn', async (c) => {
      const received = await receive(await rawBody(c), c.req.raw.headers);
      switch (received.outcome) {
        case 'taken':
          return c.json({ results: received.results }, 200);
        case 'unsigned':
          return guards.turnAway(c, refusal('invalid_signature'));
        case 'unreadable':
          return unreadable(c, 'The report is signed, but it does not have the shape of one.');
        case 'full':
          return full(c);
      }
    });
  }
}

async function rawBody(c: Context<Env>): Promise<Uint8Array> {
  return new Uint8Array(await c.req.raw.arrayBuffer());
}

function signedBody(schema: z.ZodType) {
  return { body: { ...json(schema, 'Signed as it stands'), required: true } };
}

function unreadable(c: Context<Env>, detail: string): Response {
  return refused(c, refusal('invalid_request', detail));
}
