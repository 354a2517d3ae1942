// Who gets in, and what a form may do. The requests are what an attacker can send, so they go to the app itself.

import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { createDesk, createPage } from '../../src/page/index.ts';
import { openLedger } from '../../src/record/index.ts';
import { entry, idOf } from '../record/sample.ts';

const URL_OF_PAGE = 'http://127.0.0.1:8787';
const ID = idOf('a');

async function setUp(url = URL_OF_PAGE) {
  const home = await mkdtemp(join(tmpdir(), 'keyburn-page-'));
  const clock = { ms: Date.UTC(2026, 10, 21) };
  const now = () => new Date(clock.ms);
  const ledger = await openLedger(home, { now });
  onTestFinished(async () => {
    await ledger.end();
    await rm(home, { recursive: true });
  });
  await ledger.upsert(entry({ decision: { act: 'ask', because: 'private and live (policy: default)' } }));
  const links: string[] = [];
  const around = () => ({ env: { KEYBURN_HOME: home }, cwd: home, signal: new AbortController().signal });
  const page = createPage({
    ledger,
    desk: createDesk({ ledger, around, armed: false, now }),
    url: () => url,
    who: 'ada',
    show: (link) => links.push(link),
    now,
  });
  const send = (
    path: string,
    init: Omit<RequestInit, 'headers'> & { headers?: Record<string, string> } = {},
  ) =>
    page.app.request(`${url}${path}`, {
      ...init,
      headers: { host: new URL(url).host, ...init.headers },
    });
  const post = (path: string, fields: Record<string, string>, headers: Record<string, string> = {}) =>
    send(path, {
      method: 'POST',
      body: new URLSearchParams(fields).toString(),
      headers: { 'content-type': 'application/x-www-form-urlencoded', origin: url, ...headers },
    });
  const token = (): string => {
    if (!page.invite()) throw new Error('no link so soon');
    return new URL(links.at(-1) ?? '').searchParams.get('link') ?? '';
  };
  const enter = async (headers: Record<string, string> = {}): Promise<string> => {
    const answer = await post('/incidents/sign-in', { link: token() }, headers);
    expect(answer.status).toBe(303);
    return (answer.headers.get('set-cookie') ?? '').split(';')[0] ?? '';
  };
  const csrf = async (cookie: string): Promise<string> =>
    /name="csrf" value="([\w-]+)"/.exec(
      await (await send('/incidents', { headers: { cookie } })).text(),
    )?.[1] ?? '';
  const state = async () => {
    const found = await ledger.incident(ID);
    return found.kind === 'one' ? found.steps.map((step) => `${step.who} ${step.what}: ${step.note}`) : [];
  };
  return { page, ledger, clock, links, send, post, token, enter, csrf, state };
}

test('every route needs a session but signing in and its two files', async () => {
  const { page, send, post } = await setUp();
  const routes = [
    ...new Set(
      page.app.routes.filter(({ method }) => method !== 'ALL').map(({ method, path }) => `${method} ${path}`),
    ),
  ];
  expect(routes).toEqual([
    'GET /incidents/assets/:file',
    'GET /incidents/sign-in',
    'POST /incidents/sign-in',
    'POST /incidents/sign-in/link',
    'POST /incidents/sign-out',
    'GET /incidents',
    'GET /incidents/charts',
    'GET /incidents/:id/under-way',
    'GET /incidents/:id',
    'POST /incidents/:id',
  ]);
  for (const route of routes) {
    const [method = '', pattern = ''] = route.split(' ');
    const path = pattern.replace(':id', ID).replace(':file', 'nothing.js');
    for (const cookie of ['', 'keyburn_session=', `keyburn_session=${'A'.repeat(43)}`]) {
      const answer =
        method === 'GET'
          ? await send(path, { headers: { cookie } })
          : await post(path, { csrf: '' }, { cookie });
      const text = await answer.text();
      expect(text, route).not.toContain('Acme');
      const location = answer.headers.get('location') ?? '';
      const due = path === '/incidents/sign-in' ? /^(?:200|403) $/ : /^303 \/incidents\/sign-in/;
      expect(`${answer.status} ${location}`, route).toMatch(due);
    }
  }
  const [style, script] = [
    ...(await (await send('/incidents/sign-in')).text()).matchAll(/"(\/incidents\/assets\/[^"]+)"/g),
  ];
  for (const file of [style?.[1] ?? '', script?.[1] ?? '']) {
    const answer = await send(file);
    expect(answer.status).toBe(200);
    expect(answer.headers.get('cache-control')).toContain('immutable');
  }
  for (const method of ['HEAD', 'PUT', 'DELETE', 'OPTIONS'])
    expect((await send(`/incidents/${ID}`, { method, headers: { origin: URL_OF_PAGE } })).status).toBe(303);
});

test('a link works once, for ten minutes, and looking at it does not use it up', async () => {
  const { send, post, token, clock } = await setUp();
  const link = token();
  for (let looks = 0; looks < 3; looks++)
    expect(await (await send(`/incidents/sign-in?link=${link}`)).text()).toContain('as <b>ada</b>');
  expect((await post('/incidents/sign-in', { link: `${link}x` })).status).toBe(403);
  expect((await post('/incidents/sign-in', { link })).status).toBe(303);
  const again = await post('/incidents/sign-in', { link });
  expect(again.status).toBe(403);
  expect(again.headers.get('set-cookie')).toBeNull();

  clock.ms += 60_000;
  const second = token();
  clock.ms += 10 * 60_000;
  expect((await post('/incidents/sign-in', { link: second })).status).toBe(403);
  const third = token();
  clock.ms += 60_000;
  const fourth = token();
  expect((await post('/incidents/sign-in', { link: third })).status).toBe(403);
  expect((await post('/incidents/sign-in', { link: fourth })).status).toBe(303);
});

test('a visitor can have a link shown to the operator, not more than one in ten seconds, and sees none', async () => {
  const { post, send, links, clock } = await setUp();
  for (let tries = 0; tries < 20; tries++) {
    const answer = await post('/incidents/sign-in/link', {});
    expect(answer.headers.get('location')).toBe('/incidents/sign-in?printed=1');
    const shown = await (await send('/incidents/sign-in?printed=1')).text();
    for (const link of links) expect(shown).not.toContain(new URL(link).searchParams.get('link'));
  }
  expect(links).toHaveLength(1);
  clock.ms += 10_000;
  await post('/incidents/sign-in/link', {});
  expect(links).toHaveLength(2);
});

test('a session is named at sign-in, never by the caller, and the one before it ends', async () => {
  const { send, enter, clock } = await setUp();
  const planted = `keyburn_session=${'B'.repeat(43)}`;
  const first = await enter({ cookie: planted });
  expect(first).not.toBe(planted);
  expect((await send('/incidents', { headers: { cookie: planted } })).status).toBe(303);
  expect((await send('/incidents', { headers: { cookie: first } })).status).toBe(200);
  clock.ms += 60_000;
  const second = await enter({ cookie: first });
  expect(second).not.toBe(first);
  expect((await send('/incidents', { headers: { cookie: first } })).status).toBe(303);
  expect((await send('/incidents', { headers: { cookie: second } })).status).toBe(200);
});

test('a session ends: by signing out, after an hour without a look, after eight hours', async () => {
  const { send, post, enter, csrf, clock } = await setUp();
  const alive = async (cookie: string) => (await send('/incidents', { headers: { cookie } })).status === 200;
  const first = await enter();
  expect((await post('/incidents/sign-out', { csrf: await csrf(first) }, { cookie: first })).status).toBe(
    303,
  );
  expect(await alive(first)).toBe(false);
  clock.ms += 60_000;
  const second = await enter();
  clock.ms += 61 * 60_000;
  expect(await alive(second)).toBe(false);
  const third = await enter();
  for (let halves = 0; halves < 16; halves++) {
    expect(await alive(third)).toBe(true);
    clock.ms += 30 * 60_000;
  }
  clock.ms += 60_000;
  expect(await alive(third)).toBe(false);
});

test('the cookie is for this page alone, and for https alone where the page is there', async () => {
  const { post, token } = await setUp();
  const plain = (await post('/incidents/sign-in', { link: token() })).headers.get('set-cookie');
  expect(plain).toMatch(/^keyburn_session=[\w-]{43}; Path=\/incidents; HttpOnly; SameSite=Strict$/);
  const safe = await setUp('https://keys.example.com');
  const cookie = (await safe.post('/incidents/sign-in', { link: safe.token() })).headers.get('set-cookie');
  expect(cookie).toContain('; Secure');
});

test('a form counts only with its session’s token, from our own origin', async () => {
  const { post, send, enter, csrf, state, clock } = await setUp();
  const cookie = await enter();
  const token = await csrf(cookie);
  clock.ms += 60_000;
  const other = await csrf(await enter());
  const wish = { verb: 'approve', reason: 'because I say so' };
  const path = `/incidents/${ID}`;
  const before = await state();

  for (const stolen of ['', 'x', other, token.toLowerCase(), `${token} `])
    expect((await post(path, { ...wish, csrf: stolen }, { cookie })).status, stolen).toBe(403);
  expect((await post(path, wish, { cookie })).status).toBe(403);
  for (const origin of [
    'https://evil.example',
    'null',
    'http://127.0.0.1:1',
    'http://127.0.0.1:8787.evil.example',
    '',
  ])
    expect((await post(path, { ...wish, csrf: token }, { cookie, origin })).status, origin).toBe(403);
  const bare = await send(path, {
    method: 'POST',
    body: new URLSearchParams({ ...wish, csrf: token }).toString(),
    headers: { cookie, 'content-type': 'application/x-www-form-urlencoded', 'sec-fetch-site': 'cross-site' },
  });
  expect(bare.status).toBe(403);
  const json = await send(path, {
    method: 'POST',
    body: JSON.stringify({ ...wish, csrf: token }),
    headers: { cookie, origin: URL_OF_PAGE, 'content-type': 'text/plain' },
  });
  expect(json.status).toBe(403);
  expect(await state()).toEqual(before);

  expect((await post(path, { ...wish, csrf: token }, { cookie })).status).toBe(303);
  expect(await state()).toEqual([...before, 'ada approved: because I say so']);
});

test('a wish that makes no sense changes nothing, and says so', async () => {
  const { post, send, enter, csrf, state } = await setUp();
  const cookie = await enter();
  const token = await csrf(cookie);
  const before = await state();
  const wishes: Record<string, string>[] = [
    {},
    { verb: 'delete', reason: 'because I say so' },
    { verb: 'approve', reason: '  a ' },
    { verb: 'approve', reason: 'x'.repeat(501) },
    // What this server is not armed for, and what there is nothing to do about.
    { verb: 'burn', reason: 'because I say so' },
    { verb: 'contain', reason: 'because I say so' },
    { verb: 'restore', reason: 'because I say so' },
    { verb: 'wake', reason: 'because I say so' },
  ];
  for (const wish of wishes) {
    const answer = await post(`/incidents/${ID}`, { ...wish, csrf: token }, { cookie });
    expect(answer.status).toBe(303);
    const page = await (await send(`/incidents/${ID}`, { headers: { cookie } })).text();
    expect(page, JSON.stringify(wish)).toMatch(/class="flash doubt"/);
  }
  expect(await state()).toEqual(before);
  const big = await post(`/incidents/${ID}`, { csrf: token, reason: 'x'.repeat(20_000) }, { cookie });
  expect(big.status).toBe(413);
  for (const id of ['b'.repeat(64), 'a'.repeat(63), '..%2f..%2fetc', "a' or 1=1 --", '%00'])
    expect((await send(`/incidents/${id}`, { headers: { cookie } })).status, id).toBe(404);
});

test('answers to its own names alone', async () => {
  const { send, enter } = await setUp();
  const cookie = await enter();
  for (const host of ['127.0.0.1:8787', 'localhost:8787', '[::1]:8787'])
    expect((await send('/incidents', { headers: { cookie, host } })).status, host).toBe(200);
  for (const host of ['evil.example', '127.0.0.1', '127.0.0.1:80', 'localhost.evil.example:8787', ''])
    expect((await send('/incidents', { headers: { cookie, host } })).status, host).toBe(421);
});

test('no page can be framed, kept by a cache or made to run a stranger’s script', async () => {
  const { send, enter } = await setUp();
  const cookie = await enter();
  for (const path of ['', '/charts', `/${ID}`, '/sign-in', '/nothing', '/sign-in?link=x']) {
    for (const headers of [{ cookie }, {} as Record<string, string>]) {
      const answer = await send(`/incidents${path}`, { headers });
      expect(answer.headers.get('cache-control'), path).toBe('no-store');
      expect(answer.headers.get('x-frame-options'), path).toBe('DENY');
      expect(answer.headers.get('x-content-type-options'), path).toBe('nosniff');
      const policy = answer.headers.get('content-security-policy') ?? '';
      for (const part of [
        "default-src 'none'",
        "script-src 'self'",
        "style-src 'self'",
        "frame-ancestors 'none'",
      ])
        expect(policy, path).toContain(part);
      expect(policy).not.toMatch(/unsafe|\*/);
      expect(await answer.text()).not.toMatch(/<script(?! src=)|<style|\son\w+=|\sstyle=/);
    }
  }
});

test('whatever stands in the address of the list, it answers', async () => {
  const { send, enter } = await setUp();
  const cookie = await enter();
  const odd = ['%27 or 1=1', '%25%25%5C', '%00', 'x'.repeat(5000), '%F0%9F%94%A5', '%22%3E%3Cimg%3E'];
  for (const name of [
    'tab',
    'sort',
    'text',
    'service',
    'exposure',
    'verdict',
    'severity',
    'repository',
    'after',
    'before',
  ])
    for (const value of [
      ...odd,
      Buffer.from('["open",1]').toString('base64url'),
      Buffer.from('[]').toString('base64url'),
    ]) {
      const answer = await send(`/incidents?${name}=${value}`, { headers: { cookie } });
      expect(answer.status, `${name}=${value}`).toBe(200);
      expect(await answer.text()).not.toContain('<img');
    }
});
