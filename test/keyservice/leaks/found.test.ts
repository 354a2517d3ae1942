import { describe, expect, test } from 'vitest';
import { mint } from '../../../src/keyservice/keys.ts';
import { everythingIn, spellings, start } from '../start.ts';

const generous = { leaks: { found: { each: 1000, all: 1000 } } };
type Service = Awaited<ReturnType<typeof start>>;

const byProgram = (service: Service, body: unknown) =>
  service.send('POST', '/v1/leaks/found', undefined, body);
const byForm = (service: Service, fields: Record<string, string>) =>
  service.call('/found', { method: 'POST', body: new URLSearchParams(fields) });

async function burned(service: Service, key: string) {
  await expect
    .poll(async () => (await service.send('GET', '/v1/whoami', key)).status, { interval: 5 })
    .toBe(401);
}

/** Everything that a caller sees, but for the id and the date of this one occurrence. */
async function whole(response: Response): Promise<unknown> {
  const { 'x-request-id': _, date: __, ...headers } = Object.fromEntries(response.headers);
  return { status: response.status, headers, body: await response.text() };
}

describe('anybody reports a key', () => {
  test('a live one dies, and its next call says where it was', async () => {
    const service = await start(generous);
    const [one, two] = [await service.make(), await service.make()];
    expect(
      (await byProgram(service, { key: ` ${one.key}\n`, url: `https://paste.example/x?k=${one.key}` }))
        .status,
    ).toBe(202);
    expect((await byForm(service, { key: two.key, url: '' })).status).toBe(202);
    await burned(service, one.key);
    await burned(service, two.key);
    const { problem } = await service.whoami({ 'x-api-key': one.key });
    expect(problem.cause).toMatchObject({
      revoked_by: 'public-report',
      found_at: { url: expect.stringContaining('https://paste.example/x?k='), exposure: 'public' },
    });
    expect(JSON.stringify(problem)).not.toContain(one.key);
  });

  test('the answer is the same to the byte for a live, dead, reported, foreign or senseless key', async () => {
    const service = await start(generous);
    const live = await service.make();
    const revoked = await service.make();
    await service.send('POST', `/v1/keys/${revoked.keyId}/revoke`, service.root, { cause: 'rotated' });
    const keys = [
      live.key,
      live.key,
      revoked.key,
      mint('live'),
      mint('root'),
      'x',
      '’; DROP TABLE key; --',
      '🔑',
    ];
    for (const report of [
      (key: string) => byProgram(service, { key }),
      (key: string) => byForm(service, { key }),
    ]) {
      const answers: unknown[] = [];
      for (const key of keys) answers.push(await whole(await report(key)));
      for (const answer of answers) expect(answer).toEqual(answers[0]);
    }
  });

  test('the work before the answer is the same: one row for each, and no look at the keys', async () => {
    const service = await start({ ...generous });
    const { key } = await service.make();
    const before = await service.send('GET', '/v1/leaks', service.root);
    expect(await before.json()).toEqual({ waiting: 0, dead: 0, notOurs: 0, person: 0 });
    for (const sent of [key, key, mint('live'), 'x']) await byProgram(service, { key: sent });
    await expect
      .poll(async () => await (await service.send('GET', '/v1/leaks', service.root)).json(), { interval: 5 })
      .toEqual({ waiting: 0, dead: 2, notOurs: 2, person: 0 });
  });

  test('nothing of a key is kept or logged, and of a foreign one not even its hash', async () => {
    const service = await start(generous);
    const { key } = await service.make();
    const stranger = mint('live');
    await byProgram(service, { key, url: `https://x.example/${key}` });
    await byForm(service, { key: stranger, url: `https://x.example/${stranger}` });
    await burned(service, key);
    await expect
      .poll(
        async () =>
          ((await (await service.send('GET', '/v1/leaks', service.root)).json()) as { waiting: number })
            .waiting,
        { interval: 5 },
      )
      .toBe(0);
    await service.close();
    const written = (await everythingIn(service.home)) + service.lines.join('\n');
    for (const secret of [key, stranger])
      for (const spelling of spellings(secret)) expect(written.includes(spelling)).toBe(false);
  });

  test('so many a minute from one address, and so many from all; a proxy of the operator is believed, nobody else', async () => {
    const service = await start({ leaks: { found: { each: 2, all: 3 } }, proxies: ['127.0.0.1'] });
    const from = async (address: string) => {
      const response = await service.call('/v1/leaks/found', {
        method: 'POST',
        headers: { 'content-type': 'application/json', 'x-forwarded-for': address },
        body: JSON.stringify({ key: 'x' }),
      });
      return [response.status, response.headers.get('retry-after')];
    };
    expect(await from('198.51.100.1')).toEqual([202, null]);
    expect(await from('203.0.113.9, 198.51.100.1')).toEqual([202, null]);
    expect(await from('198.51.100.1')).toEqual([429, '60']);
    expect(await from('198.51.100.2')).toEqual([202, null]);
    expect(await from('198.51.100.3')).toEqual([429, '60']);
    const page = await service.call('/found', {
      method: 'POST',
      headers: { 'x-forwarded-for': '198.51.100.4' },
      body: new URLSearchParams({ key: 'x' }),
    });
    expect([page.status, page.headers.get('retry-after')]).toEqual([429, '60']);
    service.clock.ms += 60_000;
    expect(await from('198.51.100.1')).toEqual([202, null]);

    const direct = await start({ leaks: { found: { each: 1, all: 9 } } });
    const forged = (address: string) =>
      direct.call('/found', {
        method: 'POST',
        headers: { 'x-forwarded-for': address },
        body: new URLSearchParams({ key: 'x' }),
      });
    expect((await forged('198.51.100.1')).status).toBe(202);
    expect((await forged('198.51.100.2')).status).toBe(429);
  });

  test('the form is a page without script that posts to itself; what is no report is said to be none', async () => {
    const service = await start(generous);
    const page = await service.call('/found');
    expect(page.headers.get('content-security-policy')).toContain("form-action 'self'");
    expect(page.headers.get('content-security-policy')).toContain("default-src 'none'");
    expect(await page.text()).toContain('<form method="post" action="/found">');
    expect((await byForm(service, {})).status).toBe(400);
    expect((await byForm(service, { key: 'x', url: 'javascript:alert(1)' })).status).toBe(400);
    for (const body of [
      {},
      { key: '' },
      { key: 'x', more: 1 },
      { key: 'x', url: 'ftp://x' },
      { key: 'x'.repeat(5000) },
    ])
      expect((await byProgram(service, body)).status).toBe(400);
    expect((await byForm(service, { key: 'x'.repeat(70_000) })).status).toBe(413);
    expect((await (await start()).call('/found')).status).toBe(404);
  });
});
