// Grafana service account tokens. Pages: grafana.com/docs/grafana/latest/developers/http_api/org (GET /api/org), …/authentication. A token is good at its
// instance only. The list of tokens shows none of a token's characters, so nothing but a person can tell which one it is.

import { z } from 'zod';
import { baseFor } from './address.ts';
import { bearer, type Place } from './answer.ts';
import type { Service } from './service.ts';
import { call, simple } from './simple.ts';

const SETTING = 'KEYBURN_GRAFANA_URL';
const DOMAINS = ['grafana.net'];
const failed = (words: RegExp) => z.object({ message: z.string().regex(words) });

export function grafana(place: Place = {}): Service {
  const { internal = false } = place;
  return simple({
    id: 'grafana',
    name: 'Grafana',
    docs: 'https://grafana.com/docs/grafana/latest/administration/service-accounts/',
    asks: {
      KEYBURN_GRAFANA_URL:
        'the address of the instance, where no grafana.net host stands beside the token: https://grafana.example.com',
    },
    hosts: place.api ? [new URL(place.api).host] : [],
    domains: DOMAINS,
    settings: [SETTING],
    internal,
    check: {
      ask: (key, tools) => {
        const base = place.api ?? baseFor({ settings: [SETTING], domains: DOMAINS }, key, tools);
        return base === undefined
          ? `no instance was found near the token; set ${SETTING}`
          : call('GET', `${base}/api/org`, bearer(key.secret));
      },
      live: z.object({ id: z.number(), name: z.string().min(1) }),
      says: 'with an organisation',
      means: [
        { status: 401, where: failed(/expired/i), is: 'expired', says: 'expired' },
        { status: 401, where: failed(/invalid|unauthorized/i), is: 'rejected', says: 'refused' },
        { status: 403, where: failed(/./), is: 'limited', says: 'without the right' },
      ],
    },
    byHand: (preview) => [
      `Sign in at the instance, open Administration > Users and access > Service accounts, and delete ${preview}.`,
    ],
  });
}
