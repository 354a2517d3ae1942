import { createRoute, type OpenAPIHono } from '@hono/zod-openapi';
import type { Env } from '../env.ts';
import { RateLimiter } from '../limiter.ts';
import { CONTRACT, json, problems } from '../openapi.ts';
import { answerPage } from '../pages.ts';
import { answer } from '../problem.ts';
import { refusal } from '../refusal.ts';
import type { LeakDesk } from './desk.ts';
import {
  ALL,
  EACH,
  FOUND_ANSWER,
  type FoundOptions,
  foundAnswerSchema,
  foundSchema,
  takeFound,
} from './found.ts';

const FORM = `<p>You found an API key of this service where it does not belong? Thank you. Put it in here: if it is ours and
lives, it will be dead within minutes, and its owner will be told where it was. You need not tell us who you are.</p>
<form method="post" action="/found"><p><label for="key">The key, whole</label><br>
<input id="key" name="key" type="password" required maxlength="4096" autocomplete="off" spellcheck="false"></p>
<p><label for="url">Where it was (address, if there is one)</label><br>
<input id="url" name="url" type="url" maxlength="16384"></p><p><button>Report it</button></p></form>`;
const TITLE = 'I found a key';
const THANKS = `<p>Thank you: your report was received.</p><p>${FOUND_ANSWER.next}</p><p>If you can, remove it from where you found it, or tell those who can.</p>`;

export function addFoundRoutes(
  app: OpenAPIHono<Env>,
  options: FoundOptions,
  desk: LeakDesk,
  now: () => Date,
): void {
  const limiter = new RateLimiter({ each: options.each ?? EACH, all: options.all ?? ALL }, now);

  app.openapi(
    createRoute({
      method: 'post',
      path: '/v1/leaks/found',
      tags: [CONTRACT],
      summary: 'Anybody reports a key; the answer is the same whatever it is',
      request: { body: { ...json(foundSchema, 'The key'), required: true } },
      responses: { 202: json(foundAnswerSchema, 'Received'), ...problems(400, 413, 415, 429, 503) },
    }),
    async (c) => {
      const report = c.req.valid('json');
      const wait = limiter.take(c.get('address'));
      if (wait !== undefined) return answer(c, refusal('too_many_reports'), 429, { retryAfter: wait });
      return (await takeFound(report, desk, now()))
        ? c.json(FOUND_ANSWER, 202)
        : answer(c, refusal('queue_full'), 503, { retryAfter: 60 });
    },
  );

  app.get('/found', (c) => answerPage(c, 200, TITLE, FORM));
  app.post('/found', async (c) => {
    const form = new URLSearchParams(await c.req.text());
    const url = form.get('url')?.trim() ?? '';
    const report = foundSchema.safeParse({ key: form.get('key') ?? '', ...(url === '' ? {} : { url }) });
    if (!report.success) {
      const what = '<p>The key is missing, or the address is none that starts with https:// or http://.</p>';
      return answerPage(c, 400, TITLE, `${what}${FORM}`);
    }
    const wait = limiter.take(c.get('address'));
    if (wait !== undefined) {
      const later = `<p>Too many reports in a short time. Try again in ${wait} seconds.</p>`;
      return answerPage(c, 429, TITLE, later, { 'retry-after': String(wait) });
    }
    if (!(await takeFound(report.data, desk, now()))) {
      const later = '<p>Too many reports are waiting. Try again in a minute.</p>';
      return answerPage(c, 503, TITLE, later, { 'retry-after': '60' });
    }
    return answerPage(c, 202, TITLE, THANKS);
  });
}
