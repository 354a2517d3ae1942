// Puppet Enterprise: RBAC tokens. Pages, read 2026-11: help.puppet.com/pe rbac_token_auth (current user; error kinds) and rbac_api_v2_revoke_tokens_delete (whoever holds a
// whole token may revoke it). A console stands where its operator put it: KEYBURN_PUPPET_URL (https://host:4433).

import { z } from 'zod';
import { reveal } from '../model/reveal.ts';
import { baseFor } from './address.ts';
import type { Key, Service, Tools } from './service.ts';
import { call, type Meaning, simple } from './simple.ts';

const SETTINGS = ['KEYBURN_PUPPET_URL'];
const NEEDS = 'nobody knows which console it is for: set KEYBURN_PUPPET_URL (https://host:4433)';

const user = z.object({ id: z.string().min(1), login: z.string().min(1), email: z.string().nullish() });
const kind = (text: RegExp) => z.object({ kind: z.string().regex(text) });
const MEANS: readonly Meaning[] = [
  { status: 401, where: kind(/token-revoked$/), is: 'revoked', says: 'token-revoked' },
  { status: 401, where: kind(/token-expired$/), is: 'expired', says: 'token-expired' },
  {
    status: 401,
    where: kind(/not-authenticated$|invalid-token$/),
    is: 'rejected',
    says: 'not authenticated',
  },
];

export function puppet(): Service {
  const at = (key: Key, tools: Tools, method: 'GET' | 'DELETE', path: string, json?: unknown) => {
    const base = baseFor({ settings: SETTINGS }, key, tools);
    const headers = { 'x-authentication': reveal(key.secret) };
    return base === undefined
      ? NEEDS
      : call(method, base + path, headers, json === undefined ? {} : { json });
  };
  return simple({
    id: 'puppet',
    name: 'Puppet Enterprise',
    docs: 'https://help.puppet.com/pe/2023.8/topics/rbac_token_auth_revoke_token.htm',
    asks: {
      KEYBURN_PUPPET_URL: 'the address of the console’s RBAC service: https://host:4433',
    },
    hosts: [],
    settings: SETTINGS,
    check: {
      ask: (key, tools) => at(key, tools, 'GET', '/rbac-api/v1/users/current'),
      live: user,
      says: 'with a user',
      means: MEANS,
      owner: ({ login, email }) => ({ account: login, ...(email && { email }) }),
    },
    revoke: {
      ask: (order, tools) =>
        at(order, tools, 'DELETE', '/rbac-api/v2/tokens', { revoke_tokens: [reveal(order.secret)] }),
      answers: [
        { status: 204, is: 'accepted', says: 'revoked' },
        { status: 401, where: kind(/./), is: 'already-dead', says: 'not authenticated' },
      ],
    },
    byHand: (preview) => [
      `puppet-access delete-token-file, and revoke ${preview} in the console: User > Tokens.`,
    ],
  });
}
