// What is particular to one issuer, beyond the contract.

import { randomBytes } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { builtInRules, createDetector, loadRules } from '../../src/detect/index.ts';
import { Secret } from '../../src/model/index.ts';
import { aws } from '../../src/services/aws.ts';
import { agnes, github, keyburn, type RunReply, unkey, warp } from '../../src/services/index.ts';
import { reply } from './issuer.ts';
import { fill, orderFor, play, rig } from './recorded.ts';

const J = { 'content-type': 'application/json' };
const meta = { requestId: 'req_1' };

describe('github', () => {
  it('burns without saying who asks, in one call for many', async () => {
    const keys = [fill('ghp_{{alnum:36}}'), fill('gho_{{alnum:36}}'), fill('ghr_{{alnum:76}}')];
    await using stage = await rig(reply(202, J, '{}'));
    const orders = keys.map((key) => orderFor('github', new Secret(key)));
    expect(await github().revokeMany?.revoke(orders, stage.tools)).toMatchObject({ outcome: 'accepted' });
    expect(stage.issuer.seen).toHaveLength(1);
    expect(stage.issuer.seen[0]?.headers.authorization).toBeUndefined();
    expect(JSON.parse(stage.issuer.seen[0]?.body ?? '')).toEqual({ credentials: keys });
    const mixed = [...orders, orderFor('github', new Secret(fill('ghs_{{alnum:36}}')))];
    expect(await github().revokeMany?.revoke(mixed, stage.tools)).toMatchObject({ outcome: 'refused' });
    expect(stage.issuer.seen).toHaveLength(1);
  });
});

describe('keyburn', () => {
  it('tells the service where the key was found, and nothing of this machine', async () => {
    await using stage = await rig(reply(200, J, { keyId: 'key_1', state: 'revoked' }));
    const key = fill('kbk_live_{{alnum:38}}');
    const service = keyburn({ url: 'https://keys.example/' });
    await service.revoke?.(orderFor('keyburn', new Secret(key)), stage.tools);
    const [seen] = stage.issuer.seen;
    expect(seen?.headers.authorization).toBe(`Bearer ${key}`);
    expect(JSON.parse(seen?.body ?? '')).toEqual({
      cause: 'leaked',
      foundAt: {
        url: 'https://git.example/acme/app/blob/0123456/config/app.env#L3',
        path: 'config/app.env',
        commit: '0123456789012345678901234567890123456789',
        line: 3,
        exposure: 'public',
      },
      foundTime: '2026-11-20T12:00:00.000Z',
    });
  });

  it('sends a hash, not the key, where it has the root key', async () => {
    await using stage = await rig(reply(200, J, { keyId: 'key_1', state: 'live' }), {
      credentials: { KEYBURN_ROOT_KEY: 'root' },
    });
    const key = fill('kbk_live_{{alnum:38}}');
    await keyburn({ url: 'https://keys.example' }).contain?.(
      orderFor('keyburn', new Secret(key)),
      stage.tools,
    );
    expect(stage.issuer.seen.map(({ path }) => path)).toEqual(['/v1/keys/check', '/v1/keys/key_1/disable']);
    for (const { body, headers } of stage.issuer.seen) {
      expect(body).not.toContain(key);
      expect(headers.authorization).toBe('Bearer root');
    }
  });

  it('asks nobody where the operator named no service, and refuses an address that is none', async () => {
    await using stage = await rig(reply(200, J, {}));
    const secret = new Secret(fill('kbk_live_{{alnum:38}}'));
    expect(await keyburn().check?.({ secret, parts: {} }, stage.tools)).toMatchObject({
      why: 'not-configured',
    });
    expect(await keyburn().revoke?.(orderFor('keyburn', secret), stage.tools)).toMatchObject({
      outcome: 'refused',
    });
    expect(stage.issuer.seen).toEqual([]);
    expect(() => keyburn({ url: 'file:///etc' })).toThrow(/no web address/);
    expect(() => keyburn({ url: 'keys' })).toThrow(/no web address/);
  });
});

describe('unkey', () => {
  it('takes "not found" for a death only where the same root key has found the key before', async () => {
    const service = unkey();
    const secret = new Secret(fill('acme_{{base58:22}}'));
    const key = { secret, parts: {} };
    const ok = (path: string, data: unknown) => ({ method: 'POST', path, status: 200, body: { meta, data } });
    const verify = (code: string, valid = false) => ok('/v2/keys.verifyKey', { valid, code });
    const who = ok('/v2/keys.whoami', { keyId: 'key_12345678', enabled: true });
    const gone = {
      method: 'POST',
      path: '/v2/keys.whoami',
      status: 404,
      body: { meta, error: { type: 'err:unkey:data:key_not_found' } },
    };
    const talk = [
      verify('NOT_FOUND'),
      verify('VALID', true),
      who,
      ok('/v2/keys.deleteKey', {}),
      verify('NOT_FOUND'),
      gone,
    ];
    await using stage = await rig(play(talk), { credentials: { UNKEY_ROOT_KEY: 'unkey_root' } });
    expect(await service.check?.(key, stage.tools)).toMatchObject({ state: 'unknown' });
    expect(await service.check?.(key, stage.tools)).toMatchObject({ state: 'live' });
    expect(await service.revoke?.(orderFor('unkey', secret), stage.tools)).toMatchObject({
      outcome: 'accepted',
    });
    expect(await service.check?.(key, stage.tools)).toMatchObject({ state: 'revoked' });
    expect(await service.revoke?.(orderFor('unkey', secret), stage.tools)).toMatchObject({
      outcome: 'already-dead',
    });
    const bodies = stage.issuer.seen.map(({ body }) => JSON.parse(body) as Record<string, unknown>);
    expect(bodies[1]).toMatchObject({ credits: { cost: 0 } });
    expect(bodies[3]).toEqual({ keyId: 'key_12345678', permanent: false });
    for (const { headers } of stage.issuer.seen) expect(headers.authorization).toBe('Bearer unkey_root');
  });
});

describe('warp', () => {
  const body = fill('{{hex:60}}');
  const secret = new Secret(`wk-1.${body}beef`);
  const other = { uid: 'uid-1', name: 'first', key_suffix: 'aaaa' };
  const ours = { uid: 'uid-2', name: 'ci', key_suffix: 'beef' };

  /** The vendor's command-line tool, as the operator would switch it on. */
  async function withOz(list: unknown, expire: Partial<Extract<RunReply, { kind: 'ran' }>> = {}) {
    const calls: string[][] = [];
    const oz = (args: readonly string[]): Promise<RunReply> => {
      calls.push([...args]);
      const stdout = typeof list === 'string' ? list : JSON.stringify(list);
      if (args[1] === 'list') return Promise.resolve({ kind: 'ran', exitCode: 0, stdout });
      return Promise.resolve({
        kind: 'ran',
        exitCode: 0,
        stdout: JSON.stringify({ key_uid: args[2], expired: true }),
        ...expire,
      });
    };
    await using stage = await rig(reply(200, J, {}), { run: { oz } });
    const got = await warp().revoke?.(orderFor('warp', secret), stage.tools);
    return { got, calls };
  }

  it('expires the one key whose suffix fits, wherever it stands in the list, and never shows the key', async () => {
    for (const list of [[ours], [other, ours], [ours, other]]) {
      const { got, calls } = await withOz(list);
      expect(got).toMatchObject({ outcome: 'accepted' });
      expect(calls).toEqual([
        ['api-key', 'list', '--output-format', 'json'],
        ['api-key', 'expire', 'uid-2', '--force', '--output-format', 'json'],
      ]);
      expect(calls.flat().join(' ')).not.toContain(body);
    }
  });

  it.each([
    ['none fits', [other]],
    ['two fit', [ours, { ...ours, uid: 'uid-3' }]],
    ['a suffix too short to name anybody', [{ ...ours, key_suffix: 'ef' }]],
    ['no suffix at all', [{ ...ours, key_suffix: '' }]],
    ['one shows nothing', [ours, { ...other, key_suffix: '' }]],
    ['a uid that would be an option', [{ ...ours, uid: '--all' }]],
    ['an empty list', []],
  ])('leaves it to a person: %s', async (_, list) => {
    const { got, calls } = await withOz(list);
    expect(got).toMatchObject({ outcome: 'manual' });
    expect(got?.outcome === 'manual' && got.steps.join('\n')).toMatch(
      /oz api-key list[\s\S]*oz api-key expire <uid>/,
    );
    expect(calls).toHaveLength(1);
  });

  it.each([
    ['no JSON', 'UID  Name', {}],
    ['an exit code', [ours], { exitCode: 1 }],
    ['not expired', [ours], { stdout: JSON.stringify({ key_uid: 'uid-2', expired: false }) }],
    ['another one expired', [ours], { stdout: JSON.stringify({ key_uid: 'uid-9', expired: true }) }],
    ['silence', [ours], { stdout: '' }],
  ])('claims nothing: %s', async (_, list, expire) => {
    expect((await withOz(list, expire)).got).toMatchObject({ outcome: 'refused' });
  });
});

describe('agnes', () => {
  const secret = new Secret(`ak_live_${fill('{{hex:36}}')}beef`);
  const list = [
    { id: 'k1', name: 'prod', last4: 'aaaa' },
    { id: 'k2', name: 'ci', last4: 'beef' },
  ];

  it('deletes the one key that fits, with the admin’s key, pinned to a version', async () => {
    const talk = [
      { method: 'GET', path: '/api/v1/api-keys/', status: 200, body: list },
      { method: 'DELETE', path: '/api/v1/api-keys/k2', status: 204, body: '' },
    ];
    await using stage = await rig(play(talk), { credentials: { AGNES_ADMIN_KEY: 'ak_admin' } });
    expect(await agnes().revoke?.(orderFor('agnes', secret), stage.tools)).toMatchObject({
      outcome: 'accepted',
    });
    for (const { headers } of stage.issuer.seen) {
      expect(headers).toMatchObject({ authorization: 'Bearer ak_admin', 'agnes-version': '2026-04-16' });
      expect(headers['x-tenant-id']).toBeUndefined();
    }
    expect(stage.issuer.seen[1]?.headers['idempotency-key']).toBe('a'.repeat(64));
  });

  it('deletes nothing from a list that has another page', async () => {
    await using stage = await rig(reply(200, J, { items: list, next: '/api/v1/api-keys/?page=2' }), {
      credentials: { AGNES_ADMIN_KEY: 'a' },
    });
    expect(await agnes().revoke?.(orderFor('agnes', secret), stage.tools)).toMatchObject({
      outcome: 'manual',
    });
    expect(stage.issuer.seen).toHaveLength(1);
  });

  it('reads from a JWT whether it has expired', async () => {
    const jwt = (claims: unknown) =>
      ['e30', Buffer.from(JSON.stringify(claims)).toString('base64url'), 'c2ln'].join('.');
    const no = {
      detail: 'x',
      code: 'unauthorized',
      request_id: 'r',
      doc_url: 'https://docs.lasscyber.com/errors/unauthorized',
    };
    await using stage = await rig(reply(401, J, no));
    const check = (text: string) => agnes().check?.({ secret: new Secret(text), parts: {} }, stage.tools);
    expect(await check(jwt({ exp: 1_700_000_000 }))).toMatchObject({ state: 'expired' });
    expect(await check(jwt({ exp: 9_999_999_999 }))).toMatchObject({ state: 'rejected' });
    expect(await check('no.jwt.really')).toMatchObject({ state: 'rejected' });
  });
});

describe('aws', () => {
  it('is asked about a temporary key with the whole session token that stands in the same file', async () => {
    const detector = createDetector(await loadRules([builtInRules]));
    const secret = `${fill('{{base58:36}}')}7aB9`;
    const id = Array.from(randomBytes(16), (byte) => 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567'[byte % 32]).join('');
    const session = `IQoJ${fill('{{alnum:1496}}')}`;
    const text = [
      '[ci]',
      `aws_access_key_id = ASIA${id}`,
      `aws_session_token = ${session}`,
      `aws_secret_access_key = ${secret}`,
      '',
    ].join('\n');
    const bytes = Buffer.from(text, 'utf8');
    const origin = { kind: 'stream', path: '-' } as const;
    const ranges = [{ from: 0, to: bytes.length }];
    const { findings } = detector.look({ origin, bytes, offset: 0, line: 1, column: 1, ranges });
    const found = findings.find(({ rule }) => rule.id === 'aws-sts-key');
    if (!found) throw new Error('not found');
    const arn =
      '<GetCallerIdentityResult><Arn>arn:aws:sts::123456789012:assumed-role/ci/x</Arn><Account>123456789012</Account></GetCallerIdentityResult>';
    await using stage = await rig(reply(200, { 'content-type': 'text/xml' }, arn));
    expect(await aws().check?.(found, stage.tools)).toMatchObject({ state: 'live' });
    expect(stage.issuer.seen[0]?.headers['x-amz-security-token']).toBe(session);
    const without = { ...found, parts: { secretKey: new Secret(secret) } };
    expect(await aws().check?.(without, stage.tools)).toMatchObject({ state: 'unknown', why: 'not-asked' });
    expect(stage.issuer.seen).toHaveLength(1);
  });
});
