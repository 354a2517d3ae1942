// Unkey's v2 API as far as the connector needs it, with keys that live and die: a stand-in, because there is no Unkey to install.

import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { onTestFinished } from 'vitest';

export async function startUnkey(root: string) {
  const keys = new Map<string, { readonly keyId: string; enabled: boolean }>();
  const state = { down: false };
  const handle = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const parts: Buffer[] = [];
    for await (const part of request) parts.push(part as Buffer);
    const send = (status: number, body: object) => {
      response.writeHead(status, { 'content-type': 'application/json' });
      response.end(JSON.stringify({ meta: { requestId: 'req_1' }, ...body }));
    };
    const fail = (status: number, tail: string) =>
      send(status, {
        error: { title: 'x', detail: 'x', status, type: `https://unkey.com/docs/errors/${tail}` },
      });
    if (state.down) return fail(503, 'unkey/application/service_unavailable');
    if (request.headers.authorization !== `Bearer ${root}`)
      return fail(401, 'unkey/authentication/key_not_found');
    const body = JSON.parse(Buffer.concat(parts).toString('utf8')) as {
      key?: string;
      keyId?: string;
      enabled?: boolean;
    };
    const byKey = keys.get(body.key ?? '');
    const byId = [...keys].find(([, { keyId }]) => keyId === body.keyId);
    switch (request.url ?? '') {
      case '/v2/keys.verifyKey': {
        const code = byKey === undefined ? 'NOT_FOUND' : byKey.enabled ? 'VALID' : 'DISABLED';
        return send(200, { data: { valid: code === 'VALID', code } });
      }
      case '/v2/keys.whoami':
        return byKey
          ? send(200, { data: { keyId: byKey.keyId, enabled: byKey.enabled } })
          : fail(404, 'unkey/data/key_not_found');
      case '/v2/keys.updateKey':
        if (!byId) return fail(404, 'unkey/data/key_not_found');
        byId[1].enabled = body.enabled ?? true;
        return send(200, { data: {} });
      case '/v2/keys.deleteKey':
        if (!byId) return fail(404, 'unkey/data/key_not_found');
        keys.delete(byId[0]);
        return send(200, { data: {} });
      default:
        return fail(404, 'unkey/application/not_found');
    }
  };
  const server = createServer((request, response) => void handle(request, response));
  await new Promise<void>((ready) => server.listen(0, '127.0.0.1', ready));
  onTestFinished(
    () =>
      new Promise<void>((ended) => {
        server.closeAllConnections();
        server.close(() => ended());
      }),
  );
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, keys, state };
}
