// An issuer that is nothing but data: the example of docs/configuration.md, word for word, against a real server, by the command line.

import { randomBytes } from 'node:crypto';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type Console, openConsole } from '../cli/console.ts';
import { type Issuer, reply, startIssuer } from './issuer.ts';
import { fill } from './recorded.ts';

const ADMIN = randomBytes(18).toString('base64url');
const J = { 'content-type': 'application/json' };

interface Row {
  readonly id: string;
  readonly key: string;
  state: 'enabled' | 'disabled' | 'deleted';
}

/** Keys are checked by themselves, and managed by the administrator. */
function acme(rows: readonly Row[]): Promise<Issuer> {
  return startIssuer((seen, response) => {
    const say = (status: number, body: unknown) => reply(status, J, body)(seen, response);
    if (seen.path === '/v1/me') {
      const row = rows.find(({ key }) => key === seen.headers['x-api-key']);
      if (row?.state === 'enabled') return say(200, { user: { id: 'u1' } });
      return say(401, { error: { code: row?.state === 'disabled' ? 'key_disabled' : 'unknown_key' } });
    }
    if (seen.headers.authorization !== `Bearer ${ADMIN}`) return say(403, { error: { code: 'no' } });
    const left = rows.filter(({ state }) => state !== 'deleted');
    if (seen.path === '/v1/keys') {
      const keys = left.map(({ id, key }) => ({ id, hint: `${key.slice(0, 13)}…${key.slice(-4)}` }));
      return say(200, { keys });
    }
    const row = left.find(({ id }) => seen.path === `/v1/keys/${id}`);
    if (!row) return say(404, {});
    if (seen.method === 'DELETE') row.state = 'deleted';
    else row.state = (JSON.parse(seen.body) as { enabled: boolean }).enabled ? 'enabled' : 'disabled';
    return say(200, { id: row.id });
  });
}

/** The fences of the page that begin with a comment that names a file. */
async function example(name: string): Promise<string> {
  const page = await readFile(join(import.meta.dirname, '../../docs/configuration.md'), 'utf8');
  const fence = page.match(/```toml\n[\s\S]*?```/g)?.find((text) => text.includes(`# ${name}\n`));
  return fence?.replace(/^```toml\n|```$/g, '') ?? '';
}

let console: Console;
beforeEach(async () => {
  console = await openConsole({ ACME_ADMIN_KEY: ADMIN });
});
afterEach(() => console.close());

async function setUp(issuer: Issuer, leaked: string): Promise<string> {
  const file = join(console.folder, 'keyburn.toml');
  const text = await example('keyburn.toml');
  expect(text).toContain('base = "https://keys.acme.example"');
  const here = text.replace('"https://keys.acme.example"', `"${issuer.url}"\ninternal = true`);
  await writeFile(file, here);
  await mkdir(join(console.folder, 'rules-of-ours'));
  await writeFile(join(console.folder, 'rules-of-ours/acme.toml'), await example('rules-of-ours/acme.toml'));
  await mkdir(join(console.folder, 'leak'));
  await writeFile(join(console.folder, 'leak/app.env'), `ACME_KEY=${leaked}\n`);
  return file;
}

interface Line {
  readonly type: string;
  readonly rule: string;
  readonly verdict: { readonly state: string };
  readonly receipt: { readonly outcome: string; readonly proof?: { readonly state: string } } | null;
}

async function scan(file: string, ...more: readonly string[]): Promise<{ code: number; found: Line[] }> {
  const leak = join(console.folder, 'leak');
  const args = ['scan', leak, '--config', file, '--exposure', 'public', '--format', 'jsonl', ...more];
  const ran = await console.keyburn(...args);
  const lines = ran.stdout
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line) as Line);
  return { code: ran.code, found: lines.filter(({ type }) => type === 'finding') };
}

describe('an issuer of one’s own, in keyburn.toml', () => {
  it('is judged with its rule, found, asked, switched off, deleted and proved dead, and no other key is touched', async () => {
    const keys = [fill('acme_live_{{alnum:32}}'), fill('acme_live_{{alnum:32}}')];
    const rows: Row[] = keys.map((key, n) => ({ id: `k${n}`, key, state: 'enabled' }));
    await using issuer = await acme(rows);
    const [, leaked = ''] = keys;
    const file = await setUp(issuer, leaked);

    const judged = await console.keyburn('rules', 'check', '--config', file);
    expect(judged).toMatchObject({
      code: 0,
      stdout: expect.stringMatching(/rules, 1 issuer of your own, no faults\n$/) as string,
    });

    const dry = await scan(file);
    expect(dry.code).toBe(3);
    expect(dry.found).toMatchObject([
      { rule: 'acme-live-key', verdict: { state: 'live' }, receipt: { outcome: 'planned' } },
    ]);
    expect(issuer.seen.every(({ method }) => method === 'GET')).toBe(true);

    const armed = await scan(file, '--revoke');
    expect(armed.found).toMatchObject([{ receipt: { outcome: 'revoked', proof: { state: 'rejected' } } }]);
    expect(rows.map(({ state }) => state)).toEqual(['enabled', 'deleted']);
    const changes = issuer.seen.filter(({ method }) => method !== 'GET');
    expect(changes.map(({ method, path, body }) => `${method} ${path} ${body}`)).toEqual([
      'PATCH /v1/keys/k1 {"enabled":false}',
      'DELETE /v1/keys/k1 ',
    ]);
    // The administrator's calls carry no leaked key, and the key's own carry no credential.
    for (const { path, headers } of issuer.seen) {
      expect(headers['x-api-key'] === undefined).toBe(path !== '/v1/me');
      expect(headers.authorization === undefined).toBe(path === '/v1/me');
    }
    expect((await scan(file)).found).toMatchObject([{ verdict: { state: 'rejected' } }]);
  });

  it('leaves it to a person where two rows could be the key, and names what is missing', async () => {
    const leaked = `acme_live_Abc${fill('{{alnum:25}}')}wxyz`;
    const twin = `acme_live_Abc${fill('{{alnum:25}}')}wxyz`;
    const rows: Row[] = [leaked, twin].map((key, n) => ({ id: `k${n}`, key, state: 'enabled' }));
    await using issuer = await acme(rows);
    const file = await setUp(issuer, leaked);
    expect((await scan(file, '--revoke')).found).toMatchObject([{ receipt: { outcome: 'manual' } }]);
    expect(rows.map(({ state }) => state)).toEqual(['enabled', 'enabled']);

    const poor = await openConsole();
    const ran = await poor.keyburn(
      'scan',
      join(console.folder, 'leak'),
      '--config',
      file,
      '--exposure',
      'public',
      '--revoke',
    );
    expect(ran.stdout).toMatch(/ACME_ADMIN_KEY/);
    await poor.close();
  });

  it('is judged beside the rules: every fault of both at once', async () => {
    await using issuer = await acme([]);
    const file = await setUp(issuer, 'none');
    const rule = join(console.folder, 'rules-of-ours/acme.toml');
    await writeFile(
      rule,
      (await readFile(rule, 'utf8')).replace('services = ["acme"]', 'services = ["amce"]'),
    );
    const typo = await console.keyburn('rules', 'check', '--config', file);
    expect(typo.code).toBe(1);
    expect(typo.stdout).toMatch(/acme\.toml: acme-live-key: services: there is no issuer "amce"/);
    expect(typo.stdout).toMatch(/keyburn\.toml: service acme: no rule names it/);

    const text = await readFile(file, 'utf8');
    await writeFile(
      file,
      text
        .replace('prefix = "acme_live_"', 'prefix = "acme_test_"')
        .replace(
          'url = "/v1/keys/{id}", json = { enabled = false }',
          'url = "/v1/keys/first", json = { enabled = false }',
        )
        .replace(', shows = "hint"', ''),
    );
    const broken = await console.keyburn('rules', 'check', '--config', file);
    expect(broken.code).toBe(1);
    expect(broken.stdout).toMatch(/service acme: contain\.url: names no key/);
    expect(broken.stdout).toMatch(/service acme: lookup\.shows: missing/);
    await writeFile(file, text.replace('prefix = "acme_live_"', 'prefix = "acme_test_"'));
    await writeFile(
      rule,
      (await readFile(rule, 'utf8')).replace('services = ["amce"]', 'services = ["acme"]'),
    );
    const other = await console.keyburn('rules', 'check', '--config', file);
    expect(other.stdout).toMatch(/keys of "acme" begin with acme_test_, and those of no match example do/);
  });
});
