// HubSpot: OAuth refresh tokens. Page, read 2026-11: developers.hubspot.com/docs/api-reference/auth-oauth-v1/refresh-tokens (get and delete: no other
// credential is needed). The key travels in the path: HubSpot offers no other way.

import { z } from 'zod';
import { reveal } from '../model/reveal.ts';
import type { Place } from './answer.ts';
import type { Key, Service } from './service.ts';
import { call, simple } from './simple.ts';

const token = z.object({ hub_id: z.number(), client_id: z.string().min(1), user: z.string().optional() });
const GONE = z.object({ status: z.literal('error'), message: z.string() });

export function hubspotRefresh({ api = 'https://api.hubapi.com', internal = false }: Place = {}): Service {
  const at = ({ secret }: Key, method: 'GET' | 'DELETE') =>
    call(
      method,
      `${api}/oauth/v1/refresh-tokens/${encodeURIComponent(reveal(secret))}`,
      {},
      {
        what: `${method} /oauth/v1/refresh-tokens/{token}`,
      },
    );
  return simple({
    id: 'hubspot-refresh',
    name: 'HubSpot refresh tokens',
    docs: 'https://developers.hubspot.com/docs/api-reference/auth-oauth-v1/refresh-tokens/delete-oauth-v1-refresh-tokens-token',
    hosts: [new URL(api).host],
    internal,
    check: {
      ask: (key) => at(key, 'GET'),
      live: token,
      says: 'with the account it is for',
      means: [{ status: 404, where: GONE, is: 'rejected', says: 'no such token' }],
      owner: ({ hub_id, user }) => ({ account: String(hub_id), ...(user?.includes('@') && { email: user }) }),
    },
    revoke: {
      ask: (order) => at(order, 'DELETE'),
      answers: [
        { status: 204, is: 'accepted', says: 'deleted' },
        { status: 404, where: GONE, is: 'already-dead', says: 'no such token' },
      ],
    },
    byHand: (preview) => [`Uninstall the app of ${preview}: Settings > Integrations > Connected Apps.`],
  });
}
