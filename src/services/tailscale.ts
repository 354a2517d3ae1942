// Tailscale: API access tokens, auth keys and OAuth client secrets. Pages, read 2026-11: tailscale.com/api#tag/keys (get and delete a key),
// tailscale.com/kb/1101/api. The id of a key is the part after its kind (`tskey-auth-`). An API token reads its own record by it, and deletes it; the other kinds may
// not ask, so the tailnet's admin token does. A record that is `invalid` was revoked or is past its time.

import { z } from 'zod';
import type { Secret } from '../model/index.ts';
import { reveal } from '../model/reveal.ts';
import { bearer, type Place } from './answer.ts';
import { byRecord } from './by-record.ts';
import type { Key, Service } from './service.ts';
import { call, SOME_JSON, simple } from './simple.ts';

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
  function at(method: 'GET' | 'DELETE', id: string, by: Secret) {
    const what = `${method} /api/v2/tailnet/-/keys/{id}`;
    return call(method, `${api}/api/v2/tailnet/-/keys/${id}`, bearer(by), { what });
  }
  const own = (one: Pick<Key, 'secret'>, method: 'GET' | 'DELETE') => {
    const parts = partsOf(one);
    return parts?.kind === 'api' ? at(method, parts.id, one.secret) : NO_ID;
  };
  const token = simple({
    id: 'tailscale',
    name: 'Tailscale',
    docs: 'https://tailscale.com/api#tag/keys',
    asks: {
      [ADMIN]:
        'an API access token (tskey-api-…) of the same tailnet, for auth keys and OAuth clients: Tailscale admin console, Settings, Keys',
    },
    hosts: [new URL(api).host],
    internal,
    check: {
      ask: (one) => own(one, 'GET'),
      live: key,
      says: 'with the token’s record',
      means: [
        { status: 401, where: INVALID, is: 'rejected', says: 'API token invalid' },
        { status: 403, where: MAY_NOT, is: 'limited', says: 'it authenticates, but may not read keys' },
      ],
    },
    revoke: {
      ask: (one) => own(one, 'DELETE'),
      answers: [
        { status: 200, is: 'accepted', says: 'deleted itself' },
        { status: 401, where: INVALID, is: 'already-dead', says: 'API token invalid' },
        { status: 403, where: SOME_JSON, is: 'manual', says: 'it may not delete keys' },
      ],
    },
    byHand,
  });
  const other = byRecord(
    {
      credential: ADMIN,
      needs: 'an API access token of its tailnet',
      id: (one) => partsOf(one)?.id,
      read: (id, admin) => at('GET', id, admin),
      record,
      idOf: ({ id }) => id,
      off: ({ invalid, revoked }) => {
        if (invalid !== true) return undefined;
        return revoked ? { state: 'revoked', says: 'revoked' } : { state: 'rejected', says: 'invalid' };
      },
      end: (id, admin) => at('DELETE', id, admin),
      ended: [
        { status: 200, is: 'accepted', says: 'deleted' },
        { status: 403, where: SOME_JSON, is: 'manual', says: `${ADMIN} may not delete keys` },
        { status: 404, where: SOME_JSON, is: 'already-dead', says: 'gone' },
      ],
    },
    byHand,
  );
  const speaks = (one: Pick<Key, 'secret'>) => ['api', undefined].includes(partsOf(one)?.kind);

  return {
    ...token,
    check: async (one, tools) =>
      speaks(one) && token.check ? token.check(one, tools) : other.check(one, tools),
    revoke: async (order, tools) =>
      speaks(order) && token.revoke ? token.revoke(order, tools) : other.revoke(order, tools),
  };
}
