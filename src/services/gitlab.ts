// GitLab: personal, project and group access tokens, job tokens and runners. Pages, read 2026-11: docs.gitlab.com/api/personal_access_tokens
// (self), /api/runners (verify; delete by authentication token), /api/jobs (job of a job token), /api/rest/authentication. What cannot ask for itself: gitlab-admin.ts.
// gitlab.com, or the one instance that KEYBURN_GITLAB_URL names: the tokens do not say where they are from.
// A runner's token goes only with the runner, so that is a service of its own, with its side effect.

import { z } from 'zod';
import type { Secret, Verdict } from '../model/index.ts';
import { reveal } from '../model/reveal.ts';
import { baseFor } from './address.ts';
import { type Place, unknown } from './answer.ts';
import { checkByAdmin, GITLAB_ADMIN, revokeByAdmin } from './gitlab-admin.ts';
import type { Key, Service, Tools } from './service.ts';
import { asking, call, ending, type Meaning, type Question, simple } from './simple.ts';

const SETTINGS = ['KEYBURN_GITLAB_URL'];

const self = z.object({
  id: z.number(),
  active: z.literal(true),
  revoked: z.literal(false),
  user_id: z.number(),
  last_used_at: z.string().nullish(),
});
const job = z.object({ id: z.number(), status: z.string().min(1), pipeline: z.object({ id: z.number() }) });
const runner = z.object({ id: z.number(), token: z.string().min(1) });

const said = (error: string, text?: RegExp) =>
  z.object({ error: z.literal(error), ...(text && { error_description: z.string().regex(text) }) });
const unauthorized = z.object({ message: z.literal('401 Unauthorized') });

const MEANS: readonly Meaning[] = [
  {
    status: 200,
    where: z.object({ id: z.number(), revoked: z.literal(true) }),
    is: 'revoked',
    says: 'revoked',
  },
  {
    status: 200,
    where: z.object({ id: z.number(), active: z.literal(false) }),
    is: 'expired',
    says: 'not active',
  },
  { status: 401, where: said('invalid_token', /revoked/i), is: 'revoked', says: 'revoked' },
  { status: 401, where: said('invalid_token', /expired/i), is: 'expired', says: 'expired' },
  { status: 401, where: unauthorized, is: 'rejected', says: 'unauthorized' },
  {
    status: 403,
    where: said('insufficient_scope'),
    is: 'limited',
    says: 'insufficient_scope: it authenticates',
  },
];

/** Kinds that an instance's administrator can ask about and end: docs.gitlab.com/api/admin/token. A runner's token is another service's. */
const ADMINISTERED = /^gl(?:dt|ft|imt|ffct|ptt|agent|oas)-/;

function kindOf(secret: Secret): 'access' | 'job' | 'administered' | 'other' {
  const value = reveal(secret);
  // Before 2021 an access token had no prefix: twenty characters.
  if (value.startsWith('glpat-') || /^[0-9A-Za-z_-]{20}$/.test(value)) return 'access';
  if (value.startsWith('glcbt-')) return 'job';
  return ADMINISTERED.test(value) ? 'administered' : 'other';
}

export function gitlab({ api = 'https://gitlab.com', internal = false }: Place = {}): Service {
  const base = (key: Key, tools: Tools) => `${baseFor({ settings: SETTINGS }, key, tools) ?? api}/api/v4`;
  const byHand = ({ preview }: { preview: string }) => [
    `Sign in as the owner of ${preview} and revoke it: User settings > Access tokens; of a project or group: Settings > Access tokens.`,
    'An instance’s administrator can revoke any token that was found: DELETE /api/v4/admin/token.',
  ];
  const access: Question<z.infer<typeof self>> = {
    ask: (key, tools) =>
      call('GET', `${base(key, tools)}/personal_access_tokens/self`, { 'private-token': reveal(key.secret) }),
    live: self,
    says: 'active',
    means: MEANS,
    owner: ({ user_id }) => ({ account: `user ${user_id}` }),
    usage: ({ last_used_at }) => (last_used_at ? { lastUsed: last_used_at } : undefined),
  };
  const ofJob = asking({
    ask: (key, tools) => call('GET', `${base(key, tools)}/job`, { 'job-token': reveal(key.secret) }),
    live: job,
    says: 'its job is running',
    means: MEANS,
  });
  const ofAccess = asking(access);
  const end = ending(
    {
      ask: (order, tools) =>
        call('DELETE', `${base(order, tools)}/personal_access_tokens/self`, {
          'private-token': reveal(order.secret),
        }),
      answers: [
        { status: 204, is: 'accepted', says: 'revoked itself' },
        {
          status: 401,
          where: z.union([unauthorized, said('invalid_token')]),
          is: 'already-dead',
          says: 'refused',
        },
        {
          status: 403,
          where: said('insufficient_scope'),
          is: 'manual',
          says: 'its scope does not let it revoke itself',
        },
      ],
    },
    byHand,
  );

  async function check(key: Key, tools: Tools): Promise<Verdict> {
    switch (kindOf(key.secret)) {
      case 'access':
        return ofAccess.check?.(key, tools) ?? unknown(tools, 'no-check', '');
      case 'job':
        return ofJob.check?.(key, tools) ?? unknown(tools, 'no-check', '');
      case 'administered':
        return checkByAdmin(key, tools);
      case 'other':
        return unknown(tools, 'no-check', 'GitLab has no read-only question for a token of this kind');
    }
  }

  return {
    id: 'gitlab',
    name: 'GitLab',
    docs: 'https://docs.gitlab.com/api/personal_access_tokens/',
    asks: {
      KEYBURN_GITLAB_URL:
        'the address of your GitLab, where it is not gitlab.com: https://gitlab.example.com',
      [GITLAB_ADMIN]:
        'a personal access token of an administrator of that instance, with the scopes api and admin_mode: User settings, Access tokens',
    },
    hosts: [new URL(api).host],
    settings: SETTINGS,
    internal,
    rate: { requests: 5, perMs: 1_000, concurrency: 2 },
    ...ofAccess,
    check,
    revoke: async (order, tools) => {
      const steps = byHand({ preview: order.secret.preview });
      switch (kindOf(order.secret)) {
        case 'access':
          return end(order, tools);
        case 'administered':
          return revokeByAdmin(order, tools, steps);
        case 'job':
        case 'other':
          return { outcome: 'manual', note: 'a token of this kind cannot end itself', steps };
      }
    },
    byHand,
  };
}

const FORBIDDEN = z.object({ message: z.string().startsWith('403 Forbidden') });

export function gitlabRunner({ api = 'https://gitlab.com', internal = false }: Place = {}): Service {
  const base = (key: Key, tools: Tools) => `${baseFor({ settings: SETTINGS }, key, tools) ?? api}/api/v4`;
  return simple({
    id: 'gitlab-runner',
    name: 'GitLab runners',
    docs: 'https://docs.gitlab.com/api/runners/',
    asks: {
      KEYBURN_GITLAB_URL:
        'the address of your GitLab, where it is not gitlab.com: https://gitlab.example.com',
    },
    hosts: [new URL(api).host],
    settings: SETTINGS,
    internal,
    check: {
      ask: (key, tools) =>
        call('POST', `${base(key, tools)}/runners/verify`, {}, { form: { token: reveal(key.secret) } }),
      live: runner,
      says: 'a registered runner',
      means: [{ status: 403, where: FORBIDDEN, is: 'rejected', says: 'no such runner' }],
    },
    revoke: {
      ask: (order, tools) =>
        call('DELETE', `${base(order, tools)}/runners`, {}, { form: { token: reveal(order.secret) } }),
      answers: [
        { status: 204, is: 'accepted', says: 'the runner is deleted' },
        { status: 403, where: FORBIDDEN, is: 'already-dead', says: 'no such runner' },
      ],
    },
    sideEffect: 'deletes the runner that the token belongs to',
    byHand: (preview) => [
      `Find the runner of ${preview} under Settings > CI/CD > Runners, delete it, and register a new one.`,
    ],
  });
}
