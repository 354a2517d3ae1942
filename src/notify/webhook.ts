// A signed webhook after the Standard Webhooks specification, https://www.standardwebhooks.com: the receiver verifies
// `id.timestamp.body` with HMAC-SHA256 and tells repeats by webhook-id, which stays the same however often we try.

import { createHmac } from 'node:crypto';
import { SetupError } from '../model/index.ts';
import type { Channel } from './channel.ts';
import type { ChannelConfig } from './channels.ts';
import { eventOf } from './event.ts';
import { addressOf, held, type Lookup } from './held.ts';
import { post } from './post.ts';

/** The specification asks for 24 bytes or more. */
const SHORTEST_SECRET = 24;

export function webhook(
  config: Extract<ChannelConfig, { kind: 'webhook' }>,
  lookup: Lookup,
  send: typeof fetch,
  now: () => Date,
): Channel {
  const address = addressOf(config, lookup);
  const secret = held(config, 'secret', lookup);
  const key = secret ? signingKey(secret()) : Buffer.alloc(0);
  if (key.length < SHORTEST_SECRET) {
    throw new SetupError(
      `keyburn.toml: notify ${config.name}: the signing secret is shorter than ${SHORTEST_SECRET} bytes`,
      {
        hint: 'make one with `echo whsec_$(openssl rand -base64 32)`',
      },
    );
  }
  return {
    name: config.name,
    kinds: new Set(config.kinds),
    deliver: (letter, signal) => {
      const body = JSON.stringify(eventOf(letter));
      const timestamp = String(Math.floor(now().getTime() / 1000));
      const headers = {
        'webhook-id': letter.id,
        'webhook-timestamp': timestamp,
        'webhook-signature': `v1,${createHmac('sha256', key).update(`${letter.id}.${timestamp}.${body}`).digest('base64')}`,
      };
      return post(send, address(), headers, body, signal);
    },
  };
}

/** `whsec_` and base64, as the specification writes secrets; anything else counts as it stands. */
function signingKey(secret: string): Buffer {
  return secret.startsWith('whsec_') ? Buffer.from(secret.slice(6), 'base64') : Buffer.from(secret, 'utf8');
}
