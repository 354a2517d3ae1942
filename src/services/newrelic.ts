// New Relic: user keys (NRAK). Pages, read 2026-11: docs.newrelic.com/docs/apis/nerdgraph/examples/use-nerdgraph-manage-license-keys-user-keys, …/get-started/nerdgraph-explorer
// (endpoints of both regions). A user key finds itself in the search by its whole value, and ends by the id of that entry.

import { z } from 'zod';
import type { RevokeOrder, Secret } from '../model/index.ts';
import { reveal } from '../model/reveal.ts';
import { notDone, refused, seen } from './answer.ts';
import { inRegions } from './regions.ts';
import type { RevokeReply, Service, Tools } from './service.ts';
import { call, outcomeOf, type Question } from './simple.ts';

const REGIONS = ['https://api.newrelic.com', 'https://api.eu.newrelic.com'];

const answer = <T>(actor: z.ZodType<T>) => z.object({ data: z.object({ actor }) });
const user = answer(z.object({ user: z.object({ id: z.number(), email: z.string().nullish() }) }));
const keys = answer(
  z.object({
    apiAccess: z.object({
      keySearch: z.object({ keys: z.array(z.object({ id: z.string().min(1), key: z.string() })) }),
    }),
  }),
);
const INVALID = z.object({ errors: z.array(z.object({ message: z.string() })).min(1) });

const graphql = (api: string, secret: Secret, query: string, variables: unknown, what: string) =>
  call('POST', `${api}/graphql`, { 'api-key': reveal(secret) }, { json: { query, variables }, what });

const question = (api: string): Question<z.infer<typeof user>> => ({
  ask: ({ secret }) => graphql(api, secret, '{ actor { user { id email } } }', {}, 'POST /graphql (user)'),
  live: user,
  says: 'with a user',
  means: [
    { status: 401, where: INVALID, is: 'rejected', says: 'invalid in every region' },
    { status: 403, where: INVALID, is: 'rejected', says: 'invalid in every region' },
  ],
  owner: ({ data }) => ({
    account: String(data.actor.user.id),
    ...(data.actor.user.email && { email: data.actor.user.email }),
  }),
});

const SEARCH = '{ actor { apiAccess { keySearch(query: { types: [USER] }) { keys { id key } } } } }';
const DELETE =
  'mutation($ids: [String]) { apiAccessDeleteKeys(keys: { userKeyIds: $ids }) { deletedKeys { id } errors { message } } }';

const byHand = ({ preview }: { preview: string }) => [
  `Sign in as the owner of ${preview} and delete it: https://one.newrelic.com/admin-portal/api-keys/home`,
];

async function revoke({ secret }: RevokeOrder, tools: Tools): Promise<RevokeReply> {
  const steps = byHand({ preview: secret.preview });
  for (const [at, api] of REGIONS.entries()) {
    const look = graphql(api, secret, SEARCH, {}, 'POST /graphql (keySearch)');
    const reply = await tools.ask(look);
    if (reply.kind === 'unanswered') return notDone(reply);
    if ((reply.status === 401 || reply.status === 403) && INVALID.safeParse(reply.json).success) {
      if (at + 1 < REGIONS.length) continue;
      return { outcome: 'already-dead', note: seen(look, reply, 'invalid in every region') };
    }
    const body = reply.status === 200 ? keys.safeParse(reply.json).data : undefined;
    if (!body) return refused(look, reply);
    const [only, ...more] = body.data.actor.apiAccess.keySearch.keys.filter(
      ({ key }) => key === reveal(secret),
    );
    if (!only || more.length > 0)
      return {
        outcome: 'manual',
        note: seen(look, reply, 'it does not find itself, so none was touched'),
        steps,
      };
    const end = graphql(api, secret, DELETE, { ids: [only.id] }, 'POST /graphql (apiAccessDeleteKeys)');
    const deleted = z.object({ deletedKeys: z.tuple([z.object({ id: z.literal(only.id) })]) });
    const done = z.object({ data: z.object({ apiAccessDeleteKeys: deleted }) });
    return outcomeOf(
      end,
      await tools.ask(end),
      [{ status: 200, where: done, is: 'accepted', says: 'deleted itself' }],
      steps,
    );
  }
  return { outcome: 'refused', note: 'no region was asked' };
}

export function newrelic(): Service {
  return {
    id: 'newrelic',
    name: 'New Relic',
    docs: 'https://docs.newrelic.com/docs/apis/nerdgraph/examples/use-nerdgraph-manage-license-keys-user-keys/',
    hosts: REGIONS.map((api) => new URL(api).host),
    rate: { requests: 5, perMs: 1_000, concurrency: 2 },
    ...inRegions(REGIONS, question),
    revoke,
    byHand,
  };
}
