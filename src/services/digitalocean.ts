// DigitalOcean: personal and OAuth access tokens. Pages, read 2026-11: docs.digitalocean.com/reference/api (account, errors),
// /reference/api/oauth (revoke: the token authorises its own end). Refresh tokens have no read-only question.

import { z } from 'zod';
import { reveal } from '../model/reveal.ts';
import { bearer, type Place } from './answer.ts';
import type { Service } from './service.ts';
import { call, simple } from './simple.ts';

const account = z.object({ account: z.object({ uuid: z.string().min(1), email: z.string().min(1) }) });
const problem = (id: string) =>
  z.object({ id: z.string().regex(new RegExp(`^${id}$`, 'i')), message: z.string() });

export interface DigitalOceanPlace extends Place {
  /** Where OAuth lives. */
  readonly cloud?: string;
}

export function digitalocean(place: DigitalOceanPlace = {}): Service {
  const {
    api = 'https://api.digitalocean.com',
    cloud = 'https://cloud.digitalocean.com',
    internal = false,
  } = place;
  return simple({
    id: 'digitalocean',
    name: 'DigitalOcean',
    docs: 'https://docs.digitalocean.com/reference/api/oauth/',
    hosts: [new URL(api).host, new URL(cloud).host],
    internal,
    check: {
      ask: ({ secret }) => call('GET', `${api}/v2/account`, bearer(secret)),
      live: account,
      says: 'with an account',
      means: [
        { status: 401, where: problem('unauthorized'), is: 'rejected', says: 'unauthorized' },
        {
          status: 403,
          where: problem('forbidden'),
          is: 'limited',
          says: 'it authenticates; its scopes do not allow this',
        },
      ],
      owner: ({ account: { email, uuid } }) => ({ account: uuid, email }),
    },
    revoke: {
      ask: ({ secret }) =>
        call('POST', `${cloud}/v1/oauth/revoke`, bearer(secret), { form: { token: reveal(secret) } }),
      answers: [
        { status: 200, is: 'accepted', says: 'accepted' },
        { status: 401, where: problem('unauthorized'), is: 'already-dead', says: 'unauthorized' },
      ],
    },
    byHand: (preview) => [
      `Sign in to the team of ${preview} and delete it: https://cloud.digitalocean.com/account/api/tokens`,
    ],
  });
}
