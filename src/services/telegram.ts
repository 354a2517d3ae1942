// Telegram bot tokens. Page: core.telegram.org/bots/api (making requests, getMe). The token stands in the path: Telegram offers no
// other way. Nothing but BotFather revokes one.

import { z } from 'zod';
import { reveal } from '../model/reveal.ts';
import type { Place } from './answer.ts';
import type { Service } from './service.ts';
import { call, simple } from './simple.ts';

const me = z.object({
  ok: z.literal(true),
  result: z.object({ id: z.number(), is_bot: z.literal(true), username: z.string().optional() }),
});
const failed = (code: number) => z.object({ ok: z.literal(false), error_code: z.literal(code) });

export function telegram(place: Place = {}): Service {
  const { api = 'https://api.telegram.org', internal = false } = place;
  return simple({
    id: 'telegram',
    name: 'Telegram',
    docs: 'https://core.telegram.org/bots/api#getme',
    hosts: [new URL(api).host],
    internal,
    check: {
      ask: ({ secret }) => {
        const value = reveal(secret);
        return /^\d{5,20}:[\w-]{20,60}$/.test(value)
          ? call('GET', `${api}/bot${value}/getMe`, {}, { what: 'GET getMe' })
          : 'not the shape of a bot token';
      },
      live: me,
      says: 'with a bot',
      means: [
        { status: 401, where: failed(401), is: 'rejected', says: 'Unauthorized' },
        // What has no shape of a token is no route at all.
        { status: 404, where: failed(404), is: 'rejected', says: 'Not Found' },
      ],
      owner: ({ result }) => ({ account: result.username ?? String(result.id) }),
    },
    byHand: (preview) => [
      `Write /revoke to https://t.me/BotFather from the account that owns the bot, choose the bot of ${preview}, and put the new token where the bot runs.`,
      'No HTTP call revokes a token: logOut and deleteWebhook leave it alive.',
    ],
  });
}
