// Cloudflare API tokens. Pages: developers.cloudflare.com/api user/tokens and accounts/tokens (verify, get, update,
// delete), fundamentals/api/get-started/account-owned-tokens. A token of an account is unknown at the user's address, so a refusal
// there is not enough: the account's own is asked as well. The verify reply names the token's id, so nothing has to be guessed.
// The global key has no call that changes it.

import { z } from 'zod';
import type { Secret, Verdict } from '../model/index.ts';
import { reveal } from '../model/reveal.ts';
import { alive, bearer, dead, type Place, seen, silent, unexpected, unknown } from './answer.ts';
import { byAdmin, segment } from './by-admin.ts';
import { explaining } from './explaining.ts';
import type { Key, RevokeReply, Service, Tools } from './service.ts';
import { call, type Meaning, type Outcome } from './simple.ts';

const ADMIN = 'CLOUDFLARE_ADMIN_TOKEN';
const ID = z.string().regex(/^[0-9a-f]{32}$/);

const verified = z.object({
  success: z.literal(true),
  result: z.object({ id: ID, status: z.enum(['active', 'disabled', 'expired']) }),
});
const accounts = z.object({ success: z.literal(true), result: z.array(z.object({ id: ID })) });
const user = z.object({ success: z.literal(true), result: z.object({ id: ID, email: z.string() }) });
const failed = z.object({
  success: z.literal(false),
  errors: z.array(z.object({ code: z.number(), message: z.string() })).min(1),
});
const token = z.object({
  success: z.literal(true),
  result: z.looseObject({ id: ID, name: z.string(), policies: z.array(z.unknown()).min(1) }),
});
const done = z.object({ success: z.literal(true) });

const code = (...codes: readonly number[]) =>
  z.object({
    success: z.literal(false),
    errors: z
      .array(z.object({ code: z.number() }))
      .refine((list) => list.some((one) => codes.includes(one.code))),
  });
const OWN: readonly Meaning[] = [
  { status: 401, where: code(1000), is: 'rejected', says: 'Invalid API Token' },
  { status: 400, where: code(6003), is: 'rejected', says: 'Invalid request headers' },
];

interface Found {
  readonly path: string;
  readonly status: string;
  /** What an update has to repeat. */
  readonly body: Readonly<Record<string, unknown>>;
}

export function cloudflare(place: Place = {}): Service {
  const { api = 'https://api.cloudflare.com', internal = false } = place;
  const base = `${api}/client/v4`;

  interface Where {
    readonly path: string;
    readonly id: string;
    readonly status: 'active' | 'disabled' | 'expired';
    readonly why: string;
  }

  async function verifyAt(path: string, secret: Secret, tools: Tools): Promise<Where | Verdict> {
    const request = call('GET', `${base}${path}/verify`, bearer(secret), { what: 'GET tokens/verify' });
    const reply = await tools.ask(request);
    if (reply.kind === 'unanswered') return silent(tools, reply);
    const body = reply.status === 200 ? verified.safeParse(reply.json).data : undefined;
    if (body) return { path, ...body.result, why: seen(request, reply, body.result.status) };
    const codes = failed.safeParse(reply.json).data?.errors.map(({ code }) => code) ?? [];
    const no =
      (reply.status === 401 || reply.status === 400) && codes.some((one) => [1000, 6003].includes(one));
    return no
      ? dead(tools, 'rejected', seen(request, reply, 'Invalid API Token'))
      : unexpected(tools, request, reply);
  }

  /** The user's address first, then each account that the token sees. */
  async function whereIs(secret: Secret, tools: Tools): Promise<Where | Verdict> {
    const first = await verifyAt('/user/tokens', secret, tools);
    const value = reveal(secret);
    if (!('state' in first) || first.state !== 'rejected' || value.startsWith('cfut_')) return first;
    const request = call('GET', `${base}/accounts`, bearer(secret), { what: 'GET accounts' });
    const reply = await tools.ask(request);
    if (reply.kind === 'unanswered') return silent(tools, reply);
    const list = reply.status === 200 ? accounts.safeParse(reply.json).data?.result : undefined;
    for (const { id } of list ?? []) {
      const there = await verifyAt(`/accounts/${id}/tokens`, secret, tools);
      if (!('state' in there) || there.state === 'unknown') return there;
    }
    const words = failed.safeParse(reply.json).data?.errors.map(({ message }) => message) ?? [];
    const no = words.some((one) => /^Invalid (?:access token|API Token|request headers)$/i.test(one));
    return no
      ? first
      : unknown(tools, 'not-discriminating', 'a token of an account that does not say which: not a user’s');
  }

  async function checkGlobal({ secret, parts }: Key, tools: Tools): Promise<Verdict> {
    if (!parts.email)
      return unknown(tools, 'not-configured', 'a global key needs the account’s e-mail address');
    const headers = { 'x-auth-email': reveal(parts.email), 'x-auth-key': reveal(secret) };
    const request = call('GET', `${base}/user`, headers);
    const reply = await tools.ask(request);
    if (reply.kind === 'unanswered') return silent(tools, reply);
    if (reply.status === 200 && user.safeParse(reply.json).success)
      return alive(tools, seen(request, reply, 'with a user'));
    const codes = failed.safeParse(reply.json).data?.errors.map(({ code }) => code) ?? [];
    return (reply.status === 403 || reply.status === 400) && codes.some((one) => [6003, 9103].includes(one))
      ? dead(tools, 'rejected', seen(request, reply, 'unknown e-mail or key'))
      : unexpected(tools, request, reply);
  }

  const isGlobal = ({ secret }: Pick<Key, 'secret'>) => /^[0-9a-f]{37}$/.test(reveal(secret));

  async function check(key: Key, tools: Tools): Promise<Verdict> {
    if (isGlobal(key)) return checkGlobal(key, tools);
    const found = await whereIs(key.secret, tools);
    if ('state' in found) return found;
    switch (found.status) {
      case 'active':
        return alive(tools, found.why);
      case 'disabled':
      case 'expired':
        return dead(tools, found.status, found.why);
    }
  }

  const byHand = (preview: string) => [
    `Sign in at https://dash.cloudflare.com/profile/api-tokens (a token of an account: Manage Account > Account API Tokens), find ${preview}, and roll or delete it.`,
    'A global key: Profile > API Tokens > Global API Key > Change. An Origin CA key: the same page.',
    `For tokens: or set ${ADMIN} to a token of the same user or account with API Tokens Write, and let keyburn do it.`,
    'Read the audit log of the account for what the token was used for.',
  ];

  async function find(key: Key, admin: Secret, tools: Tools): Promise<Found | RevokeReply | string> {
    if (isGlobal(key)) return 'no call of the API changes a global key';
    const where = await whereIs(key.secret, tools);
    if ('state' in where) {
      if (where.state !== 'unknown') return 'Cloudflare no longer says which token this is';
      return { outcome: 'unanswered', why: where.why, detail: where.detail ?? '' };
    }
    const path = `${where.path}/${segment(where.id)}`;
    const request = call('GET', `${base}${path}`, bearer(admin), { what: 'GET tokens/{id}' });
    const reply = await tools.ask(request);
    if (reply.kind === 'unanswered') return { outcome: 'unanswered', why: reply.why, detail: reply.detail };
    const row = reply.status === 200 ? token.safeParse(reply.json).data?.result : undefined;
    if (row?.id !== where.id) return `${request.what}: ${reply.status}: ${ADMIN} does not see the token`;
    const kept = ['name', 'policies', 'condition', 'expires_on', 'not_before'];
    return {
      path,
      status: where.status,
      body: Object.fromEntries(Object.entries(row).filter(([name]) => kept.includes(name))),
    };
  }

  const answers = (says: string): readonly Outcome[] => [{ status: 200, where: done, is: 'accepted', says }];
  const set = (status: 'active' | 'disabled') => ({
    ask: ({ path, body }: Found, admin: Secret) =>
      call('PUT', `${base}${path}`, bearer(admin), { json: { ...body, status }, what: 'PUT tokens/{id}' }),
    answers: answers(status),
    done: (row: Found) => row.status === status,
  });

  return {
    id: 'cloudflare',
    name: 'Cloudflare',
    docs: 'https://developers.cloudflare.com/api/resources/user/subresources/tokens/',
    asks: {
      CLOUDFLARE_ADMIN_TOKEN:
        'an API token of the same user or account with API Tokens Write: Cloudflare dashboard, My Profile (or Manage Account), API Tokens, template “Create Additional Tokens”',
    },
    hosts: [new URL(api).host],
    internal,
    // 1,200 requests in 5 minutes for each user.
    rate: { requests: 10, perMs: 5_000, concurrency: 2 },
    settlesInMs: 30_000,
    check,
    ...byAdmin<Found>(
      {
        credential: ADMIN,
        needs: 'a token with API Tokens Write',
        find,
        contain: set('disabled'),
        restore: set('active'),
        revoke: {
          ask: ({ path }, admin) =>
            call('DELETE', `${base}${path}`, bearer(admin), { what: 'DELETE tokens/{id}' }),
          answers: answers('deleted'),
        },
      },
      byHand,
    ),
    explain: explaining({
      name: 'Cloudflare',
      docs: 'https://developers.cloudflare.com/fundamentals/api/troubleshooting/',
      manage: 'https://dash.cloudflare.com/profile/api-tokens',
      means: OWN,
    }),
    byHand: ({ preview }) => byHand(preview),
  };
}
