// Facebook: user and page access tokens. Pages, read 2026-11: developers.facebook.com/docs/graph-api/guides/error-handling (190 and its subcodes say why), …/facebook-login/guides/permissions/
// request-revoke (a user’s token takes the app’s whole access away). The token goes into a header, which the Graph API takes as well.

import { z } from 'zod';
import { bearer, type Place } from './answer.ts';
import { explaining } from './explaining.ts';
import type { Service } from './service.ts';
import { call, type Meaning, simple } from './simple.ts';

const fault = (code: number, ...subcodes: readonly number[]) =>
  z.object({
    error: z.object({
      type: z.literal('OAuthException'),
      code: z.literal(code),
      ...(subcodes.length > 0 && { error_subcode: z.literal(subcodes) }),
    }),
  });
// 463, 467: expired. 458: the app was removed. 460: the password was changed. 459, 464: the user has to act first.
const MEANS: readonly Meaning[] = [400, 401].flatMap((status): Meaning[] => [
  { status, where: fault(190, 463, 467), is: 'expired', says: '190: expired' },
  {
    status,
    where: fault(190, 458, 460),
    is: 'revoked',
    says: '190: the app was removed, or the password changed',
  },
  { status, where: fault(190, 459, 464), is: 'disabled', says: '190: its user is stopped' },
  { status, where: fault(190), is: 'rejected', says: '190: invalid' },
]);

export function facebook({ api = 'https://graph.facebook.com', internal = false }: Place = {}): Service {
  return simple({
    id: 'facebook',
    name: 'Facebook',
    docs: 'https://developers.facebook.com/docs/facebook-login/guides/permissions/request-revoke/',
    hosts: [new URL(api).host],
    internal,
    check: {
      ask: ({ secret }) => call('GET', `${api}/me?fields=id,name`, bearer(secret)),
      live: z.object({ id: z.string().regex(/^\d+$/), name: z.string().optional() }),
      says: 'with an id',
      means: MEANS,
      owner: ({ id, name }) => ({ account: name ?? id }),
    },
    revoke: {
      ask: ({ secret }) => call('DELETE', `${api}/me/permissions`, bearer(secret)),
      answers: [
        {
          status: 200,
          where: z.object({ success: z.literal(true) }),
          is: 'accepted',
          says: 'the app is removed',
        },
        ...[400, 401].map((status) => ({
          status,
          where: fault(190),
          is: 'already-dead' as const,
          says: '190: it is dead',
        })),
      ],
    },
    sideEffect: 'removes the app from that user’s account: every token that it holds for them dies',
    explain: explaining({
      name: 'Facebook',
      docs: 'https://developers.facebook.com/docs/graph-api/guides/error-handling/',
      manage: 'https://developers.facebook.com/apps/',
      means: MEANS,
    }),
    byHand: (preview) => [
      `Sign in as the owner of ${preview} and remove the app: https://www.facebook.com/settings/applications`,
    ],
  });
}
