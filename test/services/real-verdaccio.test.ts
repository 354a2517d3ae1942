// The npm service against a registry that we did not write: Verdaccio, with nothing behind it.

import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { runServer } from 'verdaccio';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { operatorServices, services } from '../../src/services/index.ts';
import { BRISK, keyOf, realityOf, witness } from './real.ts';

const PASSWORD = randomBytes(16).toString('base64url');
const shipped = services.find(({ id }) => id === 'npm');
const npm = shipped && { ...shipped, rate: BRISK };
const folder = mkdtempSync(join(tmpdir(), 'keyburn-verdaccio-'));
let server: Server;
let url = '';
let login = '';

async function ask(method: string, path: string, body?: unknown): Promise<Record<string, string>> {
  const reply = await fetch(`${url}${path}`, {
    method,
    headers: {
      'content-type': 'application/json',
      ...(login !== '' && { authorization: `Bearer ${login}` }),
    },
    ...(body !== undefined && { body: JSON.stringify(body) }),
  });
  return (await reply.json()) as Record<string, string>;
}

async function mint(): Promise<string> {
  const made = await ask('POST', '/-/npm/v1/tokens', {
    password: PASSWORD,
    readonly: false,
    cidr_whitelist: [],
  });
  return made.token ?? '';
}

beforeAll(async () => {
  const file = join(folder, 'config.yaml');
  server = (await runServer({
    self_path: file,
    configPath: file,
    storage: join(folder, 'storage'),
    auth: { htpasswd: { file: join(folder, 'htpasswd') } },
    uplinks: {},
    packages: { '**': { access: '$all', publish: '$authenticated' } },
    log: { type: 'stdout', format: 'pretty', level: 'fatal' },
    web: { enable: false },
    // Tokens that end with the list's entry; the older kind is a sealed password.
    security: { api: { legacy: false, jwt: { sign: { expiresIn: '1h' } } } },
  })) as Server;
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const user = { name: 'ada', password: PASSWORD, _id: 'org.couchdb.user:ada', type: 'user', roles: [] };
  login = (await ask('PUT', '/-/user/org.couchdb.user:ada', user)).token ?? '';
});

afterAll(async () => {
  server.closeAllConnections();
  server.close();
  await once(server, 'close');
  rmSync(folder, { recursive: true });
});

describe('a real npm registry', () => {
  it('a token: live, burned among others, proved dead; a random one and the login are told apart', async () => {
    if (!npm) throw new Error('no npm service');
    using wire = witness();
    const [other, token] = [await mint(), await mint()];
    const { verify, burn, story, verifier } = await realityOf(npm, { KEYBURN_NPM_URL: url });
    expect(await verify(token)).toMatchObject({ state: 'live', why: 'GET /-/whoami: 200 with a user name' });
    expect(await npm.owner?.(keyOf(token), verifier.tools('npm'))).toEqual({ account: 'ada' });
    expect(await burn(token)).toMatchObject({
      outcome: 'revoked',
      proof: { state: 'rejected', why: 'GET /-/whoami: 403 unauthorized access' },
    });
    expect(story).toEqual(['intend revoke', 'settle revoked']);
    expect(await verifier.again('npm', keyOf(other))).toMatchObject({ state: 'live' });
    expect(await burn(token)).toMatchObject({ outcome: 'already-dead' });
    expect(await verify(`npm_${randomBytes(27).toString('base64url')}`)).toMatchObject({ state: 'rejected' });
    expect([...wire.seen]).toEqual([new URL(url).host]);
  });

  it('a login token is in no list, so a person ends it', async () => {
    if (!npm) throw new Error('no npm service');
    const { burn, verify } = await realityOf(npm, { KEYBURN_NPM_URL: url });
    expect(await burn(login)).toMatchObject({ outcome: 'manual' });
    expect(await verify(login)).toMatchObject({ state: 'live' });
  });

  it('is an issuer of keyburn.toml as well: a token finds its own row and ends itself by that', async () => {
    const [service] = operatorServices([
      {
        id: 'packages',
        name: 'Our packages',
        docs: 'https://docs.acme.example/packages',
        base: url,
        internal: true,
        check: {
          url: '/-/npm/v1/tokens',
          shows: ['objects'],
          means: { '401': 'rejected', '403': 'rejected' },
        },
        lookup: { url: '/-/npm/v1/tokens', rows: 'objects', id: 'key', shows: 'token' },
        revoke: { kind: 'http', method: 'DELETE', url: '/-/npm/v1/tokens/token/{id}', done: ['200'] },
      },
    ]);
    if (!service) throw new Error('no service');
    using wire = witness();
    const [other, token] = [await mint(), await mint()];
    const { verify, burn, verifier } = await realityOf({ ...service, rate: BRISK });
    expect(await verify(token)).toMatchObject({ state: 'live' });
    expect(await burn(token)).toMatchObject({ outcome: 'revoked', proof: { state: 'rejected' } });
    expect(await verifier.again('packages', keyOf(other))).toMatchObject({ state: 'live' });
    expect(await verify(randomBytes(40).toString('base64url'))).toMatchObject({ state: 'rejected' });
    expect([...wire.seen]).toEqual([new URL(url).host]);
  });
});
