// Slack: user, app, legacy and configuration tokens, and bot tokens. Pages, read 2026-11: docs.slack.dev/reference/methods/auth.test
// and auth.revoke. The status is 200 whatever happens: `ok` and `error` say it. Revoking a bot's token deactivates the bot user
// and removes it from its channels, so bot tokens are a service of their own, with that side effect.

import { z } from 'zod';
import { reveal } from '../model/reveal.ts';
import { bearer, type Place } from './answer.ts';
import { explaining } from './explaining.ts';
import type { Service } from './service.ts';
import { call, type Meaning, type Outcome, simple } from './simple.ts';

const who = z.object({
  ok: z.literal(true),
  team: z.string().optional(),
  user: z.string().optional(),
  app_name: z.string().optional(),
});
// auth.test names a team and a user, or the app of an app-level token.
const live = z.union([who.extend({ team_id: z.string().min(1) }), who.extend({ app_id: z.string().min(1) })]);
const no = (...errors: readonly string[]) => z.object({ ok: z.literal(false), error: z.enum(errors) });

const MEANS: readonly Meaning[] = [
  { status: 200, where: no('token_revoked'), is: 'revoked', says: 'token_revoked' },
  { status: 200, where: no('token_expired'), is: 'expired', says: 'token_expired' },
  { status: 200, where: no('account_inactive'), is: 'disabled', says: 'account_inactive' },
  { status: 200, where: no('invalid_auth'), is: 'rejected', says: 'invalid_auth' },
  {
    status: 200,
    where: no('not_allowed_token_type', 'missing_scope', 'no_permission'),
    is: 'limited',
    says: 'it authenticates, but may not ask this',
  },
  { status: 200, where: no('ratelimited', 'rate_limited'), is: 'throttled', says: 'ratelimited' },
];

const ANSWERS: readonly Outcome[] = [
  {
    status: 200,
    where: z.object({ ok: z.literal(true), revoked: z.literal(true) }),
    is: 'accepted',
    says: 'revoked',
  },
  {
    status: 200,
    where: no('token_revoked', 'token_expired', 'account_inactive', 'invalid_auth'),
    is: 'already-dead',
    says: 'it is dead',
  },
  {
    status: 200,
    where: no('not_allowed_token_type', 'not_bearer_token', 'missing_scope', 'no_permission'),
    is: 'manual',
    says: 'a token of this kind cannot revoke itself',
  },
  { status: 200, where: no('ratelimited', 'rate_limited'), is: 'throttled', says: 'ratelimited' },
];

function of(id: string, name: string, { api = 'https://slack.com', internal = false }: Place): Service {
  return simple({
    id,
    name,
    docs: 'https://docs.slack.dev/reference/methods/auth.revoke',
    hosts: [new URL(api).host],
    internal,
    check: {
      ask: ({ secret }) => call('POST', `${api}/api/auth.test`, bearer(secret)),
      live,
      says: 'with a team or an app',
      means: MEANS,
      owner: ({ team, user, app_name }) => {
        const account = [user ?? app_name, team].filter(Boolean).join(' at ');
        return account === '' ? undefined : { account };
      },
    },
    revoke: {
      // A bot's token that came in under another rule: its side effect was never announced.
      ask: ({ secret }) =>
        id === 'slack' && /^(?:xoxe\.)?xoxb-/.test(reveal(secret))
          ? 'ending it deactivates its bot user: a person decides'
          : call('POST', `${api}/api/auth.revoke`, bearer(secret)),
      answers: ANSWERS,
    },
    explain: explaining({
      name: 'Slack',
      docs: 'https://docs.slack.dev/reference/methods/auth.test',
      manage: 'https://api.slack.com/apps',
      means: MEANS,
    }),
    byHand: (preview) => [
      `Find the app of ${preview} at https://api.slack.com/apps: OAuth & Permissions > Revoke Tokens, or Basic Information > App-Level Tokens.`,
      'Ask the workspace’s admins to look at the access logs.',
    ],
  });
}

export function slack(place: Place = {}): Service {
  return of('slack', 'Slack', place);
}

export function slackBot(place: Place = {}): Service {
  return {
    ...of('slack-bot', 'Slack bots', place),
    sideEffect: 'deactivates the bot user and removes it from its channels',
  };
}
