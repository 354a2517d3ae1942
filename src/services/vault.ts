// HashiCorp Vault: service tokens. Pages, read 2026-11: developer.hashicorp.com/vault/api-docs/auth/token (lookup-self, revoke-self), /vault/docs/enterprise/namespaces.
// A Vault stands where its operator put it: KEYBURN_VAULT_URL says where, KEYBURN_VAULT_NAMESPACE in which namespace.
// Vault refuses with 403, never with 401: "permission denied" alone, or with "invalid token". A list of one error is a
// policy that denies the question: it says nothing for certain, so it is unknown.

import { z } from 'zod';
import { reveal } from '../model/reveal.ts';
import { baseFor } from './address.ts';
import type { Key, Service, Tools } from './service.ts';
import { call, simple } from './simple.ts';

const SETTINGS = ['KEYBURN_VAULT_URL'];
const NEEDS = 'nobody knows which Vault it is for: set KEYBURN_VAULT_URL';

const token = z.object({
  data: z.object({
    accessor: z.string().min(1),
    policies: z.array(z.string()),
    display_name: z.string().optional(),
  }),
});
const DENIED = z.object({
  errors: z
    .array(z.string())
    .refine((all) => all.some((text) => /^permission denied$|\b(?:invalid|bad) token\b/.test(text))),
});

function headers({ secret }: Key, tools: Tools): Record<string, string> {
  const namespace = tools.credential('KEYBURN_VAULT_NAMESPACE');
  return { 'x-vault-token': reveal(secret), ...(namespace && { 'x-vault-namespace': reveal(namespace) }) };
}

function at(key: Key, tools: Tools, method: 'GET' | 'POST', path: string) {
  const base = baseFor({ settings: SETTINGS }, key, tools);
  return base === undefined ? NEEDS : call(method, `${base}/v1/auth/token/${path}`, headers(key, tools));
}

export function vault(): Service {
  return simple({
    id: 'vault',
    name: 'HashiCorp Vault',
    docs: 'https://developer.hashicorp.com/vault/api-docs/auth/token',
    asks: {
      KEYBURN_VAULT_URL: 'the address of your Vault, as in VAULT_ADDR: https://vault.example.com:8200',
      KEYBURN_VAULT_NAMESPACE:
        'the namespace that the token is of, where Vault has namespaces, as in VAULT_NAMESPACE',
    },
    hosts: [],
    settings: SETTINGS,
    check: {
      ask: (key, tools) => at(key, tools, 'GET', 'lookup-self'),
      live: token,
      says: 'with the token’s accessor',
      means: [{ status: 403, where: DENIED, is: 'rejected', says: 'not a token of this Vault, or no more' }],
      owner: ({ data }) => (data.display_name ? { account: data.display_name } : undefined),
    },
    revoke: {
      ask: (order, tools) => at(order, tools, 'POST', 'revoke-self'),
      answers: [
        { status: 204, is: 'accepted', says: 'revoked' },
        { status: 403, where: DENIED, is: 'already-dead', says: 'not a token of this Vault, or no more' },
        {
          status: 400,
          where: z.object({ errors: z.array(z.string().regex(/batch tokens? cannot be revoked/i)).min(1) }),
          is: 'manual',
          says: 'a batch token cannot be revoked: it ends with its parent, or when it expires',
        },
      ],
    },
    sideEffect: 'revokes the token’s children and all leases that were made with them',
    byHand: (preview) => [
      `read -rs VAULT_TOKEN && export VAULT_TOKEN && vault token revoke -self    # type ${preview} there; or, signed in as an admin: vault token revoke -accessor <accessor>`,
      'Read the audit log for what was read with it, and rotate those secrets as well.',
    ],
  });
}
