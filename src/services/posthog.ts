// PostHog: personal API keys. Pages, read 2026-11: posthog.com/docs/api (authentication), posthog.com/docs/api/revoke-leaked-key: anybody may
// report a leaked key, the owner gets an e-mail. Each region knows its own keys alone, so both are asked, and both are told.

import { z } from 'zod';
import type { RevokeOrder } from '../model/index.ts';
import { reveal } from '../model/reveal.ts';
import { bearer, notDone, refused, seen } from './answer.ts';
import { inRegions } from './regions.ts';
import type { RevokeReply, Service, Tools } from './service.ts';
import { call, type Question } from './simple.ts';

const ASKED = ['https://us.posthog.com', 'https://eu.posthog.com'];
const TOLD = ['https://app.posthog.com', 'https://eu.posthog.com'];

const user = z.object({ uuid: z.string().min(1), email: z.string().min(1) });
const problem = (code: string) => z.object({ code: z.literal(code) });
const found = z.object({ found: z.boolean() });

const question = (api: string): Question<z.infer<typeof user>> => ({
  ask: ({ secret }) => call('GET', `${api}/api/users/@me/`, bearer(secret)),
  live: user,
  says: 'with a user',
  means: [
    { status: 401, where: problem('authentication_failed'), is: 'rejected', says: 'invalid in every region' },
    {
      status: 403,
      where: problem('permission_denied'),
      is: 'limited',
      says: 'it authenticates; its scopes do not allow this',
    },
  ],
  owner: ({ uuid, email }) => ({ account: uuid, email }),
});

async function revoke({ secret }: RevokeOrder, tools: Tools): Promise<RevokeReply> {
  let note = '';
  for (const api of TOLD) {
    const request = call('POST', `${api}/api/revoke_leaked_key`, {}, { json: { token: reveal(secret) } });
    const reply = await tools.ask(request);
    if (reply.kind === 'unanswered') return notDone(reply);
    const said = reply.status === 200 ? found.safeParse(reply.json).data : undefined;
    if (!said) return refused(request, reply);
    if (said.found) return { outcome: 'accepted', note: seen(request, reply, 'found and revoked') };
    note = seen(request, reply, 'found in no region');
  }
  return { outcome: 'already-dead', note };
}

export function posthog(): Service {
  return {
    id: 'posthog',
    name: 'PostHog',
    docs: 'https://posthog.com/docs/api/revoke-leaked-key',
    hosts: [...new Set([...ASKED, ...TOLD])].map((api) => new URL(api).host),
    rate: { requests: 2, perMs: 1_000, concurrency: 1 },
    ...inRegions(ASKED, question),
    revoke,
    byHand: ({ preview }) => [
      `Sign in as the owner of ${preview} and delete it: Settings > Personal API keys (us.posthog.com or eu.posthog.com).`,
    ],
  };
}
