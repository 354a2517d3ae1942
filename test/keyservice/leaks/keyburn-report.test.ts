import { createHash, createHmac, randomBytes } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import { SetupError } from '../../../src/model/index.ts';
import { START, start } from '../start.ts';
import type { SignedRequest } from './reporter.ts';

const bytes = randomBytes(32);
const secret = `whsec_${bytes.toString('base64')}`;
const hash = (text: string) => createHash('sha256').update(text).digest('hex');
const place = { repository: 'git.example/acme/shop', path: 'a.py', line: 3, exposure: 'public' };

function signed(report: unknown, { seconds = START / 1000, key = bytes, id = 'msg_1' } = {}): SignedRequest {
  const body = JSON.stringify(report);
  const signature = createHmac('sha256', key).update(`${id}.${seconds}.${body}`).digest('base64');
  return {
    method: 'POST',
    headers: {
      'content-type': 'application/json',
      'webhook-id': id,
      'webhook-timestamp': String(seconds),
      'webhook-signature': `v1a,ignored v1,${signature}`,
    },
    body,
  };
}
const about = (key: string) => ({
  reports: [{ sha256: hash(key), foundAt: place, foundTime: '2026-11-20T11:00:00Z' }],
});

describe("a scanner's own report", () => {
  test('burns by hash: the key itself never travels', async () => {
    const service = await start({ leaks: { keyburn: { secret } } });
    const { key } = await service.make();
    const response = await service.call('/v1/leaks/keyburn', signed(about(key)));
    expect(await response.json()).toEqual({ results: [{ sha256: hash(key), known: true }] });
    await expect
      .poll(async () => (await service.send('GET', '/v1/whoami', key)).status, { interval: 5 })
      .toBe(401);
    expect((await service.whoami({ 'x-api-key': key })).problem).toMatchObject({
      detail: expect.stringContaining(
        'public repository (git.example/acme/shop, a.py:3) at 2026-11-20T11:00:00.000Z',
      ),
      cause: { revoked_by: 'keyburn-report' },
    });
    const unknown = await service.call('/v1/leaks/keyburn', signed(about('x')));
    expect(await unknown.json()).toEqual({ results: [{ sha256: hash('x'), known: false }] });
  });

  test('a wrong secret, a changed body, another id or a time outside of five minutes is refused', async () => {
    const service = await start({ leaks: { keyburn: { secret } } });
    const { key } = await service.make();
    const good = signed(about(key));
    const bad: RequestInit[] = [
      signed(about(key), { key: randomBytes(32) }),
      { ...good, body: `${good.body} ` },
      { ...good, headers: { ...good.headers, 'webhook-id': 'msg_2' } },
      { ...good, headers: { ...good.headers, 'webhook-timestamp': String(START / 1000 + 1) } },
      { ...good, headers: { ...good.headers, 'webhook-signature': 'v1,' } },
      signed(about(key), { seconds: START / 1000 - 301 }),
      signed(about(key), { seconds: START / 1000 + 301 }),
      { method: 'POST', body: good.body },
    ];
    for (const init of bad) expect((await service.call('/v1/leaks/keyburn', init)).status).toBe(401);
    service.clock.ms += 301_000;
    expect((await service.call('/v1/leaks/keyburn', good)).status).toBe(401);
    expect((await service.send('GET', '/v1/whoami', key)).status).toBe(200);
  });

  test('a shape that is none is 400; a short secret stops the start', async () => {
    const service = await start({ leaks: { keyburn: { secret } } });
    for (const report of [
      {},
      { reports: [] },
      { reports: [{ sha256: 'x', foundTime: '2026-11-20T11:00:00Z' }] },
    ]) {
      expect((await service.call('/v1/leaks/keyburn', signed(report))).status).toBe(400);
    }
    await expect(start({ leaks: { keyburn: { secret: 'short' } } })).rejects.toThrow(SetupError);
  });

  test('the OpenAPI document has both routes, signed', async () => {
    const service = await start({ leaks: { keyburn: { secret }, github: { url: 'https://keys.example/' } } });
    const { paths } = (await (await service.call('/openapi.json')).json()) as {
      paths: Record<string, { post: { security: unknown } }>;
    };
    expect(paths['/v1/leaks/github']?.post.security).toEqual([{ githubSignature: [] }]);
    expect(paths['/v1/leaks/keyburn']?.post.security).toEqual([{ webhookSignature: [] }]);
  });
});
