// Weights & Biases. Page: docs.wandb.ai/models/app/settings-page/user-settings.

import { z } from 'zod';
import type { Place } from './answer.ts';
import type { Service } from './service.ts';
import { basicAuth, call, simple } from './simple.ts';

export function wandb(place: Place = {}): Service {
  const { api = 'https://api.wandb.ai', internal = false } = place;
  return simple({
    id: 'wandb',
    name: 'Weights & Biases',
    docs: 'https://docs.wandb.ai/models/app/settings-page/user-settings',
    hosts: [new URL(api).host],
    internal,
    check: {
      ask: ({ secret }) =>
        call('POST', `${api}/graphql`, basicAuth('api', secret), { json: { query: '{ viewer { id } }' } }),
      live: z.object({ data: z.object({ viewer: z.object({ id: z.string().min(1) }) }) }),
      says: 'accepted',
      means: [
        {
          status: 200,
          where: z.object({ data: z.object({ viewer: z.null() }) }),
          is: 'rejected',
          says: 'nobody',
        },
        { status: 401, where: z.object({ errors: z.array(z.unknown()) }), is: 'rejected', says: 'refused' },
      ],
    },
    byHand: (preview) => [`Sign in at https://wandb.ai/settings, open API keys, and delete ${preview}.`],
  });
}
