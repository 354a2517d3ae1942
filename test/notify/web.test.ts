import { createHmac, randomBytes } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import { fingerprint, type Got, incident, notifier, receiver } from './parts.ts';

const bytes = randomBytes(32);
const env = { SECRET: `whsec_${bytes.toString('base64')}` };
const webhook = (url: string) => ({
  name: 'hook',
  kind: 'webhook',
  url: `${url}/in`,
  'secret-env': 'SECRET',
});

/** Standard Webhooks verification, written from the specification and not from our sender. */
function verified({ headers, body }: Got): boolean {
  const content = `${String(headers['webhook-id'])}.${String(headers['webhook-timestamp'])}.${body}`;
  const expected = createHmac('sha256', bytes).update(content, 'utf8').digest('base64');
  return String(headers['webhook-signature']).split(' ').includes(`v1,${expected}`);
}

describe('the signed webhook', () => {
  test('verifies, says what happened, and is marked as sent', async () => {
    const { url, got } = await receiver({ status: 204 });
    const { enqueue, flush, outbox } = await notifier([webhook(url)], { env });
    expect(await enqueue(incident(), 'burned')).toBe(1);
    expect(await flush()).toEqual({ sent: 1, kept: [] });
    expect(got).toHaveLength(1);
    const [request] = got;
    if (!request) throw new Error('nothing came');
    expect(verified(request)).toBe(true);
    expect(verified({ ...request, body: `${request.body} ` })).toBe(false);
    expect(request.headers['webhook-id']).toMatch(/^msg_[0-9a-f]{32}$/);
    expect(request.headers['webhook-timestamp']).toBe('1795176000');
    expect(request.headers['content-type']).toBe('application/json');
    expect(JSON.parse(request.body)).toMatchObject({
      id: request.headers['webhook-id'],
      type: 'incident.burned',
      timestamp: '2026-11-20T12:00:00.000Z',
      text: expect.stringContaining('It is dead now'),
      data: { incident: { id: fingerprint(1), preview: 'acm_…a1B2', receipt: { outcome: 'revoked' } } },
    });
    expect(outbox.rows()).toMatchObject([{ sent: '2026-11-20T12:00:00.000Z', attempts: 1 }]);
  });

  test('a plain secret counts as it stands', async () => {
    const { url, got } = await receiver();
    const plain = 'a plain secret that is long enough';
    const { enqueue, flush } = await notifier([webhook(url)], { env: { SECRET: plain } });
    await enqueue(incident(), 'burned');
    await flush();
    const [request] = got;
    if (!request) throw new Error('nothing came');
    const { headers, body } = request;
    const content = `${String(headers['webhook-id'])}.${String(headers['webhook-timestamp'])}.${body}`;
    expect(headers['webhook-signature']).toBe(
      `v1,${createHmac('sha256', plain).update(content).digest('base64')}`,
    );
  });
});

describe('once', () => {
  test('an incident is told once to each channel for each kind, in this run and in later ones', async () => {
    const { url, got } = await receiver();
    const channels = [
      webhook(url),
      { ...webhook(url), name: 'two' },
      { ...webhook(url), name: 'few', kinds: ['still-alive'] },
    ];
    const { enqueue, flush, clock } = await notifier(channels, { env });
    expect(await enqueue(incident(), 'found-live')).toBe(2);
    expect(await enqueue(incident(), 'found-live')).toBe(0);
    await flush();
    expect(await enqueue(incident(), 'burned')).toBe(2);
    expect(await enqueue(incident({ id: fingerprint(2) }), 'burned')).toBe(2);
    await flush();
    clock.ms += 7 * 24 * 3600 * 1000;
    expect(await enqueue(incident(), 'burned')).toBe(0);
    expect(await flush()).toEqual({ sent: 0, kept: [] });
    expect(got).toHaveLength(6);
    expect(new Set(got.map(({ headers }) => headers['webhook-id'])).size).toBe(6);
  });
});

describe('failures', () => {
  test.each([
    ['a 500', { status: 500 }],
    ['a 429', { status: 429 }],
    ['a reset', 'reset'],
  ] as const)('%s is tried again in the same run, with the same id and body', async (_, first) => {
    const { url, got } = await receiver(first, first, { status: 200 });
    const { enqueue, flush } = await notifier([webhook(url)], { env });
    await enqueue(incident(), 'burned');
    expect(await flush()).toEqual({ sent: 1, kept: [] });
    expect(got).toHaveLength(3);
    expect(new Set(got.map(({ headers, body }) => `${String(headers['webhook-id'])} ${body}`)).size).toBe(1);
    expect(got.every(verified)).toBe(true);
  });

  test('what keeps failing waits for a later run, longer each time, and is told in the end', async () => {
    const { url, got } = await receiver(...Array.from({ length: 6 }, () => ({ status: 503 })), {
      status: 200,
    });
    const { enqueue, flush, outbox, clock } = await notifier([webhook(url)], { env });
    await enqueue(incident(), 'burned');
    expect(await flush()).toEqual({ sent: 0, kept: [{ channel: 'hook', kind: 'burned', why: 'HTTP 503' }] });
    expect(outbox.rows()).toMatchObject([
      { sent: null, attempts: 1, due: '2026-11-20T12:00:10.000Z', why: 'HTTP 503' },
    ]);
    expect(await flush()).toEqual({ sent: 0, kept: [] });
    expect(got).toHaveLength(3);
    clock.ms += 10_000;
    await flush();
    expect(outbox.rows()).toMatchObject([{ attempts: 2, due: '2026-11-20T12:01:10.000Z' }]);
    clock.ms += 60_000;
    expect(await flush()).toEqual({ sent: 1, kept: [] });
    expect(new Set(got.map(({ headers }) => headers['webhook-id'])).size).toBe(1);
  });

  test('a refusal that will not pass is not repeated in the run, but kept', async () => {
    const { url, got } = await receiver({ status: 404 });
    const { enqueue, flush, outbox } = await notifier([webhook(url)], { env });
    await enqueue(incident(), 'burned');
    expect((await flush()).kept).toEqual([{ channel: 'hook', kind: 'burned', why: 'HTTP 404' }]);
    expect(got).toHaveLength(1);
    expect(outbox.rows()).toMatchObject([{ sent: null, due: '2026-11-20T12:00:10.000Z' }]);
  });

  test('Retry-After is honoured, for what else waits for that channel too', async () => {
    const { url, got } = await receiver({ status: 429, headers: { 'retry-after': '600' } });
    const { enqueue, flush, outbox } = await notifier([webhook(url)], { env });
    await enqueue(incident(), 'burned');
    await enqueue(incident({ id: fingerprint(2) }), 'burned');
    expect((await flush()).kept).toHaveLength(2);
    expect(got).toHaveLength(1);
    expect(outbox.rows()[0]).toMatchObject({ due: '2026-11-20T12:10:00.000Z' });
  });

  test('a redirect is not followed: a signed message goes to nobody else', async () => {
    const other = await receiver();
    const { url, got } = await receiver({ status: 307, headers: { location: `${other.url}/elsewhere` } });
    const { enqueue, flush } = await notifier([webhook(url)], { env });
    await enqueue(incident(), 'burned');
    expect((await flush()).kept[0]?.why).toContain('redirects');
    expect(got).toHaveLength(1);
    expect(other.got).toHaveLength(0);
  });

  test('a channel that does not answer holds up neither the others nor the run', async () => {
    const dead = await receiver('reset');
    const fine = await receiver();
    const channels = [webhook(dead.url), { ...webhook(fine.url), name: 'fine' }];
    const { enqueue, flush } = await notifier(channels, { env });
    for (let n = 1; n <= 12; n++) await enqueue(incident({ id: fingerprint(n) }), 'burned');
    const flushed = await flush();
    expect(flushed.sent).toBe(12);
    expect(flushed.kept).toHaveLength(12);
    // Two messages with three tries each; the other ten were not even tried.
    expect(dead.got).toHaveLength(6);
  });

  test('one message that is refused holds up no other', async () => {
    const { url, got } = await receiver({ status: 400 }, { status: 400 }, { status: 400 }, { status: 200 });
    const { enqueue, flush } = await notifier([webhook(url)], { env });
    for (let n = 1; n <= 5; n++) await enqueue(incident({ id: fingerprint(n) }), 'burned');
    expect(await flush()).toMatchObject({ sent: 2, kept: [{}, {}, {}] });
    expect(got).toHaveLength(5);
  });

  test('a channel that is gone from the configuration, and a message that cannot be read, are kept and named', async () => {
    const { url } = await receiver();
    const { flush, outbox } = await notifier([webhook(url)], { env });
    await outbox.enqueue(fingerprint(1), 'old', 'burned', {});
    await outbox.enqueue(fingerprint(1), 'hook', 'burned', { version: 99 });
    expect((await flush()).kept.map(({ why }) => why)).toEqual([
      'the channel is no longer configured',
      'the message in the outbox cannot be read',
    ]);
  });

  test('an interrupted flush ends soon and leaves everything due at once', async () => {
    const stop = new AbortController();
    const { url, got } = await receiver({ status: 500 });
    const interrupt: typeof fetch = async (...args) => {
      stop.abort();
      return await fetch(...args);
    };
    const { enqueue, flush, outbox } = await notifier([webhook(url)], {
      env,
      signal: stop.signal,
      fetch: interrupt,
    });
    await enqueue(incident(), 'burned');
    await enqueue(incident({ id: fingerprint(2) }), 'burned');
    await flush();
    expect(got.length).toBeLessThanOrEqual(1);
    for (const row of outbox.rows())
      expect(row).toMatchObject({ sent: null, due: '2026-11-20T12:00:00.000Z' });
    expect(await flush()).toEqual({ sent: 0, kept: [] });
  });

  test('no word of a secret address in what is said about a failure', async () => {
    const { url } = await receiver({ status: 403 }, 'reset');
    const secretPath = `/services/T0/B0/${randomBytes(12).toString('hex')}`;
    const channels = [
      { name: 'one', kind: 'slack', 'url-env': 'ONE' },
      { name: 'two', kind: 'slack', 'url-env': 'TWO' },
    ];
    const { enqueue, flush, outbox } = await notifier(channels, {
      env: { ONE: url + secretPath, TWO: `http://127.0.0.1:1${secretPath}` },
    });
    await enqueue(incident(), 'burned');
    const said = JSON.stringify([await flush(), outbox.rows()]);
    expect(said).toContain('HTTP 403');
    expect(said).not.toContain(secretPath.slice(-12));
    expect(said).not.toContain('127.0.0.1');
  });
});

describe('Slack', () => {
  test('gets its shape at the secret address', async () => {
    const { url, got } = await receiver({ status: 200 });
    const { enqueue, flush } = await notifier([{ name: 'team', kind: 'slack', 'url-env': 'SLACK' }], {
      env: { SLACK: `${url}/services/x` },
    });
    const place = { ...incident().place, path: 'a <!channel> @here & *b*.py' };
    await enqueue(incident({ place }), 'still-alive');
    expect(await flush()).toEqual({ sent: 1, kept: [] });
    expect(got[0]?.path).toBe('/services/x');
    const message = JSON.parse(got[0]?.body ?? '{}') as {
      text: string;
      blocks: { type: string; text: { type: string } }[];
    };
    expect(message.text).toContain('&lt;!channel&gt;');
    expect(message.blocks[0]).toMatchObject({ type: 'header', text: { type: 'plain_text' } });
    expect(message.blocks.filter(({ text }) => text.type === 'mrkdwn')).toHaveLength(1);
  });
});

describe('Teams', () => {
  test('gets one card at the secret address, with a button to the place', async () => {
    const { url, got } = await receiver({ status: 202 });
    const { enqueue, flush } = await notifier([{ name: 'team', kind: 'teams', 'url-env': 'TEAMS' }], {
      env: { TEAMS: `${url}/workflows/x` },
    });
    const address = 'https://github.com/acme/shop/blob/main/pay.env#L3';
    const place = { ...incident().place, path: 'a **b** [c](https://x.example) <at>d</at>.py', url: address };
    await enqueue(incident({ place }), 'still-alive');
    expect(await flush()).toEqual({ sent: 1, kept: [] });
    expect(got[0]?.path).toBe('/workflows/x');
    const message = JSON.parse(got[0]?.body ?? '{}') as { attachments: { content: { body: unknown[] } }[] };
    expect(message).toMatchObject({
      type: 'message',
      attachments: [
        {
          contentType: 'application/vnd.microsoft.card.adaptive',
          content: { type: 'AdaptiveCard', actions: [{ type: 'Action.OpenUrl', url: address }] },
        },
      ],
    });
    expect(JSON.stringify(message.attachments[0]?.content.body)).toContain('<at>d</at>.py');
  });
});
