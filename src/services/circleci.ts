// CircleCI. Page: circleci.com/docs/api/v2/#operation/getCurrentUser.

import { z } from 'zod';
import { reveal } from '../model/reveal.ts';
import type { Place } from './answer.ts';
import type { Service } from './service.ts';
import { call, simple } from './simple.ts';

export function circleci(place: Place = {}): Service {
  const { api = 'https://circleci.com', internal = false } = place;
  return simple({
    id: 'circleci',
    name: 'CircleCI',
    docs: 'https://circleci.com/docs/api/v2/#operation/getCurrentUser',
    hosts: [new URL(api).host],
    internal,
    check: {
      ask: ({ secret }) => call('GET', `${api}/api/v2/me`, { 'circle-token': reveal(secret) }),
      live: z.object({ id: z.string().min(1), login: z.string() }),
      says: 'accepted',
      means: [{ status: 401, where: z.object({ message: z.string() }), is: 'rejected', says: 'refused' }],
      owner: ({ login }) => ({ account: login }),
    },
    byHand: (preview) => [
      `Sign in at https://app.circleci.com/settings/user/tokens, and delete ${preview}.`,
      'A token of a project (CCIPRJ_…): Project Settings > API Permissions.',
    ],
  });
}
