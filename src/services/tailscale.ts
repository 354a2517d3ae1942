// Tailscale: API access tokens, auth keys and OAuth client secrets. Pages, read 2026-11: tailscale.com/api#tag/keys (get and delete a key),
// tailscale.com/kb/1101/api. The id of a key is the part after its kind (`tskey-auth-`). An API token reads its own record by it, and deletes it; the other kinds may
// not ask, so the tailnet's admin token does. A record that is `invalid` was revoked or is past its time. That the admin's tailnet has no
// such record is a death only for a key that it had before.

import { createHash } from 'node:crypto';
import { z } from 'zod';
import type { Secret, Verdict } from '../model/index.ts';
import { reveal } from '../model/reveal.ts';
import { alive, bearer, dead, type Place, seen, silent, unexpected, unknown } from './answer.ts';
import { byAdmin, told } from './by-admin.ts';
import type { Key, Service, Tools } from './service.ts';
import { asking, call, ending, SOME_JSON } from './simple.ts';

const ADMIN = 'TAILSCALE_ADMIN_KEY';
const NO_ID = 'the token has no id inside';
const key = z.object({
  id: z.string().min(1),
  created: z.string().min(1),
  invalid: z.literal(false).optional(),
});
const record = z.object({
  id: z.string().min(1),
  created: z.string().min(1),
  invalid: z.boolean().optional(),
  revoked: z.string().optional(),
});
const problem = (text: RegExp) => z.object({ message: z.string().regex(text) });
const INVALID = problem(/api token invalid/i);
const MAY_NOT = problem(/permission|not authorized/i);

function partsOf({
  secret,
}: Pick<Key, 'secret'>): { readonly kind: string; readonly id: string } | undefined {
  const [, kind, id] = /^tskey-(api|auth|client)-([0-9A-Za-z]+)-[0-9A-Za-z]+$/.exec(reveal(secret)) ?? [];
  return kind && id ? { kind, id } : undefined;
}

const byHand = (preview: string) => [
  `Sign in as an admin of the tailnet of ${preview} and revoke it: https://login.tailscale.com/admin/settings/keys`,
  `An auth key or an OAuth client: or set ${ADMIN} to an API access token of the tailnet and let keyburn delete it by the id inside it.`,
];

export function tailscale({ api = 'https://api.tailscale.com', internal = false }: Place = {}): Service {
  /** SHA-256 of keys that the admin's tailnet had in this run. */
  const found = new Set<string>();
  const mark = (secret: Secret) => createHash('sha256').update(reveal(secret), 'utf8').digest('hex');

  function at(method: 'GET' | 'DELETE', id: string, by: Secret) {
    const what = `${method} /api/v2/tailnet/-/keys/{id}`;
    return call(method, `${api}/api/v2/tailnet/-/keys/${id}`, bearer(by), { what });
  }
  const own = (one: Pick<Key, 'secret'>, method: 'GET' | 'DELETE') => {
    const parts = partsOf(one);
    return parts?.kind === 'api' ? at(method, parts.id, one.secret) : NO_ID;
  };
  const ofToken = asking({
    ask: (one) => own(one, 'GET'),
    live: key,
    says: 'with the token’s record',
    means: [
      { status: 401, where: INVALID, is: 'rejected', says: 'API token invalid' },
      { status: 403, where: MAY_NOT, is: 'limited', says: 'it authenticates, but may not read keys' },
    ],
  });
  const endToken = ending(
    {
      ask: (one) => own(one, 'DELETE'),
      answers: [
        { status: 200, is: 'accepted', says: 'deleted itself' },
        { status: 401, where: INVALID, is: 'already-dead', says: 'API token invalid' },
        { status: 403, where: SOME_JSON, is: 'manual', says: 'it may not delete keys' },
      ],
    },
    ({ preview }) => byHand(preview),
  );

  async function checkOther(one: Key, id: string, tools: Tools): Promise<Verdict> {
    const admin = tools.credential(ADMIN);
    if (!admin)
      return unknown(tools, 'not-configured', `an admin token of its tailnet is needed in ${ADMIN}`);
    const request = at('GET', id, admin);
    const reply = await tools.ask(request);
    if (reply.kind === 'unanswered') return silent(tools, reply);
    const had = found.has(mark(one.secret));
    const got = reply.status === 200 ? record.safeParse(reply.json).data : undefined;
    if (got?.id === id) {
      found.add(mark(one.secret));
      if (got.invalid !== true) return alive(tools, seen(request, reply, 'with the key’s record'));
      return got.revoked
        ? dead(tools, 'revoked', seen(request, reply, 'revoked'))
        : dead(tools, 'rejected', seen(request, reply, 'invalid'));
    }
    if ((reply.status === 401 || reply.status === 403) && SOME_JSON.safeParse(reply.json).success)
      return unknown(tools, 'not-configured', `${request.what}: ${reply.status}: ${ADMIN} is not accepted`);
    if (reply.status === 404 && SOME_JSON.safeParse(reply.json).success) {
      const words = seen(request, reply, 'no such key');
      return had
        ? dead(tools, 'revoked', `${words}, and it was there before`)
        : unknown(tools, 'not-discriminating', `${words}: gone, or of a tailnet that ${ADMIN} may not see`);
    }
    return unexpected(tools, request, reply);
  }

  const { revoke: endOther } = byAdmin<{ readonly id: string }>(
    {
      credential: ADMIN,
      needs: 'an API access token of its tailnet',
      find: async (one, admin, tools) => {
        const id = partsOf(one)?.id;
        if (id === undefined) return NO_ID;
        const got = await told(at('GET', id, admin), record, `${ADMIN} does not see the key`, tools);
        if (typeof got === 'string' || 'outcome' in got) return got;
        if (got.id !== id) return 'the record that came back is another key’s, so none was touched';
        found.add(mark(one.secret));
        return got;
      },
      revoke: {
        ask: ({ id }, admin) => at('DELETE', id, admin),
        answers: [
          { status: 200, is: 'accepted', says: 'deleted' },
          { status: 403, where: SOME_JSON, is: 'manual', says: `${ADMIN} may not delete keys` },
          { status: 404, where: SOME_JSON, is: 'already-dead', says: 'gone' },
        ],
      },
    },
    byHand,
  );

  return {
    id: 'tailscale',
    name: 'Tailscale',
    docs: 'https://tailscale.com/api#tag/keys',
    asks: {
      [ADMIN]:
        'an API access token (tskey-api-…) of the same tailnet, for auth keys and OAuth clients: Tailscale admin console, Settings, Keys',
    },
    hosts: [new URL(api).host],
    internal,
    rate: { requests: 5, perMs: 1_000, concurrency: 2 },
    check: async (one, tools) => {
      const parts = partsOf(one);
      if (parts === undefined) return unknown(tools, 'not-configured', NO_ID);
      if (parts.kind !== 'api') return checkOther(one, parts.id, tools);
      return (await ofToken.check?.(one, tools)) ?? unknown(tools, 'no-check', '');
    },
    revoke: async (order, tools) =>
      partsOf(order)?.kind === 'api' || !endOther ? endToken(order, tools) : endOther(order, tools),
    byHand: ({ preview }) => byHand(preview),
  };
}
