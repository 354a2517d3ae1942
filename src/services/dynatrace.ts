// Dynatrace. Pages: docs.dynatrace.com/docs/dynatrace-api/environment-api/tokens-v2/api-tokens (lookup, put, delete), …/basics/dynatrace-api-authentication. The public
// part of a token (its first two segments) is its id. A token asks about itself; without apiTokens.read that is a 403 of a live one.

import { z } from 'zod';
import type { Secret } from '../model/index.ts';
import { reveal } from '../model/reveal.ts';
import { baseFor } from './address.ts';
import type { Place } from './answer.ts';
import { byAdmin } from './by-admin.ts';
import type { Key, Service, Tools } from './service.ts';
import { call, type Outcome, simple } from './simple.ts';

const ADMIN = 'DYNATRACE_ADMIN_TOKEN';
const SETTING = 'KEYBURN_DYNATRACE_URL';
const DOMAINS = ['live.dynatrace.com'];
const about = z.object({ id: z.string().startsWith('dt0'), enabled: z.boolean() });
const failed = (code: number) => z.object({ error: z.object({ code: z.literal(code) }) });

export function dynatrace(place: Place = {}): Service {
  const { internal = false } = place;
  const base = (key: Key, tools: Tools) =>
    place.api ?? baseFor({ settings: [SETTING], domains: DOMAINS }, key, tools);
  const token = (secret: Secret) => ({ authorization: `Api-Token ${reveal(secret)}` });

  interface Found {
    readonly url: string;
  }
  const answers = (says: string): readonly Outcome[] => [
    { status: 204, is: 'accepted', says },
    { status: 404, where: failed(404), is: 'already-dead', says: 'not found' },
  ];
  const set = (enabled: boolean) => ({
    ask: ({ url }: Found, admin: Secret) =>
      call('PUT', url, token(admin), { json: { enabled }, what: 'PUT apiTokens/{id}' }),
    answers: answers(enabled ? 'enabled' : 'disabled'),
  });

  const byHand = (preview: string) => [
    `Sign in, open Access tokens, find ${preview}, and disable or delete it.`,
    `Or set ${ADMIN} (apiTokens.write) and, where the environment does not stand near the token, ${SETTING}, and let keyburn do it.`,
  ];

  return {
    ...simple({
      id: 'dynatrace',
      name: 'Dynatrace',
      docs: 'https://docs.dynatrace.com/docs/dynatrace-api/environment-api/tokens-v2/api-tokens',
      asks: {
        DYNATRACE_ADMIN_TOKEN:
          'an access token with apiTokens.write of the same environment: Dynatrace, Access Tokens',
        KEYBURN_DYNATRACE_URL:
          'the address of the environment, where none stands beside the token: https://<environment>.live.dynatrace.com',
      },
      hosts: place.api ? [new URL(place.api).host] : [],
      domains: DOMAINS,
      settings: [SETTING],
      internal,
      check: {
        ask: (key, tools) => {
          const url = base(key, tools);
          if (url === undefined) return `no environment was found near the token; set ${SETTING}`;
          return call('POST', `${url}/api/v2/apiTokens/lookup`, token(key.secret), {
            json: { token: reveal(key.secret) },
          });
        },
        live: about.extend({ enabled: z.literal(true) }),
        says: 'enabled',
        means: [
          {
            status: 200,
            where: about.extend({ enabled: z.literal(false) }),
            is: 'disabled',
            says: 'not enabled',
          },
          { status: 401, where: failed(401), is: 'rejected', says: 'refused' },
          { status: 403, where: failed(403), is: 'limited', says: 'without apiTokens.read' },
        ],
      },
      byHand,
    }),
    ...byAdmin<Found>(
      {
        credential: ADMIN,
        needs: 'a token with apiTokens.write',
        find: async (key, _admin, tools) => {
          const url = base(key, tools);
          const id = /^(dt0[a-z]\d\d\.[0-9A-Z]{8,24})\./.exec(reveal(key.secret))?.[1];
          if (url === undefined) return `no environment was found near the token; set ${SETTING}`;
          return id === undefined ? 'no id is inside the token' : { url: `${url}/api/v2/apiTokens/${id}` };
        },
        contain: set(false),
        restore: set(true),
        revoke: {
          ask: ({ url }, admin) => call('DELETE', url, token(admin), { what: 'DELETE apiTokens/{id}' }),
          answers: answers('deleted'),
        },
      },
      byHand,
    ),
  };
}
