// A leaked key that is told to an issuer's own program, signed after Standard Webhooks and by hash: what it does is its own
// affair, what it answers is believed only as far as it goes. `{"state":"dead"}` is proof enough, because it is the issuer's
// own word about its own key.

import { createHash, createHmac } from 'node:crypto';
import { z } from 'zod';
import type { Burned, Issuer, Leak } from '../keyservice/index.ts';
import { SetupError } from '../model/index.ts';
import type { Ask } from '../services/index.ts';

const SHORTEST_SECRET = 24;

const answerSchema = z.object({
  state: z.enum(['dead', 'unknown', 'pending']),
  changed: z.boolean().optional(),
});

export interface WebhookOptions {
  readonly id: string;
  readonly url: string;
  /** `whsec_` and base64, or 24 and more characters. */
  readonly secret: string;
  /** The guarded way to that host and no other. */
  readonly ask: Ask;
  readonly pattern?: RegExp;
  readonly now: () => Date;
}

export function webhookIssuer({ id, url, secret, ask, pattern, now }: WebhookOptions): Issuer {
  const key = secret.startsWith('whsec_')
    ? Buffer.from(secret.slice(6), 'base64')
    : Buffer.from(secret, 'utf8');
  if (key.length < SHORTEST_SECRET) {
    throw new SetupError(
      `receiver issuer ${id}: the signing secret is shorter than ${SHORTEST_SECRET} bytes`,
      {
        hint: 'make one with `echo whsec_$(openssl rand -base64 32)`',
      },
    );
  }

  async function burn(leak: Leak): Promise<Burned> {
    const { hash, by, foundAt, foundTime, attempt } = leak;
    const sha256 = Buffer.from(hash).toString('hex');
    const body = JSON.stringify({ type: 'key.leaked', sha256, by, foundAt, foundTime });
    // The same for every try at this key in this place, so that the receiver can tell repeats.
    const message = `leak_${createHash('sha256').update(`${id} ${body}`).digest('hex').slice(0, 32)}`;
    const timestamp = String(Math.floor(now().getTime() / 1000));
    const signature = createHmac('sha256', key).update(`${message}.${timestamp}.${body}`).digest('base64');
    attempt.begin();
    const reply = await ask({
      method: 'POST',
      url,
      headers: {
        'content-type': 'application/json',
        'webhook-id': message,
        'webhook-timestamp': timestamp,
        'webhook-signature': `v1,${signature}`,
      },
      body,
      what: 'POST webhook',
    });
    if (reply.kind === 'unanswered') {
      const never = reply.why === 'forbidden-address' || reply.why === 'redirected';
      return { state: never ? 'person' : 'later', note: reply.detail };
    }
    const told = answerSchema.safeParse(reply.json).data;
    if (reply.status >= 200 && reply.status < 300) {
      switch (told?.state) {
        case 'dead':
          return {
            state: 'dead',
            changed: told.changed ?? true,
            own: attempt.begun,
            note: 'the webhook says dead',
          };
        case 'unknown':
          return { state: 'not-ours', note: 'the webhook does not know it' };
        case 'pending':
          return { state: 'later', note: 'the webhook is at work' };
        case undefined:
          return {
            state: 'person',
            note: `${reply.status} without a state: nobody said that the key is dead`,
          };
      }
    }
    return { state: 'later', note: `the webhook answered ${reply.status}` };
  }

  return { id, needs: 'hash', ...(pattern && { pattern }), burn };
}
