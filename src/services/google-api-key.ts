// Google API keys. Pages: cloud.google.com/docs/authentication/api-keys-use (x-goog-api-key), ai.google.dev/api/models,
// cloud.google.com/api-keys/docs/reference/rest/v2/keys (lookupKey, delete, undelete: 30 days), google.rpc ErrorInfo reasons. A dead key is a
// 400 API_KEY_INVALID; a 403 with one of the known reasons is a key that lives but is not meant for this API, address or app.
// lookupKey takes the key in the address alone: Google offers no other way.

import { z } from 'zod';
import type { Secret } from '../model/index.ts';
import { reveal } from '../model/reveal.ts';
import { bearer, type Place } from './answer.ts';
import { byAdmin, told } from './by-admin.ts';
import { explaining } from './explaining.ts';
import type { Service, Tools } from './service.ts';
import { call, type Meaning, simple } from './simple.ts';

const ADMIN = 'GOOGLE_ADMIN_ACCESS_TOKEN';
const RESTRICTED = [
  'SERVICE_DISABLED',
  'API_KEY_SERVICE_BLOCKED',
  'API_KEY_HTTP_REFERRER_BLOCKED',
  'API_KEY_IP_ADDRESS_BLOCKED',
  'API_KEY_ANDROID_APP_BLOCKED',
  'API_KEY_IOS_APP_BLOCKED',
  'BILLING_DISABLED',
];

const because = (reason: z.ZodType<string>) =>
  z.object({
    error: z.object({
      details: z
        .array(z.looseObject({ reason: z.string().optional() }))
        .refine((list) => list.some((one) => reason.safeParse(one.reason).success)),
    }),
  });
const expired = because(z.literal('API_KEY_INVALID')).and(
  z.object({ error: z.object({ message: z.string().regex(/API key expired/i) }) }),
);
const named = z.object({ name: z.string().regex(/^projects\/[\w-]+\/locations\/global\/keys\/[\w-]+$/) });

const MEANS: readonly Meaning[] = [
  { status: 400, where: expired, is: 'expired', says: 'expired' },
  {
    status: 400,
    where: because(z.literal('API_KEY_INVALID')),
    is: 'rejected',
    says: 'API_KEY_INVALID',
  },
  { status: 403, where: because(z.enum(RESTRICTED)), is: 'limited', says: 'not for this use' },
  {
    status: 403,
    where: because(z.literal('CONSUMER_SUSPENDED')),
    is: 'disabled',
    says: 'CONSUMER_SUSPENDED',
  },
];

export function googleApiKey(place: Place = {}): Service {
  const { api = 'https://generativelanguage.googleapis.com', internal = false } = place;
  const admin = place.api ?? 'https://apikeys.googleapis.com';

  function find(secret: Secret, token: Secret, tools: Tools) {
    const query = new URLSearchParams({ keyString: reveal(secret) });
    const request = call('GET', `${admin}/v2/keys:lookupKey?${query.toString()}`, bearer(token));
    return told(request, named, `${ADMIN} does not see the key`, tools);
  }

  const byHand = (preview: string) => [
    `Sign in at https://console.cloud.google.com/apis/credentials, find ${preview}, restrict it or regenerate it, and delete the old one (it can be had back for 30 days).`,
    // gcloud takes the key as an argument alone, where `ps` shows it; curl reads it and the token from standard input.
    `Which project it is: printf 'url = "${admin}/v2/keys:lookupKey?keyString=%s"\\nheader = "Authorization: Bearer %s"\\n' "$KEY" "$(gcloud auth print-access-token)" | curl --config -`,
    `Or set ${ADMIN} (gcloud auth print-access-token, as an API Keys Admin) and let keyburn delete it.`,
  ];

  return {
    ...simple({
      id: 'google-api-key',
      name: 'Google API key',
      docs: 'https://cloud.google.com/docs/authentication/api-keys',
      asks: {
        GOOGLE_ADMIN_ACCESS_TOKEN:
          'an OAuth access token of a service account or user: `gcloud auth print-access-token`, as a Service Account Key Admin (roles/iam.serviceAccountKeyAdmin) or an API Keys Admin (roles/serviceusage.apiKeysAdmin)',
      },
      hosts: [...new Set([new URL(api).host, new URL(admin).host])],
      internal,
      settlesInMs: 300_000,
      check: {
        ask: ({ secret }) =>
          call('GET', `${api}/v1beta/models?pageSize=1`, { 'x-goog-api-key': reveal(secret) }),
        live: z.object({ models: z.array(z.object({ name: z.string().startsWith('models/') })).min(1) }),
        says: 'with a model',
        means: MEANS,
      },
      explain: explaining({
        name: 'Google',
        docs: 'https://cloud.google.com/docs/authentication/api-keys',
        manage: 'https://console.cloud.google.com/apis/credentials',
        means: MEANS,
      }),
      byHand,
    }),
    ...byAdmin(
      {
        credential: ADMIN,
        needs: 'an OAuth access token of an API Keys Admin',
        find: ({ secret }, token, tools) => find(secret, token, tools),
        revoke: {
          ask: ({ name }: { name: string }, token) =>
            call('DELETE', `${admin}/v2/${name}`, bearer(token), { what: 'DELETE keys/{id}' }),
          answers: [
            {
              status: 200,
              where: z.object({ name: z.string().startsWith('operations/') }),
              is: 'accepted',
              says: 'being deleted',
            },
          ],
        },
      },
      byHand,
    ),
  };
}
