// POST /v1/leaks/…: only what the operator has set up is there at all.

import { type OpenAPIHono, z } from '@hono/zod-openapi';
import type { Context } from 'hono';
import type { Env } from '../env.ts';
import type { Guards } from '../guard.ts';
import { json, problems } from '../openapi.ts';
import { refused } from '../problem.ts';
import { refusal } from '../refusal.ts';
import type { LeakDesk } from './desk.ts';
import { createGitHubReceiver, type GitHubOptions, MOST_TOKENS } from './github.ts';
import { createKeyburnReceiver, keyburnReportSchema, takenSchema } from './keyburn-report.ts';

export interface LeakOptions {
  /** GitHub's secret-scanning partner protocol; `url` is where its public keys are. */
  readonly github?: GitHubOptions;
  /** Reports of keyburn scanners that share this secret. */
  readonly keyburn?: { readonly secret: string };
}

const githubReport = z
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

export function addLeakRoutes(
  app: OpenAPIHono<Env>,
  guards: Guards,
  options: LeakOptions,
  desk: LeakDesk,
  now: () => Date,
): void {
  const { github, keyburn } = options;
  const raw = async (c: Context<Env>) => new Uint8Array(await c.req.raw.arrayBuffer());
  const body = (schema: z.ZodType) => ({ body: { ...json(schema, 'Signed as it stands'), required: true } });

  if (github) {
    const receive = createGitHubReceiver({ ...github, now }, desk);
    app.openAPIRegistry.registerComponent('securitySchemes', 'githubSignature', {
      type: 'apiKey',
      in: 'header',
      name: 'Github-Public-Key-Signature',
      description: 'ECDSA P-256 over SHA-256 of the raw body, with Github-Public-Key-Identifier.',
    });
    app.openAPIRegistry.registerPath({
      method: 'post',
      path: '/v1/leaks/github',
      summary: "Leak reports of GitHub's secret-scanning partner programme",
      security: [{ githubSignature: [] }],
      request: body(githubReport),
      responses: {
        200: json(feedbackSchema, 'Taken; one line of feedback a token'),
        ...problems(400, 401, 413, 429, 503),
      },
    });
    app.post('/v1/leaks/github', async (c) => {
      const received = await receive(await raw(c), c.req.raw.headers);
      switch (received.outcome) {
        case 'taken':
          return c.json(received.feedback, 200);
        case 'unsigned':
          return guards.turnAway(c, refusal('invalid_signature'));
        case 'unreadable':
          return refused(
            c,
            refusal('invalid_request', 'The report is signed, but it is not a list of tokens.'),
          );
        case 'unavailable':
          return refused(c, refusal('signers_unavailable'), { retryAfter: 60 });
      }
    });
  }

  if (keyburn) {
    const receive = createKeyburnReceiver(keyburn.secret, desk, now);
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
      summary: 'Leak reports of keyburn scanners, by the SHA-256 of the key',
      security: [{ webhookSignature: [] }],
      request: body(keyburnReportSchema),
      responses: { 200: json(takenSchema, 'Taken'), ...problems(400, 401, 413, 429) },
    });
    app.post('/v1/leaks/keyburn', async (c) => {
      const received = receive(await raw(c), c.req.raw.headers);
      switch (received.outcome) {
        case 'taken':
          return c.json({ results: received.results }, 200);
        case 'unsigned':
          return guards.turnAway(c, refusal('invalid_signature'));
        case 'unreadable':
          return refused(
            c,
            refusal('invalid_request', 'The report is signed, but it does not have the shape of one.'),
          );
      }
    });
  }
}
