// Databricks: personal access tokens. Pages, read 2026-11: docs.databricks.com/api/workspace (scim current user; tokens: list, delete), docs.databricks.com/
// dev-tools/auth/pat. A token is good at one workspace: the host beside it, or KEYBURN_DATABRICKS_URL. The list shows nothing of
// a token, so it is certain only where it holds one: the token that asks is its user’s own.

import { z } from 'zod';
import { baseFor } from './address.ts';
import { bearer } from './answer.ts';
import { byLookup, onlyOne } from './by-lookup.ts';
import type { Key, Service, Tools } from './service.ts';
import { call, simple } from './simple.ts';

// https://docs.databricks.com/aws/en/workspace/workspace-details
const DOMAINS = ['cloud.databricks.com', 'gcp.databricks.com', 'azuredatabricks.net'];
const SETTINGS = ['KEYBURN_DATABRICKS_URL'];
const NEEDS =
  'nobody knows which workspace it is for: no Databricks host stands beside it, and KEYBURN_DATABRICKS_URL is not set';

const user = z.object({ userName: z.string().min(1), id: z.string().min(1), active: z.boolean().optional() });
const tokens = z.object({
  token_infos: z.array(z.object({ token_id: z.string().regex(/^[0-9A-Za-z-]{8,128}$/) })),
});
const INVALID = z.object({ message: z.string().regex(/invalid access token/i) });

function at(key: Key, tools: Tools, path: string) {
  const base = baseFor({ settings: SETTINGS, domains: DOMAINS }, key, tools);
  return base === undefined ? NEEDS : call('GET', base + path, bearer(key.secret));
}

const byHand = (preview: string) => [
  `Sign in to the workspace as the owner of ${preview}: Settings > Developer > Access tokens > Manage, and revoke it.`,
  'A workspace admin: databricks token-management list, then: databricks token-management delete <token id>',
];

export function databricks(): Service {
  const revoke = byLookup(
    {
      look: (order, tools) => at(order, tools, '/api/2.0/token/list'),
      shows: tokens,
      looked: [
        { status: 401, where: INVALID, is: 'already-dead', says: 'invalid access token' },
        { status: 403, where: INVALID, is: 'already-dead', says: 'invalid access token' },
      ],
      id: ({ token_infos }) => onlyOne(token_infos, () => true)?.token_id,
      end: (token_id, order, tools) => {
        const url = `${baseFor({ settings: SETTINGS, domains: DOMAINS }, order, tools) ?? ''}/api/2.0/token/delete`;
        return call('POST', url, bearer(order.secret), { json: { token_id } });
      },
      answers: [{ status: 200, is: 'accepted', says: 'revoked itself' }],
    },
    byHand,
  );
  return simple({
    id: 'databricks',
    name: 'Databricks',
    docs: 'https://docs.databricks.com/api/workspace/tokens/delete',
    asks: {
      KEYBURN_DATABRICKS_URL:
        'the address of the workspace, where no Databricks host stands beside the token: https://<workspace>.cloud.databricks.com',
    },
    hosts: [],
    domains: DOMAINS,
    settings: SETTINGS,
    check: {
      ask: (key, tools) => at(key, tools, '/api/2.0/preview/scim/v2/Me'),
      live: user,
      says: 'with a user',
      means: [
        { status: 401, where: INVALID, is: 'rejected', says: 'invalid access token' },
        { status: 403, where: INVALID, is: 'rejected', says: 'invalid access token' },
      ],
      owner: ({ userName }) => ({ account: userName, ...(userName.includes('@') && { email: userName }) }),
    },
    revoke,
    byHand,
  });
}
