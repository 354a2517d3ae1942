import { describe, expect, test } from 'vitest';
import { SetupError } from '../../../src/model/index.ts';
import { start } from '../start.ts';
import { keyServer, signed, signer } from './reporter.ts';

const token = 'shared-with-gitlab-0123456789';
const type = 'gitleaks_rule_id_acme';
const location = 'https://gitlab.example/acme/shop/-/blob/0123456789abcdef0123456789abcdef01234567/app.py';

async function receiver() {
  const service = await start({ leaks: { gitlabRevocation: { token, types: [type] } } });
  const send = (body: unknown, authorization: string | undefined = token) =>
    service.call('/v1/revoke_tokens', {
      method: 'POST',
      headers: {
        'content-type': 'application/json',
        ...(authorization === '' ? {} : { authorization }),
      },
      body: typeof body === 'string' ? body : JSON.stringify(body),
    });
  return { service, send };
}

describe("GitLab's token revocation API", () => {
  test('tells which types are taken, to those who share the token', async () => {
    const { service } = await receiver();
    const ask = (authorization: string) =>
      service.call('/v1/revocable_token_types', { headers: { authorization } });
    expect(await (await ask(token)).json()).toEqual({ types: [type] });
    expect((await ask('x')).status).toBe(401);
    expect((await service.call('/v1/revocable_token_types')).status).toBe(401);
    expect((await service.call('/v1/revocable_token_types', { method: 'POST' })).status).toBe(405);
  });

  test('204 and no word; the key is dead soon after, and its next call says where it was', async () => {
    const { service, send } = await receiver();
    const { key } = await service.make();
    const report = [{ type, token: key, location }];
    for (const authorization of [token, `Bearer ${token}`]) {
      const response = await send(report, authorization);
      expect([response.status, await response.text()]).toEqual([204, '']);
    }
    await expect
      .poll(async () => (await service.send('GET', '/v1/whoami', key)).status, { interval: 5 })
      .toBe(401);
    expect((await service.whoami({ 'x-api-key': key })).problem).toMatchObject({
      detail: expect.stringContaining(`found in a repository (${location})`),
      cause: {
        revoked_by: 'gitlab-token-revocation',
        found_at: { repository: 'gitlab.example/acme/shop', path: 'app.py', exposure: 'unknown' },
      },
    });
  });

  test('400 for nonsense and unsupported types, 401 without the token, 405 for another method: no key dies', async () => {
    const { service, send } = await receiver();
    const { key } = await service.make();
    const one = { type, token: key, location };
    for (const nonsense of [
      '{',
      '[]',
      '{}',
      [{ ...one, token: '' }],
      [one, { ...one, type: 'gitleaks_rule_id_other' }],
    ])
      expect((await send(nonsense)).status).toBe(400);
    for (const wrong of ['', 'x', `${token}x`, `Bearer ${token.slice(1)}`])
      expect((await send([one], wrong)).status).toBe(401);
    expect((await service.call('/v1/revoke_tokens')).status).toBe(405);
    expect((await service.send('GET', '/v1/whoami', key)).status).toBe(200);
    await expect(start({ leaks: { gitlabRevocation: { token: 'short', types: [] } } })).rejects.toThrow(
      SetupError,
    );
  });
});

test("GitLab's partner protocol: its own header names, the same signature", async () => {
  const gitlab = signer();
  const keys = await keyServer(gitlab);
  const service = await start({ leaks: { gitlab: { url: keys.url } } });
  const { key } = await service.make();
  const { headers, ...init } = signed(gitlab, [
    { type: 'acme', token: key, url: location.replace('blob', 'raw') },
  ]);
  const renamed = Object.fromEntries(
    Object.entries(headers).map(([name, value]) => [name.replace('github-', 'gitlab-'), value]),
  );
  expect((await service.call('/v1/leaks/gitlab', { ...init, headers })).status).toBe(401);
  expect((await service.call('/v1/leaks/gitlab', { ...init, headers: renamed })).status).toBe(200);
  await expect
    .poll(async () => (await service.send('GET', '/v1/whoami', key)).status, { interval: 5 })
    .toBe(401);
  const { problem } = await service.whoami({ 'x-api-key': key });
  expect(problem.cause).toMatchObject({ revoked_by: 'gitlab-partner', found_at: { path: 'app.py' } });
});
