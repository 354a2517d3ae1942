// ServiceNow: OAuth tokens. Pages, read 2026-11: www.servicenow.com/docs platform-security/authentication/t_RevokeOAuthToken.html (nobody has to sign in; the token goes into the
// address: ServiceNow offers no other way), the Table API. A token is good at one instance: the *.service-now.com host beside it, or
// KEYBURN_SERVICENOW_URL.

import { z } from 'zod';
import { reveal } from '../model/reveal.ts';
import { baseFor } from './address.ts';
import { bearer, notDone, refused, seen } from './answer.ts';
import type { Service } from './service.ts';
import { call, simple } from './simple.ts';

const AT = { settings: ['KEYBURN_SERVICENOW_URL'], domains: ['service-now.com'] };
const NEEDS =
  'nobody knows which instance it is for: no *.service-now.com host stands beside it, and KEYBURN_SERVICENOW_URL is not set';

const problem = (text: RegExp) =>
  z.object({ error: z.object({ message: z.string().regex(text) }), status: z.literal('failure') });

const byHand = (preview: string) => [
  `On the instance of ${preview}: System OAuth > Manage Tokens, and choose Revoke Access.`,
];

export function servicenow(): Service {
  return simple({
    id: 'servicenow',
    name: 'ServiceNow',
    docs: 'https://www.servicenow.com/docs/r/platform-security/authentication/t_RevokeOAuthToken.html',
    asks: {
      KEYBURN_SERVICENOW_URL:
        'the address of the instance, where no *.service-now.com host stands beside the token',
    },
    hosts: [],
    ...AT,
    check: {
      ask: (key, tools) => {
        const base = baseFor(AT, key, tools);
        const path = '/api/now/table/sys_user?sysparm_limit=1&sysparm_fields=sys_id';
        return base === undefined ? NEEDS : call('GET', base + path, bearer(key.secret));
      },
      live: z.object({ result: z.array(z.object({ sys_id: z.string().min(1) })).min(1) }),
      says: 'with a record',
      means: [
        { status: 401, where: problem(/not authenticated/i), is: 'rejected', says: 'not authenticated' },
        {
          status: 403,
          where: problem(/insufficient rights|ACL/i),
          is: 'limited',
          says: 'it authenticates; its rights do not allow this',
        },
      ],
    },
    // The page that answers is no JSON: whether the token is dead, only the second look says.
    revoke: async (order, tools) => {
      const base = baseFor(AT, order, tools);
      if (base === undefined) return { outcome: 'manual', note: NEEDS, steps: byHand(order.secret.preview) };
      const url = `${base}/oauth_revoke_token.do?token=${encodeURIComponent(reveal(order.secret))}`;
      const request = call('GET', url, {});
      const reply = await tools.ask(request);
      if (reply.kind === 'unanswered') return notDone(reply);
      return reply.status === 200
        ? { outcome: 'accepted', note: seen(request, reply, 'accepted') }
        : refused(request, reply);
    },
    byHand,
  });
}
