// Hugging Face: user and organisation tokens. Pages, read 2026-11: huggingface.co/docs/hub/api (whoami-v2), /docs/hub/security-tokens.
// The revocation of leaked tokens (POST /api/credentials/revoke, GitHub's shape, nobody has to sign in) has no page of its own;
// it answers 202 whatever the token was, so only the second look is proof.

import { z } from 'zod';
import { reveal } from '../model/reveal.ts';
import { bearer, type Place } from './answer.ts';
import type { Service } from './service.ts';
import { call, simple } from './simple.ts';

const who = z.object({
  type: z.enum(['user', 'org', 'app']),
  name: z.string().min(1),
  email: z.string().nullish(),
});
const problem = (text: RegExp) => z.object({ error: z.string().regex(text) });

export function huggingface({ api = 'https://huggingface.co', internal = false }: Place = {}): Service {
  return simple({
    id: 'huggingface',
    name: 'Hugging Face',
    docs: 'https://huggingface.co/docs/hub/security-tokens',
    hosts: [new URL(api).host],
    internal,
    settlesInMs: 60_000,
    check: {
      ask: ({ secret }) => call('GET', `${api}/api/whoami-v2`, bearer(secret)),
      live: who,
      says: 'with a name',
      means: [
        { status: 401, where: problem(/expired/i), is: 'expired', says: 'expired' },
        { status: 401, where: problem(/invalid/i), is: 'rejected', says: 'invalid' },
      ],
      owner: ({ name, email }) => ({ account: name, ...(email && { email }) }),
    },
    revoke: {
      ask: ({ secret }) =>
        call('POST', `${api}/api/credentials/revoke`, {}, { json: { credentials: [reveal(secret)] } }),
      answers: [{ status: 202, is: 'accepted', says: 'accepted' }],
    },
    byHand: (preview) => [
      `Sign in as the owner of ${preview} and choose “Invalidate and refresh” or “Delete”: https://huggingface.co/settings/tokens`,
    ],
  });
}
