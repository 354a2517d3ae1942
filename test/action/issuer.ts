// The embedded key service as the issuer: real keys that really die.
import { randomBytes } from 'node:crypto';
import { mkdtempSync, realpathSync, rmSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { onTestFinished } from 'vitest';
import { serve } from '../../src/keyservice/index.ts';
import { bodyOf } from '../doubles/github/git.ts';

export interface Issuer {
  /** What a workflow would set: the service's address and its root key. */
  readonly env: Readonly<Record<string, string>>;
  mint(): Promise<string>;
  lives(key: string): Promise<boolean>;
  /** Before a request of the step's reaches the issuer: true where it shall never. */
  meddle: ((request: string) => boolean) | undefined;
}

export async function startIssuer(): Promise<Issuer> {
  const home = mkdtempSync(join(realpathSync(tmpdir()), 'keyburn-issuer-'));
  const rootKey = randomBytes(24).toString('base64url');
  const service = await serve({ home, port: 0, host: '127.0.0.1', rootKey });
  const door = createServer((request, response) => {
    const pass = async (): Promise<void> => {
      const body = await bodyOf(request);
      if (issuer.meddle?.(`${request.method} ${request.url}`) === true) return void response.destroy();
      const { authorization = '', 'content-type': type = '' } = request.headers;
      const reply = await fetch(`${service.url}${request.url}`, {
        method: request.method ?? 'GET',
        headers: { authorization, ...(type === '' ? {} : { 'content-type': type }) },
        ...(body.length === 0 ? {} : { body: new Uint8Array(body) }),
      });
      const kept = [...reply.headers].filter(
        ([name]) =>
          !/^(?:content-length|content-encoding|connection|transfer-encoding|keep-alive)$/.test(name),
      );
      response.writeHead(reply.status, Object.fromEntries(kept)).end(Buffer.from(await reply.arrayBuffer()));
    };
    pass().catch(() => response.destroy());
  });
  await new Promise<void>((ready) => door.listen(0, '127.0.0.1', ready));
  onTestFinished(async () => {
    door.closeAllConnections();
    door.close();
    await service.close();
    rmSync(home, { recursive: true, force: true });
  });
  const ask = (path: string, key: string, body?: unknown) =>
    fetch(`${service.url}${path}`, {
      method: body === undefined ? 'GET' : 'POST',
      headers: { authorization: `Bearer ${key}`, 'content-type': 'application/json' },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
  const { port } = door.address() as AddressInfo;
  const issuer: Issuer = {
    env: { KEYBURN_SERVICE_URL: `http://127.0.0.1:${port}`, KEYBURN_ROOT_KEY: rootKey },
    meddle: undefined,
    async mint() {
      const body = { name: 'shop', owner: 'ada@example.com', environment: 'live' };
      const made = (await (await ask('/v1/keys', rootKey, body)).json()) as { key: string };
      return made.key;
    },
    async lives(key) {
      return (await ask('/v1/whoami', key)).status === 200;
    },
  };
  return issuer;
}
