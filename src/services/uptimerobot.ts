// UptimeRobot. Page: uptimerobot.com/api/legacy/#getAccountDetailsWrap.

import { z } from 'zod';
import { reveal } from '../model/reveal.ts';
import type { Place } from './answer.ts';
import type { Service } from './service.ts';
import { call, simple } from './simple.ts';

export function uptimerobot(place: Place = {}): Service {
  const { api = 'https://api.uptimerobot.com', internal = false } = place;
  return simple({
    id: 'uptimerobot',
    name: 'UptimeRobot',
    docs: 'https://uptimerobot.com/api/legacy/#getAccountDetailsWrap',
    hosts: [new URL(api).host],
    internal,
    check: {
      ask: ({ secret }) =>
        call(
          'POST',
          `${api}/v2/getAccountDetails`,
          {},
          { form: { api_key: reveal(secret), format: 'json' } },
        ),
      live: z.object({ stat: z.literal('ok'), account: z.object({ email: z.string() }) }),
      says: 'accepted',
      means: [
        {
          status: 200,
          where: z.object({
            stat: z.literal('fail'),
            error: z.object({ type: z.literal('invalid_parameter'), parameter_name: z.literal('api_key') }),
          }),
          is: 'rejected',
          says: 'api_key is wrong',
        },
      ],
    },
    byHand: (preview) => [
      `Sign in at https://dashboard.uptimerobot.com/integrations, mint a new key, roll it out, and delete ${preview}.`,
    ],
  });
}
