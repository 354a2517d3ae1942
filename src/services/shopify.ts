// Shopify: Admin API access tokens. Pages, read 2026-11: shopify.dev/docs/api/admin-rest (access scopes, status codes), shopify.dev/docs/apps/build/
// authentication-authorization/app-installation/uninstall-app-api-request. A token is good at one shop: the *.myshopify.com host beside it,
// or KEYBURN_SHOPIFY_URL. The only way to end it is to uninstall its app.

import { z } from 'zod';
import { reveal } from '../model/reveal.ts';
import { baseFor } from './address.ts';
import type { Key, Service, Tools } from './service.ts';
import { call, simple } from './simple.ts';

const DOMAINS = ['myshopify.com'];
const SETTINGS = ['KEYBURN_SHOPIFY_URL'];
const NEEDS =
  'nobody knows which shop it is for: no *.myshopify.com host stands beside it, and KEYBURN_SHOPIFY_URL is not set';

const scopes = z.object({ access_scopes: z.array(z.object({ handle: z.string().min(1) })) });
const INVALID = z.object({ errors: z.string().regex(/invalid api key or access token/i) });

function at(key: Key, tools: Tools, method: 'GET' | 'DELETE', path: string) {
  const base = baseFor({ settings: SETTINGS, domains: DOMAINS }, key, tools);
  return base === undefined
    ? NEEDS
    : call(method, base + path, { 'x-shopify-access-token': reveal(key.secret) });
}

export function shopify(): Service {
  return simple({
    id: 'shopify',
    name: 'Shopify',
    docs: 'https://shopify.dev/docs/apps/build/authentication-authorization/app-installation/uninstall-app-api-request',
    asks: {
      KEYBURN_SHOPIFY_URL:
        'the address of the shop, where no *.myshopify.com host stands beside the token: https://<shop>.myshopify.com',
    },
    hosts: [],
    domains: DOMAINS,
    settings: SETTINGS,
    rate: { requests: 2, perMs: 1_000, concurrency: 1 },
    check: {
      ask: (key, tools) => at(key, tools, 'GET', '/admin/oauth/access_scopes.json'),
      live: scopes,
      says: 'with its scopes',
      means: [{ status: 401, where: INVALID, is: 'rejected', says: 'invalid access token' }],
    },
    revoke: {
      ask: (order, tools) => at(order, tools, 'DELETE', '/admin/api_permissions/current.json'),
      answers: [
        { status: 200, is: 'accepted', says: 'the app is uninstalled' },
        { status: 204, is: 'accepted', says: 'the app is uninstalled' },
        { status: 401, where: INVALID, is: 'already-dead', says: 'invalid access token' },
      ],
    },
    sideEffect:
      'uninstalls the app that the token belongs to: all its tokens, webhooks and script tags go with it',
    byHand: (preview) => [
      `In the shop’s admin, Settings > Apps and sales channels: uninstall or re-install the app of ${preview}; of a custom app: Develop apps > API credentials.`,
    ],
  });
}
