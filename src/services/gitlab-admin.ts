// GitLab tokens that cannot be asked about by themselves: deploy, trigger, agent, feed, feature-flag and incoming-mail tokens and OAuth secrets. An
// administrator of a self-managed instance may ask what a token is, and end it by the token itself, so nothing has to be guessed. Page, read 2026-11:
// docs.gitlab.com/api/admin/token (an experiment of GitLab 17.5 and later; what is revoked, what is reset). gitlab.com has no such administrator among its users.

import { z } from 'zod';
import type { RevokeOrder, Verdict } from '../model/index.ts';
import { reveal } from '../model/reveal.ts';
import { baseFor } from './address.ts';
import { alive, dead, seen, silent, unexpected, unknown } from './answer.ts';
import type { Key, RevokeReply, Tools } from './service.ts';
import { call, outcomeOf, SOME_JSON } from './simple.ts';

export const GITLAB_ADMIN = 'GITLAB_ADMIN_TOKEN';
const NEEDS = `a token of this kind is its instance’s administrator’s to ask about: ${GITLAB_ADMIN} and KEYBURN_GITLAB_URL`;

/** Every kind has an id; what else there is, depends on it. */
const about = z.object({
  id: z.union([z.number(), z.string().min(1)]),
  revoked: z.boolean().nullish(),
  status: z.string().nullish(),
  expires_at: z.string().nullish(),
});

function asking(key: Pick<Key, 'secret' | 'parts'>, method: 'POST' | 'DELETE', tools: Tools) {
  const admin = tools.credential(GITLAB_ADMIN);
  const base = baseFor({ settings: ['KEYBURN_GITLAB_URL'] }, key, tools);
  if (!admin || base === undefined) return NEEDS;
  const json = { token: reveal(key.secret) };
  return call(method, `${base}/api/v4/admin/token`, { 'private-token': reveal(admin) }, { json });
}

export async function checkByAdmin(key: Key, tools: Tools): Promise<Verdict> {
  const request = asking(key, 'POST', tools);
  if (typeof request === 'string') return unknown(tools, 'not-configured', request);
  const reply = await tools.ask(request);
  if (reply.kind === 'unanswered') return silent(tools, reply);
  const is = reply.status === 200 ? about.safeParse(reply.json).data : undefined;
  if (is) {
    if (is.revoked === true || is.status === 'revoked')
      return dead(tools, 'revoked', seen(request, reply, 'revoked'));
    const ends = is.expires_at ? Date.parse(is.expires_at) : Number.NaN;
    return ends <= tools.now().getTime()
      ? dead(tools, 'expired', seen(request, reply, 'past its expiry'))
      : alive(tools, seen(request, reply, 'the instance knows it'));
  }
  if (!SOME_JSON.safeParse(reply.json).success) return unexpected(tools, request, reply);
  switch (reply.status) {
    case 404:
      return dead(tools, 'rejected', seen(request, reply, 'not a token of this instance, or no more'));
    case 401:
    case 403: {
      const detail = `${request.what}: ${reply.status}: ${GITLAB_ADMIN} is not an administrator’s`;
      return unknown(tools, 'not-configured', detail);
    }
    case 422:
      return unknown(tools, 'no-check', `${request.what}: 422: not a kind that the instance can tell`);
    default:
      return unexpected(tools, request, reply);
  }
}

export async function revokeByAdmin(
  order: RevokeOrder,
  tools: Tools,
  steps: readonly string[],
): Promise<RevokeReply> {
  const request = asking(order, 'DELETE', tools);
  if (typeof request === 'string') return { outcome: 'manual', note: request, steps };
  const no = `${GITLAB_ADMIN} is not an administrator’s, or the instance does not offer it`;
  return outcomeOf(
    request,
    await tools.ask(request),
    [
      { status: 204, is: 'accepted', says: 'revoked or reset' },
      {
        status: 404,
        where: SOME_JSON,
        is: 'already-dead',
        says: 'not a token of this instance, or no more',
      },
      { status: 401, where: SOME_JSON, is: 'manual', says: no },
      { status: 403, where: SOME_JSON, is: 'manual', says: no },
      { status: 422, where: SOME_JSON, is: 'manual', says: 'not a kind that the instance can revoke' },
    ],
    steps,
  );
}
