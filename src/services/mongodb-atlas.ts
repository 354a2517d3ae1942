// MongoDB Atlas: programmatic API keys, a public and a private half. Pages, read 2026-11: www.mongodb.com/docs/atlas/api/atlas-admin-api (digest authentication; organisations;
// API keys of an organisation; errors). A key belongs to one organisation and is deleted by the id of the entry that has its public
// half. A 403 for an address that is not on its list is a live key.

import { z } from 'zod';
import type { RevokeOrder } from '../model/index.ts';
import { reveal } from '../model/reveal.ts';
import { notDone, type Place, refused, seen, unknown } from './answer.ts';
import { onlyOne } from './by-lookup.ts';
import { askWithDigest } from './digest.ts';
import type { IssuerRequest, Key, RevokeReply, Service, Tools } from './service.ts';
import { call, type Meaning, type Outcome, outcomeOf, verdictOf } from './simple.ts';

const NO_PUBLIC = 'the public half of the key is not beside it';
const HEX = /^[0-9a-f]{24}$/;
const orgs = z.object({ results: z.array(z.object({ id: z.string().regex(HEX) })), totalCount: z.number() });
const keys = z.object({
  results: z.array(z.object({ id: z.string().regex(HEX), publicKey: z.string() })),
});
const problem = (error: number, ...codes: readonly string[]) =>
  z.object({ error: z.literal(error), ...(codes.length > 0 && { errorCode: z.enum(codes) }) });
const UNAUTHORIZED = problem(401);
const MEANS: readonly Meaning[] = [
  { status: 401, where: UNAUTHORIZED, is: 'rejected', says: 'unauthorized' },
  {
    status: 403,
    where: problem(403, 'IP_ADDRESS_NOT_ON_ACCESS_LIST', 'ORG_REQUIRES_ACCESS_LIST'),
    is: 'limited',
    says: 'it authenticates, but not from here',
  },
];
const MAY_NOT: Outcome = {
  status: 403,
  where: problem(403),
  is: 'manual',
  says: 'it may not manage keys, or not from here',
};

function publicOf({ parts }: Key): string | undefined {
  const half = parts.publicKey && reveal(parts.publicKey);
  return half !== undefined && /^[a-z]{8}$/.test(half) ? half : undefined;
}

function byHand({ preview }: { readonly preview: string }): readonly string[] {
  return [
    `Sign in to the organisation of ${preview}: Access Manager > API Keys (Applications), and delete it.`,
  ];
}

export function mongodbAtlas({ api = 'https://cloud.mongodb.com', internal = false }: Place = {}): Service {
  const at = (method: IssuerRequest['method'], path: string, what?: string) =>
    call(
      method,
      `${api}/api/atlas/v2${path}`,
      { accept: 'application/vnd.atlas.2023-02-01+json' },
      what ? { what } : {},
    );

  async function revoke(order: RevokeOrder, tools: Tools): Promise<RevokeReply> {
    const steps = byHand({ preview: order.secret.preview });
    const user = publicOf(order);
    if (user === undefined) return { outcome: 'manual', note: NO_PUBLIC, steps };
    const ask = (request: IssuerRequest) => askWithDigest(request, user, order.secret, tools);
    const first = at('GET', '/orgs');
    const said = await ask(first);
    if (said.kind === 'unanswered') return notDone(said);
    if (said.status === 401 && UNAUTHORIZED.safeParse(said.json).success)
      return { outcome: 'already-dead', note: seen(first, said, 'unauthorized') };
    const org =
      said.status === 200 ? onlyOne(orgs.safeParse(said.json).data?.results ?? [], () => true) : undefined;
    if (!org) return outcomeOf(first, said, [MAY_NOT], steps);
    const list = at('GET', `/orgs/${org.id}/apiKeys?itemsPerPage=500`);
    const reply = await ask(list);
    const rows =
      reply.kind === 'answered' && reply.status === 200 ? keys.safeParse(reply.json).data : undefined;
    if (!rows || reply.kind === 'unanswered') return outcomeOf(list, reply, [MAY_NOT], steps);
    const own = onlyOne(rows.results, ({ publicKey }) => publicKey === user);
    if (!own) return refused(list, reply);
    const end = at('DELETE', `/orgs/${org.id}/apiKeys/${own.id}`);
    return outcomeOf(
      end,
      await ask(end),
      [{ status: 204, is: 'accepted', says: 'deleted itself' }, MAY_NOT],
      steps,
    );
  }

  return {
    id: 'mongodb-atlas',
    name: 'MongoDB Atlas',
    docs: 'https://www.mongodb.com/docs/atlas/configure-api-access/',
    hosts: [new URL(api).host],
    internal,
    rate: { requests: 2, perMs: 1_000, concurrency: 1 },
    check: async (key, tools) => {
      const user = publicOf(key);
      if (user === undefined) return unknown(tools, 'not-configured', NO_PUBLIC);
      const request = at('GET', '/orgs');
      const reply = await askWithDigest(request, user, key.secret, tools);
      return verdictOf(tools, request, reply, { live: orgs, says: 'with its organisation', means: MEANS });
    },
    revoke,
    byHand,
  };
}
