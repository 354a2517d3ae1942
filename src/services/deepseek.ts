// DeepSeek. Pages: api-docs.deepseek.com/api/get-user-balance, api-docs.deepseek.com/quick_start/error_codes.

import { z } from 'zod';
import { bearer, type Place } from './answer.ts';
import type { Service } from './service.ts';
import { call, simple } from './simple.ts';

export function deepseek(place: Place = {}): Service {
  const { api = 'https://api.deepseek.com', internal = false } = place;
  return simple({
    id: 'deepseek',
    name: 'DeepSeek',
    docs: 'https://api-docs.deepseek.com/api/get-user-balance',
    hosts: [new URL(api).host],
    internal,
    check: {
      ask: ({ secret }) => call('GET', `${api}/user/balance`, bearer(secret)),
      live: z.object({
        is_available: z.boolean(),
        balance_infos: z.array(z.object({ currency: z.string() })),
      }),
      says: 'accepted',
      means: [
        {
          status: 401,
          where: z.object({ error: z.object({ type: z.literal('authentication_error') }) }),
          is: 'rejected',
          says: 'authentication_error',
        },
      ],
    },
    byHand: (preview) => [
      `Sign in at https://platform.deepseek.com/api_keys, mint a new key, roll it out, and delete ${preview}.`,
    ],
  });
}
