// GitHub: personal, OAuth and app tokens. Pages, read 2026-11: docs.github.com/en/rest/users/users (GET /user),
// docs.github.com/en/rest/credentials/revoke, docs.github.com/en/rest/apps/installations (ghs_).
// GitHub never says why a token is dead: "Bad credentials" is `rejected`. Its 403 is three things: a rate limit, a
// lock after many bad tries (both say nothing of the key), and a live key that may not do this.

import { z } from 'zod';
import type { RevokeOrder, Secret, Verdict } from '../model/index.ts';
import { reveal } from '../model/reveal.ts';
import {
  alive,
  bearer,
  dead,
  JSON_BODY,
  limited,
  notDone,
  oneLine,
  type Place,
  refused,
  seen,
  silent,
  throttled,
  unexpected,
  unknown,
} from './answer.ts';
import type {
  Explanation,
  HttpResponse,
  IssuerReply,
  IssuerRequest,
  RevokeReply,
  Service,
  Tools,
} from './service.ts';

const DOCS = 'https://docs.github.com/en/rest/credentials/revoke';
const AUTH_DOCS = 'https://docs.github.com/en/rest/authentication/authenticating-to-the-rest-api';

/** https://docs.github.com/en/authentication/keeping-your-account-and-data-secure/about-authentication-to-github#githubs-token-formats */
type Kind = 'user' | 'installation' | 'refresh' | 'old';

function kindOf(secret: Secret): Kind {
  const value = reveal(secret);
  if (value.startsWith('ghs_')) return 'installation';
  if (value.startsWith('ghr_')) return 'refresh';
  return /^(?:gh[pou]_|github_pat_)/.test(value) ? 'user' : 'old';
}

const user = z.object({ login: z.string().min(1), email: z.string().nullish() });
const installation = z.object({
  total_count: z.number(),
  repositories: z.array(z.object({ owner: z.object({ login: z.string().min(1) }) })),
});
const problem = z.object({ message: z.string(), documentation_url: z.string().optional() });

const OFTEN = /rate limit|abuse detection|maximum number of login attempts/i;
// The key authenticated: its holder may not do this, or not from here.
const MAY_NOT = /^resource not accessible by|SAML|correct authorization credentials|IP allow list/i;

type Answered = Extract<IssuerReply, { kind: 'answered' }>;

function message(reply: Pick<HttpResponse, 'json'>): string {
  return problem.safeParse(reply.json).data?.message ?? '';
}

function isThrottle(reply: Pick<HttpResponse, 'headers' | 'json'>): boolean {
  const { headers } = reply;
  return headers['x-ratelimit-remaining'] === '0' || 'retry-after' in headers || OFTEN.test(message(reply));
}

function refusal(tools: Tools, request: IssuerRequest, reply: Answered): Verdict {
  if (reply.status === 401 && message(reply) === 'Bad credentials') {
    return dead(tools, 'rejected', seen(request, reply, 'Bad credentials'));
  }
  if (reply.status === 403) {
    if (isThrottle(reply)) return throttled(tools, request, reply);
    if ('x-github-sso' in reply.headers || MAY_NOT.test(message(reply))) {
      return limited(tools, seen(request, reply, 'authenticates, but is kept out'));
    }
  }
  return unexpected(tools, request, reply);
}

const NAMES_NOBODY =
  'GitHub does not accept this credential; it does not say whether it expired, was revoked or never existed.';

function explain(response: HttpResponse): Explanation | undefined {
  const body = problem.safeParse(response.json).data;
  const documented = body?.documentation_url?.startsWith('https://docs.github.com/') === true;
  if (!body || !(documented || 'x-github-request-id' in response.headers)) return undefined;
  const requestId = response.headers['x-github-request-id'];
  const base = { docs: AUTH_DOCS, ...(requestId && { requestId }) };
  if (isThrottle(response) && (response.status === 403 || response.status === 429)) {
    const steps = ['Wait until the time in `retry-after` or `x-ratelimit-reset`, then try again.'];
    return {
      ...base,
      cause: 'throttled',
      meaning: 'GitHub limits how often you ask; this says nothing about the token.',
      steps,
    };
  }
  if (response.status === 401 && /bad credentials/i.test(body.message)) {
    const steps = [
      'Look at https://github.com/settings/tokens and the security log: GitHub revokes tokens that it finds in public repositories and gists.',
      'If it leaked, find and remove it, then create a new one with the fewest rights and an expiry.',
      'Send it as `Authorization: Bearer …` from an environment variable or a secrets manager.',
    ];
    return { ...base, cause: 'rejected', meaning: NAMES_NOBODY, steps };
  }
  if (response.status === 401) {
    const steps = [
      'Send the token as `Authorization: Bearer …`; check that no proxy or redirect drops the header.',
    ];
    return { ...base, cause: 'missing', meaning: 'GitHub saw no credential in the request.', steps };
  }
  if (response.status === 403) {
    const steps = [
      `GitHub says: ${oneLine(body.message)}`,
      'Give the token the permission, or authorise it for the organisation (SSO).',
    ];
    return { ...base, cause: 'forbidden', meaning: 'The token works, but may not do this.', steps };
  }
  return undefined;
}

export interface GitHubPlace extends Place {
  /** Where a person manages tokens. */
  readonly web?: string;
}

export function github(place: GitHubPlace = {}): Service {
  const { api = 'https://api.github.com', internal = false, web = 'https://github.com' } = place;
  const common = { accept: 'application/vnd.github+json', 'x-github-api-version': '2022-11-28' };

  function question(secret: Secret, kind: Kind): IssuerRequest {
    const headers = { ...common, ...bearer(secret) };
    return kind === 'installation'
      ? {
          method: 'GET',
          url: `${api}/installation/repositories?per_page=1`,
          headers,
          what: 'GET /installation/repositories',
        }
      : { method: 'GET', url: `${api}/user`, headers, what: 'GET /user' };
  }

  async function check({ secret }: { secret: Secret }, tools: Tools): Promise<Verdict> {
    const kind = kindOf(secret);
    // Using a refresh token changes it: there is no read-only question.
    if (kind === 'refresh') return unknown(tools, 'no-check', 'a refresh token changes when it is used');
    const request = question(secret, kind);
    const reply = await tools.ask(request);
    if (reply.kind === 'unanswered') return silent(tools, reply);
    if (reply.status !== 200) return refusal(tools, request, reply);
    if (kind === 'installation') {
      return installation.safeParse(reply.json).success
        ? alive(tools, seen(request, reply, 'with the installation’s repositories'))
        : unexpected(tools, request, reply);
    }
    if (!user.safeParse(reply.json).success) return unexpected(tools, request, reply);
    const scopes = /^[a-z:_, ]{1,300}$/.exec(reply.headers['x-oauth-scopes'] ?? '')?.[0];
    return alive(tools, seen(request, reply, scopes ? `with a login; scopes: ${scopes}` : 'with a login'));
  }

  const byHand = ({ preview }: { preview: string }) => [
    `Sign in as the owner of ${preview} and delete it: ${web}/settings/tokens (personal) or ${web}/settings/applications (OAuth and app grants).`,
    'Read the security log of the account and of its organisations for what was done with it.',
  ];

  /** Unauthenticated on purpose: an authenticated request gets a 403. The answer is one 202 for all of them. */
  async function burn(orders: readonly RevokeOrder[], tools: Tools): Promise<RevokeReply> {
    const credentials = orders.map(({ secret }) => reveal(secret));
    const request: IssuerRequest = {
      method: 'POST',
      url: `${api}/credentials/revoke`,
      headers: { ...common, ...JSON_BODY, accept: common.accept },
      body: JSON.stringify({ credentials }),
      what: 'POST /credentials/revoke',
    };
    const reply = await tools.ask(request);
    if (reply.kind === 'unanswered') return notDone(reply);
    if (reply.status === 202)
      return { outcome: 'accepted', note: seen(request, reply, 'accepted; the owner gets an e-mail') };
    if (reply.status === 403 && isThrottle(reply))
      return { outcome: 'unanswered', why: 'throttled', detail: `${request.what}: 403` };
    return refused(request, reply);
  }

  async function endInstallation(order: RevokeOrder, tools: Tools): Promise<RevokeReply> {
    const request: IssuerRequest = {
      method: 'DELETE',
      url: `${api}/installation/token`,
      headers: { ...common, ...bearer(order.secret) },
      what: 'DELETE /installation/token',
    };
    const reply = await tools.ask(request);
    if (reply.kind === 'unanswered') return notDone(reply);
    if (reply.status === 204) return { outcome: 'accepted', note: seen(request, reply, 'revoked') };
    if (reply.status === 401 && message(reply) === 'Bad credentials') {
      return { outcome: 'already-dead', note: seen(request, reply, 'Bad credentials') };
    }
    return refused(request, reply);
  }

  return {
    id: 'github',
    name: 'GitHub',
    docs: DOCS,
    hosts: [new URL(api).host],
    internal,
    // 5,000 an hour and token (GitHub's primary limit), no more than 100 at once; revoking: 60 calls an hour and address.
    rate: { requests: 10, perMs: 1_000, concurrency: 4 },
    // 202: GitHub does it in the background.
    settlesInMs: 60_000,
    check,
    owner: async ({ secret }, tools) => {
      const kind = kindOf(secret);
      if (kind === 'refresh') return undefined;
      const reply = await tools.ask(question(secret, kind));
      if (reply.kind === 'unanswered' || reply.status !== 200) return undefined;
      if (kind === 'installation') {
        const first = installation.safeParse(reply.json).data?.repositories[0];
        return first && { account: first.owner.login };
      }
      const found = user.safeParse(reply.json).data;
      return found && { account: found.login, ...(found.email && { email: found.email }) };
    },
    revoke: async (order, tools) => {
      switch (kindOf(order.secret)) {
        case 'installation':
          return endInstallation(order, tools);
        case 'user':
        case 'refresh':
          return burn([order], tools);
        case 'old':
          return {
            outcome: 'manual',
            note: 'GitHub’s revocation takes tokens with a prefix only',
            steps: byHand({ preview: order.secret.preview }),
          };
      }
    },
    revokeMany: {
      most: 1_000, // maxItems of the operation
      takes: ({ secret }) => ['user', 'refresh'].includes(kindOf(secret)),
      revoke: async (orders, tools) =>
        orders.every(({ secret }) => ['user', 'refresh'].includes(kindOf(secret)))
          ? burn(orders, tools)
          : {
              outcome: 'refused',
              note: 'one of these tokens is of a kind that cannot be revoked in a batch',
            },
    },
    byHand,
    explain,
  };
}
