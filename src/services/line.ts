// LINE: channel access tokens. Page, read 2026-11: developers.line.biz/en/reference/messaging-api (verify and revoke a short-lived or long-lived
// channel access token: the revocation answers 200 whatever the token was).

import { z } from 'zod';
import { reveal } from '../model/reveal.ts';
import type { Place } from './answer.ts';
import type { Service } from './service.ts';
import { call, simple } from './simple.ts';

const token = z.object({ client_id: z.string().min(1), expires_in: z.number() });
const problem = (text: RegExp) =>
  z.object({ error: z.literal('invalid_request'), error_description: z.string().regex(text) });

export function line({ api = 'https://api.line.me', internal = false }: Place = {}): Service {
  return simple({
    id: 'line',
    name: 'LINE',
    docs: 'https://developers.line.biz/en/reference/messaging-api/#revoke-longlived-or-shortlived-channel-access-token',
    hosts: [new URL(api).host],
    internal,
    check: {
      ask: ({ secret }) =>
        call('POST', `${api}/v2/oauth/verify`, {}, { form: { access_token: reveal(secret) } }),
      live: token,
      says: 'with its channel',
      means: [
        { status: 400, where: problem(/expired/i), is: 'expired', says: 'expired' },
        { status: 400, where: problem(/invalid/i), is: 'rejected', says: 'invalid' },
      ],
      owner: ({ client_id }) => ({ account: client_id }),
    },
    revoke: {
      ask: ({ secret }) =>
        call('POST', `${api}/v2/oauth/revoke`, {}, { form: { access_token: reveal(secret) } }),
      answers: [{ status: 200, is: 'accepted', says: 'accepted' }],
    },
    byHand: (preview) => [
      `Sign in to https://developers.line.biz/console/, open the channel of ${preview}: Messaging API > Channel access token > Reissue.`,
    ],
  });
}
