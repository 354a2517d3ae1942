// A channel whose secret is its address: what it takes is one POST of JSON.

import type { Channel } from './channel.ts';
import type { ChannelConfig } from './channels.ts';
import { addressOf, type Lookup } from './held.ts';
import type { Notice } from './notice.ts';
import { post } from './post.ts';

/** @param message in the receiver's own shape */
export function hook(
  config: Extract<ChannelConfig, { kind: 'slack' | 'teams' }>,
  lookup: Lookup,
  send: typeof fetch,
  message: (notice: Notice) => unknown,
): Channel {
  const address = addressOf(config, lookup);
  return {
    name: config.name,
    kinds: new Set(config.kinds),
    deliver: ({ notice }, signal) => post(send, address(), {}, JSON.stringify(message(notice)), signal),
  };
}
