// Doppler: every kind of `dp.` token. Pages, read 2026-11: docs.doppler.com/reference/auth-me and /reference/auth-revoke (the body names
// the token; nothing more is needed).

import { z } from 'zod';
import { reveal } from '../model/reveal.ts';
import { bearer, type Place } from './answer.ts';
import type { Service } from './service.ts';
import { call, simple } from './simple.ts';

const me = z.object({
  workplace: z.object({ slug: z.string().min(1), name: z.string().optional() }),
  type: z.string().min(1),
  last_seen_at: z.string().nullish(),
});
const REFUSED = z.object({ success: z.literal(false), messages: z.array(z.string()).min(1) });

export function doppler({ api = 'https://api.doppler.com', internal = false }: Place = {}): Service {
  return simple({
    id: 'doppler',
    name: 'Doppler',
    docs: 'https://docs.doppler.com/reference/auth-revoke',
    hosts: [new URL(api).host],
    internal,
    check: {
      ask: ({ secret }) => call('GET', `${api}/v3/me`, bearer(secret)),
      live: me,
      says: 'with a workplace',
      means: [{ status: 401, where: REFUSED, is: 'rejected', says: 'not a token, or no more' }],
      owner: ({ workplace }) => ({ account: workplace.name ?? workplace.slug }),
      usage: ({ last_seen_at }) => (last_seen_at ? { lastUsed: last_seen_at } : undefined),
    },
    revoke: {
      ask: ({ secret }) =>
        call('POST', `${api}/v3/auth/revoke`, bearer(secret), { json: { token: reveal(secret) } }),
      answers: [
        { status: 200, where: z.object({ success: z.literal(true) }), is: 'accepted', says: 'revoked' },
        { status: 401, where: REFUSED, is: 'already-dead', says: 'not a token, or no more' },
      ],
    },
    byHand: (preview) => [
      `doppler configure tokens revoke, or in the dashboard: Workplace > Tokens (or the config’s Access tab), and revoke ${preview}.`,
      'Look at the activity log for what was read with it, and rotate those secrets as well.',
    ],
  });
}
