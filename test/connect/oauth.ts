// A real authorization server (oidc-provider) on loopback, with introspection and revocation, whose tokens a client gets for itself.

import { randomBytes } from 'node:crypto';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import Provider from 'oidc-provider';
import { onTestFinished } from 'vitest';

export async function startOAuth() {
  const client = { id: 'resource', secret: randomBytes(24).toString('hex') };
  const state = { down: false };
  let handle: ((...args: Parameters<ReturnType<Provider['callback']>>) => unknown) | undefined;
  const server = createServer((request, response) => {
    if (state.down) response.writeHead(503).end();
    else void handle?.(request, response);
  });
  await new Promise<void>((ready) => server.listen(0, '127.0.0.1', ready));
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const provider = new Provider(url, {
    clients: [
      {
        client_id: client.id,
        client_secret: client.secret,
        grant_types: ['client_credentials'],
        redirect_uris: [],
        response_types: [],
      },
    ],
    features: {
      clientCredentials: { enabled: true },
      introspection: { enabled: true, allowedPolicy: () => true },
      revocation: { enabled: true, allowedPolicy: () => true },
      devInteractions: { enabled: false },
    },
    jwks: undefined,
  });
  provider.on('server_error', () => undefined);
  handle = provider.callback();
  onTestFinished(
    () =>
      new Promise<void>((ended) => {
        server.closeAllConnections();
        server.close(() => ended());
      }),
  );
  const basic = `Basic ${Buffer.from(`${client.id}:${client.secret}`).toString('base64')}`;
  const form = async (path: string, fields: Record<string, string>): Promise<Record<string, unknown>> => {
    const response = await fetch(url + path, {
      method: 'POST',
      headers: { authorization: basic },
      body: new URLSearchParams(fields),
    });
    if (!response.ok) throw new Error(`${path}: ${response.status} ${await response.text()}`);
    const text = await response.text();
    return text === '' ? {} : (JSON.parse(text) as Record<string, unknown>);
  };
  return {
    url,
    client,
    state,
    token: async () => String((await form('/token', { grant_type: 'client_credentials' })).access_token),
    active: async (token: string) => (await form('/token/introspection', { token })).active === true,
  };
}
