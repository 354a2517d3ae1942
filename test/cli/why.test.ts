// `keyburn why` on the four bodies that it was made for, and on keys whose story the issuer and the ledger know.
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, onTestFinished, test } from 'vitest';
import { FingerprintKey, Secret } from '../../src/model/index.ts';
import { openLedger } from '../../src/record/index.ts';
import { checklist } from '../../src/services/index.ts';
import { start } from '../keyservice/start.ts';
import { openConsole } from './console.ts';

async function terminal(env: Record<string, string> = {}) {
  const made = await openConsole(env);
  onTestFinished(() => made.close());
  return made;
}

const WARP = `HTTP/2 401
content-type: application/problem+json

{ "type": "/reference/api-and-sdk/troubleshooting/errors/authentication-required/", "title": "Your API key is invalid or has expired. Please generate a new key and try again.", "status": 401, "instance": "/api/v1/agent/tasks", "error": "Your API key is invalid or has expired. Please generate a new key and try again.", "retryable": false }`;
const AGNES = `HTTP/1.1 401 Unauthorized
content-type: application/json

{"detail":"Invalid authentication credentials","code":"unauthorized","request_id":"5b3f6c7e-7d24-4d40-9b12-3a59c01c6e91","doc_url":"https://docs.lasscyber.com/errors/unauthorized"}`;
const UNKEY = `HTTP/1.1 401 Unauthorized
content-type: application/json

{"meta":{"requestId":"req_2c9a0jf23l4k567"},"error":{"detail":"Authentication credentials were not provided","status":401,"title":"Unauthorized","type":"https://unkey.com/docs/api-reference/errors-v2/unkey/authentication/missing"}}`;
const ANY = `HTTP/1.1 401 Unauthorized
content-type: application/json

{"error":"API key revoked"}`;

const STEPS = ['header', 'dashboard', 'variable', 'rotate', 'curl'];

describe('a response', () => {
  test.each([
    [
      'Warp',
      WARP,
      'dead',
      [
        'wk-',
        'oz.warp.dev/settings',
        'WARP_API_KEY',
        'oz api-key expire',
        'api/v1/agent/models',
        'docs.warp.dev',
      ],
    ],
    [
      'Agnes',
      AGNES,
      'rejected',
      [
        'ak_test_',
        'agnes.lasscyber.com/keys',
        'AGNES_API_KEY',
        'Agnes-Version',
        '5b3f6c7e-7d24-4d40-9b12-3a59c01c6e91',
        'docs.lasscyber.com/errors/unauthorized',
      ],
    ],
    [
      'Unkey',
      UNKEY,
      'missing',
      [
        'Bearer unkey_',
        'app.unkey.com',
        'UNKEY_ROOT_KEY',
        'Rotate',
        'req_2c9a0jf23l4k567',
        'authentication/missing',
      ],
    ],
    [
      'any other',
      ANY,
      'revoked',
      [
        'X-API-Key: KEY',
        'dashboard',
        'environment variable',
        'client-side code',
        'curl -i -H @- URL | keyburn why',
      ],
    ],
  ])('%s: the documented cause, its remedy, and the five steps in order', async (_, text, cause, words) => {
    const ran = await (await terminal()).keyburnWith(text, 'why', '--offline');
    expect(ran.code).toBe(0);
    expect(ran.stdout.split('\n')[0]).toBe(`HTTP 401 · ${cause}`);
    for (const word of words) expect(ran.stdout).toContain(word);
    const listed = [...ran.stdout.matchAll(/^ {2}(header|dashboard|variable|rotate|curl) /gm)].map(
      (match) => match[1],
    );
    expect(listed).toEqual(STEPS);
  });

  test.each(['unkey', 'warp', 'agnes', 'keyburn', undefined])(
    'the steps of %s put no key into an argument',
    (id) => {
      const steps = checklist(id);
      expect(steps.map(({ what }) => what)).toEqual(STEPS);
      expect(steps.at(-1)?.text).toMatch(/^Test the key alone: printf '.*%s' "\$[A-Z_]+" \| curl -i -H @- /);
    },
  );

  test('one that is not about the key has no such steps', async () => {
    const ran = await (await terminal()).keyburnWith(
      'HTTP/1.1 503 Service Unavailable\n\n{}',
      'why',
      '--offline',
    );
    expect(ran.stdout).toContain('issuer-fault');
    expect(ran.stdout).not.toContain('Check, in this order');
  });
});

const LEAK = {
  cause: 'leaked',
  foundAt: {
    url: 'https://git.example/acme/shop/blob/0123456789abcdef/a.env',
    repository: 'git.example/acme/shop',
    path: 'config/a.env',
    line: 7,
    commit: '0123456789abcdef0123456789abcdef01234567',
    exposure: 'public',
  },
  foundTime: '2026-11-20T11:00:00Z',
};

describe('a key that this service has burned', () => {
  async function burned() {
    const service = await start();
    const { key, keyId } = await service.make();
    await service.send('POST', `/v1/keys/${keyId}/revoke`, service.root, LEAK);
    return { service, key };
  }
  const exposed =
    'exposed    git.example/acme/shop, config/a.env:7, commit 0123456789ab, https://git.example/';

  test('curl -i of its 401: which commit exposed it, and who burned it when', async () => {
    const { service, key } = await burned();
    const response = await service.call('/v1/whoami', { headers: { authorization: `Bearer ${key}` } });
    const headers = [...response.headers].map(([name, value]) => `${name}: ${value}`).join('\r\n');
    const text = `HTTP/1.1 401 Unauthorized\r\n${headers}\r\n\r\n${await response.text()}`;
    const { stdout } = await (await terminal()).keyburnWith(text, 'why', '--offline');
    expect(stdout).toContain('HTTP 401 · revoked');
    expect(stdout).toContain(exposed);
    expect(stdout).toContain('found      2026-11-20T11:00:00.000Z');
    expect(stdout).toContain('revoked    2026-11-20T12:00:00.000Z by operator, because: leaked');
  });

  test.each([true, false])('the key itself, with the issuer in reach (root key: %s)', async (root) => {
    const { service, key } = await burned();
    const made = await terminal({
      KEYBURN_SERVICE_URL: service.url,
      ...(root && { KEYBURN_ROOT_KEY: service.root }),
    });
    const { stdout, code } = await made.keyburnWith(key, 'why');
    expect(code).toBe(0);
    expect(stdout).toContain('revoked: POST /v1/check: 200 revoked, asked by hash');
    expect(stdout).toContain(exposed);
    expect(stdout).toContain('by operator, because: leaked');
    expect(stdout).toContain("this machine's ledger has never met it");
    expect(stdout).not.toContain(key);
  });

  test('the key itself, offline, with the ledger in reach: every place, and what was done when by whom', async () => {
    const { key } = await burned();
    const home = await mkdtemp(join(tmpdir(), 'keyburn-why-'));
    onTestFinished(() => rm(home, { recursive: true, force: true }));
    const hex = 'ab'.repeat(32);
    const made = await terminal({ KEYBURN_HOME: home, PRINTS: hex });
    const { writeFile } = await import('node:fs/promises');
    await writeFile(join(home, 'keyburn.toml'), '[fingerprint]\nenv = "PRINTS"\n');
    const ledger = await openLedger(home, { now: () => new Date('2026-11-20T12:00:00Z') });
    const id = new FingerprintKey(Buffer.from(hex, 'hex')).fingerprint(new Secret(key));
    const place = { kind: 'stream', path: 'logs/app\u001b[31m.log', line: 9, column: 1, endLine: 9 } as const;
    const other = {
      ...place,
      kind: 'blob',
      path: 'config/a.env',
      line: 7,
      commit: LEAK.foundAt.commit,
      author: 'Ada',
      date: '2026-11-19T10:00:00Z',
      url: LEAK.foundAt.url,
    } as const;
    await ledger.upsert({
      id,
      rule: 'keyburn-live-key',
      title: 'x',
      severity: 'critical',
      service: 'keyburn',
      preview: '…',
      environment: 'live',
      place,
      otherPlaces: [other],
      verdict: { state: 'live', why: 'x', checkedAt: '2026-11-20T12:00:00Z' },
      exposure: 'public',
      decision: { act: 'burn', because: 'public and live' },
      receipt: {
        outcome: 'revoked',
        at: '2026-11-20T12:01:00Z',
        proof: { state: 'revoked', why: 'x', checkedAt: '2026-11-20T12:01:00Z' },
        note: 'revoked by id',
      },
    });
    await ledger.end();
    const { stdout } = await made.keyburnWith(key, 'why', '--offline');
    expect(stdout).toContain('The ledger says (first seen 2026-11-20T12:00:00.000Z, public):');
    expect(stdout).toContain(
      'found at   config/a.env:7, commit 0123456789ab, by Ada on 2026-11-19, https://git.example/',
    );
    expect(stdout).toContain('logs/app\\u001b[31m.log:9');
    expect(stdout).toContain('revoked    2026-11-20T12:01:00Z: revoked by id');
    expect(stdout).toMatch(/2026-11-20T12:00:00\.000Z {2}\w+ +keyburn: /);
    expect(stdout).not.toContain(key);
  });
});

test('a key of no known shape needs its issuer named, and then has one', async () => {
  const made = await terminal();
  const bare = await made.keyburnWith('x7Gp2mQ9vT4kLz8w', 'why', '--offline');
  expect([bare.code, bare.stderr]).toEqual([2, expect.stringContaining('--service')]);
  const named = await made.keyburnWith('x7Gp2mQ9vT4kLz8w', 'why', '--offline', '--service', 'unkey');
  expect([named.code, named.stdout]).toEqual([
    0,
    expect.stringContaining('unknown: nobody was asked: this run was offline'),
  ]);
});
