// Discord webhooks: the address is the key. Page, read 2026-11: discord.com/developers/docs/resources/webhook (get and delete a webhook with
// its token: nobody has to sign in, nothing is posted). The key travels in the path: Discord offers no other way.

import { z } from 'zod';
import { reveal } from '../model/reveal.ts';
import type { Place } from './answer.ts';
import type { Key, Service } from './service.ts';
import { call, simple } from './simple.ts';

const webhook = z.object({
  id: z.string().regex(/^\d+$/),
  type: z.number(),
  channel_id: z.string().nullable(),
});
const problem = (code: number) => z.object({ code: z.literal(code) });

export function discordWebhook({ api = 'https://discord.com', internal = false }: Place = {}): Service {
  function at({ secret }: Key, method: 'GET' | 'DELETE') {
    const part = /\/api\/(?:v\d+\/)?webhooks\/(\d{15,22})\/([0-9A-Za-z_-]{20,200})/.exec(reveal(secret));
    if (!part) return 'it is not the address of a webhook';
    const what = `${method} /api/webhooks/{id}/{token}`;
    return call(method, `${api}/api/webhooks/${part[1]}/${part[2]}`, {}, { what });
  }
  return simple({
    id: 'discord-webhook',
    name: 'Discord webhooks',
    docs: 'https://discord.com/developers/docs/resources/webhook#delete-webhook-with-token',
    hosts: [new URL(api).host],
    internal,
    check: {
      ask: (key) => at(key, 'GET'),
      live: webhook,
      says: 'with the webhook',
      means: [
        { status: 404, where: problem(10_015), is: 'rejected', says: 'unknown webhook' },
        { status: 401, where: problem(50_027), is: 'rejected', says: 'invalid webhook token' },
      ],
    },
    revoke: {
      ask: (order) => at(order, 'DELETE'),
      answers: [
        { status: 204, is: 'accepted', says: 'the webhook is deleted' },
        { status: 404, where: problem(10_015), is: 'already-dead', says: 'unknown webhook' },
        { status: 401, where: problem(50_027), is: 'already-dead', says: 'invalid webhook token' },
      ],
    },
    byHand: (preview) => [`Open the channel’s settings, Integrations > Webhooks, and delete ${preview}.`],
  });
}
