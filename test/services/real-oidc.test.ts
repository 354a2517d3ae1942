// RFC 7009 and RFC 7662 against a server that we did not write: the certified `oidc-provider`, and an issuer that is nothing but a
// table of keyburn.toml.

import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import Provider from 'oidc-provider';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { operatorServices, type Service } from '../../src/services/index.ts';
import { keyOf, realityOf, witness } from './real.ts';

const SECRETS = { app: randomBytes(24).toString('base64url'), watch: randomBytes(24).toString('base64url') };
const CREDENTIALS = { ACME_APP: `app:${SECRETS.app}`, ACME_WATCH: `watch:${SECRETS.watch}` };
const INTROSPECTION = { url: '/token/introspection', credential: 'ACME_WATCH' };
const ttl = { AccessToken: 600, ClientCredentials: 600, Grant: 600, RefreshToken: 600 };

const server = createServer();
let base = '';
let provider: Provider;

beforeAll(async () => {
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  base = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const machine = { grant_types: ['client_credentials'], redirect_uris: [], response_types: [] };
  provider = new Provider(base, {
    clients: [
      { ...machine, client_id: 'app', client_secret: SECRETS.app },
      { ...machine, client_id: 'watch', client_secret: SECRETS.watch },
      {
        client_id: 'spa',
        token_endpoint_auth_method: 'none',
        grant_types: ['authorization_code', 'refresh_token'],
        redirect_uris: ['https://spa.example/back'],
        response_types: ['code'],
      },
    ],
    features: {
      clientCredentials: { enabled: true },
      devInteractions: { enabled: false },
      introspection: { enabled: true, allowedPolicy: (_, client) => client.clientId === 'watch' },
      revocation: { enabled: true, allowedPolicy: (_, client, token) => token.clientId === client.clientId },
    },
    findAccount: (_, accountId) => ({ accountId, claims: () => ({ sub: accountId }) }),
    ttl,
  });
  const answer = provider.callback();
  server.on('request', (request, response) => void answer(request, response));
});

afterAll(async () => {
  server.closeAllConnections();
  server.close();
  await once(server, 'close');
});

function issuer(more: Readonly<Record<string, unknown>>): Service {
  const entry = {
    id: 'acme-sso',
    name: 'Acme sign-in',
    docs: 'https://docs.acme.example/sso',
    base,
    internal: true,
    rate: { requests: 1_000, 'per-ms': 1_000, concurrency: 4 },
    key: { in: 'bearer' },
    'settles-ms': 0,
    ...more,
  };
  const [service] = operatorServices([entry]);
  if (!service) throw new Error('no service');
  return service;
}

/** A token of a confidential client, from the token endpoint itself. */
async function machineToken(): Promise<string> {
  const reply = await fetch(`${base}/token`, {
    method: 'POST',
    headers: { authorization: `Basic ${Buffer.from(CREDENTIALS.ACME_APP).toString('base64')}` },
    body: new URLSearchParams({ grant_type: 'client_credentials' }),
  });
  return ((await reply.json()) as { access_token: string }).access_token;
}

/** Tokens of a person who signed in through a public client; the browser's part is left out. */
async function personTokens(): Promise<{ access: string; refresh: string }> {
  const client = await provider.Client.find('spa');
  if (!client) throw new Error('no client');
  const grant = new provider.Grant({ accountId: 'ada', clientId: 'spa' });
  grant.addOIDCScope('openid offline_access');
  const grantId = await grant.save();
  const about = { accountId: 'ada', client, grantId, gty: 'authorization_code' };
  const access = new provider.AccessToken({ ...about, scope: 'openid' });
  const refresh = new provider.RefreshToken({ ...about, scope: 'openid offline_access' });
  return { access: await access.save(), refresh: await refresh.save() };
}

describe('a real OAuth server', () => {
  it('a confidential client’s token: live, burned, proved dead, and a random one is rejected', async () => {
    using wire = witness();
    const service = issuer({
      introspection: INTROSPECTION,
      revoke: { kind: 'rfc7009', url: '/token/revocation', hint: 'access_token', credential: 'ACME_APP' },
    });
    const { verify, burn, story } = await realityOf(service, CREDENTIALS);
    const token = await machineToken();
    expect(await verify(token)).toMatchObject({
      state: 'live',
      why: 'POST /token/introspection: 200 active',
    });
    expect(await burn(token)).toMatchObject({
      outcome: 'revoked',
      proof: { state: 'rejected', why: 'POST /token/introspection: 200 not active' },
    });
    expect(story).toEqual(['intend revoke', 'settle revoked']);
    expect(await burn(token)).toMatchObject({ outcome: 'already-dead' });
    expect(await verify(randomBytes(32).toString('base64url'))).toMatchObject({ state: 'rejected' });
    expect([...wire.seen]).toEqual([new URL(base).host]);
  });

  it('a public client’s tokens: its id is enough, and the userinfo endpoint is the check', async () => {
    const service = issuer({
      check: { url: '/me', shows: ['sub'] },
      revoke: { kind: 'rfc7009', url: '/token/revocation', 'client-id': 'spa' },
    });
    const { verify, burn } = await realityOf(service);
    const { access } = await personTokens();
    expect(await verify(access)).toMatchObject({ state: 'live', why: 'GET /me: 200 accepted' });
    expect(await burn(access)).toMatchObject({ outcome: 'revoked', proof: { state: 'rejected' } });
    expect(await verify(randomBytes(32).toString('base64url'))).toMatchObject({ state: 'rejected' });
  });

  it('a refresh token dies with what was made from it', async () => {
    const revoke = {
      kind: 'rfc7009',
      url: '/token/revocation',
      hint: 'refresh_token',
      'client-id': 'spa',
    };
    const { verify, burn, verifier } = await realityOf(
      issuer({ introspection: INTROSPECTION, revoke }),
      CREDENTIALS,
    );
    const { access, refresh } = await personTokens();
    expect(await verify(refresh)).toMatchObject({ state: 'live' });
    expect(await burn(refresh)).toMatchObject({ outcome: 'revoked' });
    expect(await verifier.again('acme-sso', keyOf(access))).toMatchObject({ state: 'rejected' });
  });

  it('another client’s token is accepted and not revoked: the 200 of RFC 7009 is no proof, the second look is', async () => {
    const service = issuer({
      introspection: INTROSPECTION,
      revoke: { kind: 'rfc7009', url: '/token/revocation', 'client-id': 'spa' },
    });
    const { burn, verify } = await realityOf(service, CREDENTIALS);
    const token = await machineToken();
    expect(await burn(token)).toMatchObject({ outcome: 'accepted', proof: { state: 'live' } });
    expect(await verify(token)).toMatchObject({ state: 'live' });
  });

  it('a wrong client secret says nothing of the key, and burns nothing', async () => {
    const wrong = { ...CREDENTIALS, ACME_APP: 'app:wrong', ACME_WATCH: 'watch:wrong' };
    const how = { kind: 'rfc7009', url: '/token/revocation', credential: 'ACME_APP' };
    const token = await machineToken();
    const blind = await realityOf(issuer({ introspection: INTROSPECTION, revoke: how }), wrong);
    expect(await blind.verify(token)).toMatchObject({ state: 'unknown', why: 'not-configured' });
    expect(await blind.burn(token)).toMatchObject({ outcome: 'failed' });
    expect(blind.story).toEqual(['settle failed']);
    const halfBlind = await realityOf(issuer({ introspection: INTROSPECTION, revoke: how }), {
      ...wrong,
      ACME_WATCH: CREDENTIALS.ACME_WATCH,
    });
    expect(await halfBlind.burn(token)).toMatchObject({
      outcome: 'failed',
      note: expect.stringContaining('refused: POST /token/revocation: 401') as string,
    });
    expect(await halfBlind.verify(token)).toMatchObject({ state: 'live' });
  });
});
