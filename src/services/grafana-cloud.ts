// Grafana Cloud access policy tokens. Page: grafana.com/docs/grafana-cloud/developer-resources/api-reference/cloud-api. The token is base64 JSON that names its own
// region. Only tokens with accesspolicies:read may list; any other living one is a 403.

import { z } from 'zod';
import type { Secret } from '../model/index.ts';
import { reveal } from '../model/reveal.ts';
import { bearer, type Place } from './answer.ts';
import type { Service } from './service.ts';
import { call, simple } from './simple.ts';

const failed = z.object({ code: z.string(), message: z.string() });

function regionOf(secret: Secret): string | undefined {
  try {
    const text = Buffer.from(reveal(secret).replace(/^glc_/, ''), 'base64').toString('utf8');
    const parsed: unknown = JSON.parse(text);
    const own = z.object({ m: z.object({ r: z.string().regex(/^[a-z0-9-]{1,40}$/) }) }).safeParse(parsed);
    return own.data?.m.r;
  } catch {
    return undefined;
  }
}

export function grafanaCloud(place: Place = {}): Service {
  const { api = 'https://grafana.com', internal = false } = place;
  return simple({
    id: 'grafana-cloud',
    name: 'Grafana Cloud',
    docs: 'https://grafana.com/docs/grafana-cloud/security-and-account-management/authentication-and-permissions/access-policies/',
    hosts: [new URL(api).host],
    internal,
    check: {
      ask: ({ secret }) => {
        const region = regionOf(secret);
        return region === undefined
          ? 'the token names no region'
          : call('GET', `${api}/api/v1/tokens?region=${region}&pageSize=1`, bearer(secret));
      },
      live: z.object({ items: z.array(z.object({ id: z.string(), accessPolicyId: z.string() })).min(1) }),
      says: 'with tokens',
      means: [
        { status: 401, where: failed, is: 'rejected', says: 'InvalidCredentials' },
        { status: 403, where: failed, is: 'limited', says: 'without accesspolicies:read' },
      ],
    },
    byHand: (preview) => [
      `Sign in at https://grafana.com, open the stack’s Security > Access Policies, find ${preview}, and delete it.`,
    ],
  });
}
