import { generateKeyPairSync, type KeyObject, sign } from 'node:crypto';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { onTestFinished } from 'vitest';

export interface Signer {
  readonly id: string;
  readonly pem: string;
  readonly privateKey: KeyObject;
}

let made = 0;

export function signer(namedCurve = 'P-256'): Signer {
  const { privateKey, publicKey } = generateKeyPairSync('ec', { namedCurve });
  made += 1;
  return {
    id: `abc${made.toString(16)}`,
    pem: publicKey.export({ type: 'spki', format: 'pem' }).toString(),
    privateKey,
  };
}

/** A real server that publishes public keys as GitHub does. */
export async function keyServer(...signers: readonly Pick<Signer, 'id' | 'pem'>[]) {
  const state = {
    signers: [...signers] as Pick<Signer, 'id' | 'pem'>[],
    status: 200,
    asked: [] as (string | undefined)[],
    headers: {} as Record<string, string>,
    body: undefined as string | undefined,
  };
  const server = createServer((request, response) => {
    state.asked.push(request.headers['if-none-match']);
    if (state.headers.etag !== undefined && request.headers['if-none-match'] === state.headers.etag) {
      response.writeHead(304).end();
      return;
    }
    const public_keys = state.signers.map(({ id, pem }) => ({
      key_identifier: id,
      key: pem,
      is_current: true,
    }));
    response.writeHead(state.status, { 'content-type': 'application/json', ...state.headers });
    response.end(state.body ?? JSON.stringify({ public_keys }));
  });
  await new Promise<void>((ready) => server.listen(0, '127.0.0.1', ready));
  onTestFinished(
    () =>
      new Promise<void>((ended) => {
        server.closeAllConnections();
        server.close(() => ended());
      }),
  );
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/keys`;
  return { state, url };
}

/** What `fetch` takes, with the parts that tests change. */
export interface SignedRequest {
  readonly method: string;
  readonly headers: Record<string, string>;
  readonly body: string;
}

/** A report as GitHub sends it. */
export function signed(by: Signer, report: unknown): SignedRequest {
  const body = typeof report === 'string' ? report : JSON.stringify(report);
  return {
    method: 'POST',
    headers: {
      'content-type': 'application/json',
      'github-public-key-identifier': by.id,
      'github-public-key-signature': sign('sha256', Buffer.from(body), by.privateKey).toString('base64'),
    },
    body,
  };
}
