// Sumo Logic: access keys, a pair of id and key. Pages, read 2026-11: api.sumologic.com/docs (deleteAccessKey: by the access id), help.sumologic.com/docs/api/
// about-apis (a key is good at its deployment’s endpoint only): KEYBURN_SUMOLOGIC_URL says which one.

import { z } from 'zod';
import { reveal } from '../model/reveal.ts';
import { baseFor } from './address.ts';
import type { Key, Service, Tools } from './service.ts';
import { basicAuth, call, SOME_JSON, simple } from './simple.ts';

const SETTINGS = ['KEYBURN_SUMOLOGIC_URL'];
const NO_ID = 'the access id is not beside the key';
const NO_PLACE = 'nobody knows which deployment it is for: set KEYBURN_SUMOLOGIC_URL';
const problem = (code: string) => z.object({ code: z.literal(code) });
const REFUSED = problem('unauthorized');

function at(key: Key, tools: Tools, method: 'GET' | 'DELETE', path: (id: string) => string) {
  const id = key.parts.accessId && reveal(key.parts.accessId);
  if (id === undefined || !/^su[0-9A-Za-z]{12}$/.test(id)) return NO_ID;
  const base = baseFor({ settings: SETTINGS }, key, tools);
  return base === undefined ? NO_PLACE : call(method, base + path(id), basicAuth(id, key.secret));
}

export function sumologic(): Service {
  return simple({
    id: 'sumologic',
    name: 'Sumo Logic',
    docs: 'https://api.sumologic.com/docs/#operation/deleteAccessKey',
    asks: {
      KEYBURN_SUMOLOGIC_URL: 'the API endpoint of your deployment: https://api.<deployment>.sumologic.com',
    },
    hosts: [],
    settings: SETTINGS,
    check: {
      ask: (key, tools) => at(key, tools, 'GET', () => '/api/v1/collectors?limit=1'),
      live: z.object({ collectors: z.array(z.unknown()) }),
      says: 'with collectors',
      means: [
        { status: 401, where: REFUSED, is: 'rejected', says: 'unauthorized at this deployment' },
        {
          status: 403,
          where: problem('forbidden'),
          is: 'limited',
          says: 'it authenticates, but may not list collectors',
        },
      ],
    },
    revoke: {
      ask: (order, tools) => at(order, tools, 'DELETE', (id) => `/api/v1/accessKeys/${id}`),
      answers: [
        { status: 204, is: 'accepted', says: 'deleted itself' },
        { status: 401, where: REFUSED, is: 'already-dead', says: 'unauthorized at this deployment' },
        { status: 403, where: SOME_JSON, is: 'manual', says: 'it may not manage access keys' },
      ],
    },
    byHand: (preview) => [
      `Sign in as the owner of ${preview} and delete it: Preferences > My Access Keys; an admin: Administration > Security > Access Keys.`,
    ],
  });
}
