// OpenShift: OAuth access tokens (sha256~…). Pages, read 2026-11: docs.openshift.com/container-platform/latest/authentication/managing-oauth-access-tokens.html, the API
// reference of User and UserOAuthAccessToken. A cluster stands where its operator put it: KEYBURN_OPENSHIFT_URL is its API server. The
// record of a token is named by the token’s own SHA-256, so the key names itself.

import { createHash } from 'node:crypto';
import { z } from 'zod';
import { reveal } from '../model/reveal.ts';
import { baseFor } from './address.ts';
import { bearer } from './answer.ts';
import type { Key, Service, Tools } from './service.ts';
import { call, simple } from './simple.ts';

const SETTINGS = ['KEYBURN_OPENSHIFT_URL'];
const NEEDS = 'nobody knows which cluster it is for: set KEYBURN_OPENSHIFT_URL';

const user = z.object({ kind: z.literal('User'), metadata: z.object({ name: z.string().min(1) }) });
const status = (reason: string) => z.object({ kind: z.literal('Status'), reason: z.literal(reason) });
const UNAUTHORIZED = status('Unauthorized');

export function openshift(): Service {
  const at = (key: Key, tools: Tools, method: 'GET' | 'DELETE', path: string, what?: string) => {
    const base = baseFor({ settings: SETTINGS }, key, tools);
    return base === undefined ? NEEDS : call(method, base + path, bearer(key.secret), what ? { what } : {});
  };
  return simple({
    id: 'openshift',
    name: 'OpenShift',
    docs: 'https://docs.openshift.com/container-platform/latest/authentication/managing-oauth-access-tokens.html',
    asks: {
      KEYBURN_OPENSHIFT_URL: 'the address of the cluster’s API server: oc whoami --show-server',
    },
    hosts: [],
    settings: SETTINGS,
    check: {
      ask: (key, tools) => at(key, tools, 'GET', '/apis/user.openshift.io/v1/users/~'),
      live: user,
      says: 'with a user',
      means: [
        { status: 401, where: UNAUTHORIZED, is: 'rejected', says: 'Unauthorized by this cluster' },
        { status: 403, where: status('Forbidden'), is: 'limited', says: 'Forbidden: it authenticates' },
      ],
      owner: ({ metadata }) => ({ account: metadata.name }),
    },
    revoke: {
      ask: (order, tools) => {
        const digest = createHash('sha256').update(reveal(order.secret).replace(/^sha256~/, ''));
        const path = '/apis/oauth.openshift.io/v1/useroauthaccesstokens';
        const name = `sha256~${digest.digest('base64url')}`;
        return at(order, tools, 'DELETE', `${path}/${name}`, `DELETE ${path}/{name}`);
      },
      answers: [
        { status: 200, where: z.object({ kind: z.string() }), is: 'accepted', says: 'deleted itself' },
        { status: 401, where: UNAUTHORIZED, is: 'already-dead', says: 'Unauthorized by this cluster' },
        { status: 404, where: status('NotFound'), is: 'already-dead', says: 'no such token' },
        {
          status: 403,
          where: status('Forbidden'),
          is: 'manual',
          says: 'Forbidden: its scope does not let it end itself',
        },
      ],
    },
    byHand: (preview) => [
      `oc logout    # signed in with ${preview}; or as its user: oc get useroauthaccesstokens, then: oc delete useroauthaccesstokens <name>`,
    ],
  });
}
