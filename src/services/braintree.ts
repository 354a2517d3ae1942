// Braintree. Page: developer.paypal.com/braintree/graphql/guides/making_api_calls/. Errors come with a 200.

import { z } from 'zod';
import { bearer, type Place } from './answer.ts';
import type { Service } from './service.ts';
import { call, simple } from './simple.ts';

export function braintree(place: Place = {}): Service {
  const { api = 'https://payments.braintree-api.com', internal = false } = place;
  return simple({
    id: 'braintree',
    name: 'Braintree',
    docs: 'https://developer.paypal.com/braintree/graphql/guides/making_api_calls/',
    hosts: [new URL(api).host],
    internal,
    check: {
      ask: ({ secret }) =>
        call(
          'POST',
          `${api}/graphql`,
          { ...bearer(secret), 'braintree-version': '2019-01-01' },
          { json: { query: 'query { ping }' } },
        ),
      live: z.object({ data: z.object({ ping: z.literal('pong') }) }),
      says: 'accepted',
      means: [
        {
          status: 200,
          where: z.object({
            errors: z
              .array(z.object({ extensions: z.object({ errorClass: z.literal('AUTHENTICATION') }) }))
              .min(1),
          }),
          is: 'rejected',
          says: 'AUTHENTICATION',
        },
        {
          status: 200,
          where: z.object({
            errors: z
              .array(z.object({ extensions: z.object({ errorClass: z.literal('AUTHORIZATION') }) }))
              .min(1),
          }),
          is: 'limited',
          says: 'AUTHORIZATION',
        },
      ],
    },
    byHand: (preview) => [
      `Sign in at https://www.braintreegateway.com, open the connected app, and disconnect it: ${preview} dies with the grant.`,
    ],
  });
}
