// Figma. Page: developers.figma.com/docs/rest-api/users-endpoints/. A dead token is a 403; a missing scope is one,
// too.

import { z } from 'zod';
import { reveal } from '../model/reveal.ts';
import type { Place } from './answer.ts';
import { explaining } from './explaining.ts';
import type { Service } from './service.ts';
import { call, type Meaning, simple } from './simple.ts';

const MEANS: readonly Meaning[] = [
  {
    status: 403,
    where: z.object({ err: z.string().regex(/invalid scope/i) }),
    is: 'limited',
    says: 'the scope is missing',
  },
  {
    status: 403,
    where: z.object({ err: z.string().regex(/expired/i) }),
    is: 'expired',
    says: 'expired',
  },
  {
    status: 403,
    where: z.object({ err: z.string().regex(/invalid token/i) }),
    is: 'rejected',
    says: 'Invalid token',
  },
];

export function figma(place: Place = {}): Service {
  const { api = 'https://api.figma.com', internal = false } = place;
  return simple({
    id: 'figma',
    name: 'Figma',
    docs: 'https://developers.figma.com/docs/rest-api/users-endpoints/',
    hosts: [new URL(api).host],
    internal,
    check: {
      ask: ({ secret }) => call('GET', `${api}/v1/me`, { 'x-figma-token': reveal(secret) }),
      live: z.object({ id: z.string().min(1), handle: z.string(), email: z.string() }),
      says: 'accepted',
      means: MEANS,
      owner: ({ handle, email }) => ({ account: handle, email }),
    },
    explain: explaining({
      name: 'Figma',
      docs: 'https://developers.figma.com/docs/rest-api/authentication/',
      manage: 'https://www.figma.com/settings',
      means: MEANS,
    }),
    byHand: (preview) => [
      `Sign in at https://www.figma.com/settings, open Security > Personal access tokens, and revoke ${preview}.`,
    ],
  });
}
