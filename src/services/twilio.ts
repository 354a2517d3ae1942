// Twilio: auth tokens (with their account SID), and API keys (SID and secret). Pages, read 2026-11: www.twilio.com/docs/iam/api/account, /iam/api-keys/key-resource-v1 (delete: standard keys may not,
// main keys and the account may), /iam/api/authtoken, /verify/api/service (a list that API keys may read), /api/errors/20003. An auth token can only
// be rotated, which makes a new one that somebody has to get: a person does that. A key ends by its SID, by itself or by TWILIO_ADMIN_KEY
// (`SID:secret` of a main key or an account).

import { z } from 'zod';
import { type RevokeOrder, Secret } from '../model/index.ts';
import { reveal } from '../model/reveal.ts';
import type { Place } from './answer.ts';
import { explaining } from './explaining.ts';
import type { Key, RevokeReply, Service, Tools } from './service.ts';
import { basicAuth, call, type Meaning, outcomeOf, simple } from './simple.ts';

const ACCOUNT = /^AC[0-9a-fA-F]{32}$/;
const KEY = /^SK[0-9a-fA-F]{32}$/;
const live = z.union([
  z.object({
    sid: z.string().regex(ACCOUNT),
    status: z.literal('active'),
    friendly_name: z.string().optional(),
  }),
  z.object({ services: z.array(z.unknown()), meta: z.object({ key: z.literal('services') }) }),
]);
const code = (number: number) => z.object({ code: z.literal(number) });
const stopped = (status: string) => z.object({ sid: z.string().regex(ACCOUNT), status: z.literal(status) });

/** Which of the two it is: a rule finds a token with its account beside it, or a key’s SID with its secret beside it. */
function pairOf({ secret, parts }: Key): { sid: string; secret: Secret } | string {
  const value = reveal(secret);
  if (KEY.test(value))
    return parts.secret
      ? { sid: value, secret: parts.secret }
      : 'the secret of the key is not beside its SID';
  const sid = parts.accountSid && reveal(parts.accountSid);
  return sid !== undefined && ACCOUNT.test(sid) ? { sid, secret } : 'the account SID is not beside the token';
}

const byHand = (preview: string) => [
  `An API key: sign in to the account of ${preview} and delete it: https://console.twilio.com/us1/account/keys-credentials/api-keys`,
  'An auth token: in the Console, Account > API keys & tokens, create a secondary token, roll it out, then promote it: that ends the old one.',
];

const MEANS: readonly Meaning[] = [
  { status: 401, where: code(20_003), is: 'rejected', says: '20003: authenticate' },
  { status: 200, where: stopped('suspended'), is: 'disabled', says: 'the account is suspended' },
  { status: 200, where: stopped('closed'), is: 'disabled', says: 'the account is closed' },
];

export function twilio(place: Place & { readonly keys?: string; readonly verify?: string } = {}): Service {
  const { api = 'https://api.twilio.com', internal = false } = place;
  const { keys = 'https://iam.twilio.com', verify = 'https://verify.twilio.com' } = place;

  async function revoke(order: RevokeOrder, tools: Tools): Promise<RevokeReply> {
    const steps = byHand(order.secret.preview);
    const pair = pairOf(order);
    if (typeof pair === 'string') return { outcome: 'manual', note: pair, steps };
    if (!KEY.test(pair.sid))
      return {
        outcome: 'manual',
        note: 'an auth token can only be rotated: somebody has to get the new one',
        steps,
      };
    const admin = tools.credential('TWILIO_ADMIN_KEY');
    const [user = '', word = ''] = admin ? reveal(admin).split(':') : [];
    const by = admin ? basicAuth(user, new Secret(word)) : basicAuth(pair.sid, pair.secret);
    const request = call('DELETE', `${keys}/v1/Keys/${pair.sid}`, by, { what: 'DELETE /v1/Keys/{sid}' });
    const may = admin
      ? 'TWILIO_ADMIN_KEY may not delete keys'
      : 'only a main key may delete keys; TWILIO_ADMIN_KEY could';
    return outcomeOf(
      request,
      await tools.ask(request),
      [
        { status: 204, is: 'accepted', says: 'deleted' },
        { status: 401, where: code(20_003), is: 'manual', says: may },
        { status: 403, where: z.object({ code: z.number() }), is: 'manual', says: may },
      ],
      steps,
    );
  }

  return simple({
    id: 'twilio',
    name: 'Twilio',
    docs: 'https://www.twilio.com/docs/iam/api-keys/key-resource-v1',
    asks: {
      TWILIO_ADMIN_KEY:
        'a main API key of the same account as SID:secret, or the account itself as SID:auth token: Twilio Console, API keys & tokens',
    },
    hosts: [api, keys, verify].map((url) => new URL(url).host),
    internal,
    check: {
      ask: (key) => {
        const pair = pairOf(key);
        if (typeof pair === 'string') return pair;
        const by = basicAuth(pair.sid, pair.secret);
        return KEY.test(pair.sid)
          ? call('GET', `${verify}/v2/Services?PageSize=1`, by)
          : call('GET', `${api}/2010-04-01/Accounts/${pair.sid}.json`, by, {
              what: 'GET /2010-04-01/Accounts/{sid}',
            });
      },
      live,
      says: 'with the account, or a list of its services',
      means: MEANS,
      owner: (body) => ('sid' in body ? { account: body.friendly_name ?? body.sid } : undefined),
    },
    explain: explaining({
      name: 'Twilio',
      docs: 'https://www.twilio.com/docs/api/errors/20003',
      manage: 'https://console.twilio.com/',
      means: MEANS,
    }),
    revoke,
    byHand,
  });
}
