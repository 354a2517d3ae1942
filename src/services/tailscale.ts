// Tailscale: API access tokens. Pages, read 2026-11: tailscale.com/api#tag/keys (get and delete a key), tailscale.com/kb/1101/api. The id of a
// token is the part after `tskey-api-`: it reads its own record by it, and deletes it.

import { z } from 'zod';
import { reveal } from '../model/reveal.ts';
import { bearer, type Place } from './answer.ts';
import type { Key, Service } from './service.ts';
import { call, SOME_JSON, simple } from './simple.ts';

const NO_ID = 'the token has no id inside';
const key = z.object({
  id: z.string().min(1),
  created: z.string().min(1),
  invalid: z.literal(false).optional(),
});
const problem = (text: RegExp) => z.object({ message: z.string().regex(text) });
const INVALID = problem(/api token invalid/i);
const MAY_NOT = problem(/permission|not authorized/i);

export function tailscale({ api = 'https://api.tailscale.com', internal = false }: Place = {}): Service {
  function own({ secret }: Key, method: 'GET' | 'DELETE') {
    const id = /^tskey-api-([0-9A-Za-z]+)-[0-9A-Za-z]+$/.exec(reveal(secret))?.[1];
    const what = `${method} /api/v2/tailnet/-/keys/{id}`;
    return id === undefined
      ? NO_ID
      : call(method, `${api}/api/v2/tailnet/-/keys/${id}`, bearer(secret), { what });
  }
  return simple({
    id: 'tailscale',
    name: 'Tailscale',
    docs: 'https://tailscale.com/api#tag/keys',
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
    byHand: (preview) => [
      `Sign in as an admin of the tailnet of ${preview} and revoke it: https://login.tailscale.com/admin/settings/keys`,
    ],
  });
}
