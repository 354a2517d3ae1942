// JFrog Artifactory: API keys (AKCp…), of which a user has one. Page, read 2026-11: jfrog.com/help/r/jfrog-rest-apis (get and revoke the API key of the current user;
// deprecated, in use). A key is good at one platform: the *.jfrog.io host beside it, or KEYBURN_JFROG_URL.

import { z } from 'zod';
import { reveal } from '../model/reveal.ts';
import { baseFor } from './address.ts';
import type { Key, Service, Tools } from './service.ts';
import { call, simple } from './simple.ts';

const AT = { settings: ['KEYBURN_JFROG_URL'], domains: ['jfrog.io'] };
const NEEDS =
  'nobody knows which platform it is for: no *.jfrog.io host stands beside it, and KEYBURN_JFROG_URL is not set';
const INVALID = z.object({
  errors: z.array(z.object({ status: z.literal(401), message: z.string() })).min(1),
});

export function jfrog(): Service {
  const at = (key: Key, tools: Tools, method: 'GET' | 'DELETE') => {
    const base = baseFor(AT, key, tools);
    const headers = { 'x-jfrog-art-api': reveal(key.secret) };
    return base === undefined ? NEEDS : call(method, `${base}/artifactory/api/security/apiKey`, headers);
  };
  return simple({
    id: 'jfrog',
    name: 'JFrog Artifactory',
    docs: 'https://jfrog.com/help/r/jfrog-rest-apis/revoke-api-key',
    asks: {
      KEYBURN_JFROG_URL:
        'the address of the platform, where no *.jfrog.io host stands beside the key: https://artifacts.example.com',
    },
    hosts: [],
    ...AT,
    check: {
      ask: (key, tools) => at(key, tools, 'GET'),
      live: z.object({ apiKey: z.string().min(1) }),
      says: 'with its user’s key',
      means: [{ status: 401, where: INVALID, is: 'rejected', says: 'bad credentials' }],
    },
    revoke: {
      ask: (order, tools) => at(order, tools, 'DELETE'),
      answers: [
        { status: 200, is: 'accepted', says: 'revoked itself' },
        { status: 401, where: INVALID, is: 'already-dead', says: 'bad credentials' },
      ],
    },
    byHand: (preview) => [
      `Sign in as the owner of ${preview}: Edit Profile > Authentication Settings > API Key, and revoke it.`,
    ],
  });
}
