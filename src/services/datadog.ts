// Datadog API keys. Pages: docs.datadoghq.com/api/latest/authentication (validate), …/key-management (list, get, delete; a key's own page
// shows it whole), …/getting_started/site. A dead key is a 403. Each site knows its own keys alone. Four last characters name nobody
// for certain, so the row that they lead to must show the key itself.

import { z } from 'zod';
import type { Secret } from '../model/index.ts';
import { reveal } from '../model/reveal.ts';
import type { Place } from './answer.ts';
import { byAdmin, everyRow, segment, told } from './by-admin.ts';
import { inRegions } from './regions.ts';
import type { Service, Tools } from './service.ts';
import { call } from './simple.ts';

const ADMIN = 'DATADOG_ADMIN_API_KEY';
const APP = 'DATADOG_ADMIN_APP_KEY';
const SITES = ['', 'us3.', 'us5.', 'ap1.', 'ap2.'].map((site) => `https://api.${site}datadoghq.com`);
const REGIONS = [...SITES, 'https://api.datadoghq.eu', 'https://api.ddog-gov.com'];
const PAGE = 100;

const valid = z.object({ valid: z.literal(true) });
const failed = z.object({ errors: z.array(z.string()).min(1) });
const row = z.object({ id: z.string().min(1), attributes: z.object({ last4: z.string() }) });

interface Found {
  readonly api: string;
  readonly id: string;
}

export function datadog(place: Place = {}): Service {
  const { internal = false } = place;
  const apis = place.api === undefined ? REGIONS : [place.api];
  const validate = (api: string, secret: Secret) =>
    call('GET', `${api}/api/v1/validate`, { 'dd-api-key': reveal(secret) });

  async function find(secret: Secret, headers: Readonly<Record<string, string>>, tools: Tools) {
    for (const api of apis) {
      const here = await told(validate(api, secret), valid, 'not of this site', tools);
      if (typeof here === 'string') continue;
      if ('outcome' in here) return here;
      const ask = (next = '0') =>
        call('GET', `${api}/api/v2/api_keys?page[size]=${PAGE}&page[number]=${next}`, headers);
      let number = 0;
      const page = z.object({ data: z.array(row) }).transform(({ data }) => {
        number += 1;
        return { rows: data, next: data.length < PAGE ? undefined : String(number) };
      });
      const rows = await everyRow(ask, page, ADMIN, tools);
      if (typeof rows === 'string' || 'outcome' in rows) return rows;
      for (const { id } of rows.filter((one) => reveal(secret).endsWith(one.attributes.last4))) {
        const whole = z.object({
          data: z.object({ attributes: z.object({ key: z.literal(reveal(secret)) }) }),
        });
        const request = call('GET', `${api}/api/v2/api_keys/${segment(id)}`, headers, {
          what: 'GET api_keys/{id}',
        });
        const own = await told(request, whole, 'another key', tools);
        if (typeof own !== 'string') return 'outcome' in own ? own : { api, id };
      }
      return 'no key of the admin’s list shows itself to be this one, so none was touched';
    }
    return 'no site of Datadog knows the key any more';
  }

  function headersOf(admin: Secret, app: Secret) {
    return { 'dd-api-key': reveal(admin), 'dd-application-key': reveal(app) };
  }

  const byHand = (preview: string) => [
    `Sign in, open Organization Settings > API Keys, add a new key, roll it out, and revoke ${preview}.`,
    `Or set ${ADMIN} and ${APP} (api_keys_read, api_keys_delete) and let keyburn delete it.`,
  ];

  return {
    id: 'datadog',
    name: 'Datadog',
    docs: 'https://docs.datadoghq.com/api/latest/key-management/',
    asks: {
      DATADOG_ADMIN_API_KEY: 'an API key of the same organisation: Datadog, Organization Settings, API Keys',
      DATADOG_ADMIN_APP_KEY:
        'an application key with api_keys_read and api_keys_delete: Datadog, Organization Settings, Application Keys',
    },
    hosts: apis.map((api) => new URL(api).host),
    internal,
    rate: { requests: 10, perMs: 1_000, concurrency: 2 },
    ...inRegions(apis, (api) => ({
      ask: ({ secret }) => validate(api, secret),
      live: valid,
      says: 'valid',
      means: [{ status: 403, where: failed, is: 'rejected', says: 'Forbidden' }],
    })),
    revoke: (order, tools) => {
      const app = tools.credential(APP);
      const how = byAdmin<Found>(
        {
          credential: app ? ADMIN : APP,
          needs: 'an API key and an application key of an administrator',
          find: ({ secret }, admin) =>
            app ? find(secret, headersOf(admin, app), tools) : Promise.resolve(`it takes ${APP}`),
          revoke: {
            ask: ({ api, id }, admin) =>
              call('DELETE', `${api}/api/v2/api_keys/${segment(id)}`, app ? headersOf(admin, app) : {}, {
                what: 'DELETE api_keys/{id}',
              }),
            answers: [{ status: 204, is: 'accepted', says: 'deleted' }],
          },
        },
        byHand,
      );
      const { revoke } = how;
      return revoke
        ? revoke(order, tools)
        : Promise.resolve({ outcome: 'manual', note: 'a person’s', steps: byHand(order.secret.preview) });
    },
    byHand: ({ preview }) => byHand(preview),
  };
}
