// A stand-in for an issuer: a real HTTP server on loopback that answers as told and remembers what it was asked.

import { once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

export interface Seen {
  readonly method: string;
  readonly path: string;
  readonly headers: IncomingMessage['headers'];
  readonly body: string;
}

export interface Issuer extends AsyncDisposable {
  readonly url: string;
  readonly host: string;
  readonly port: number;
  readonly seen: readonly Seen[];
}

export type Answer = (seen: Seen, response: ServerResponse) => void | Promise<void>;

export async function startIssuer(answer: Answer): Promise<Issuer> {
  const seen: Seen[] = [];
  const server = createServer((request, response) => {
    const parts: Buffer[] = [];
    request.on('data', (part: Buffer) => parts.push(part));
    request.on('error', () => undefined);
    request.on('end', () => {
      const one = {
        method: request.method ?? '',
        path: request.url ?? '',
        headers: request.headers,
        body: Buffer.concat(parts).toString('utf8'),
      };
      seen.push(one);
      void answer(one, response);
    });
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}`,
    host: `127.0.0.1:${port}`,
    port,
    seen,
    async [Symbol.asyncDispose]() {
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    },
  };
}

export function reply(status: number, headers: Readonly<Record<string, string>>, body: unknown): Answer {
  const text = typeof body === 'string' ? body : JSON.stringify(body);
  return (_, response) => {
    response.writeHead(status, headers);
    response.end(text);
  };
}

/** What may go wrong between us and an issuer, and the reason that must be given. */
export function faults(elsewhere: string): readonly { name: string; why: string; answer: Answer }[] {
  const json = { 'content-type': 'application/json' };
  return [
    { name: '429', why: 'throttled', answer: reply(429, json, '{}') },
    {
      name: '429, then 429 again',
      why: 'throttled',
      answer: reply(429, { ...json, 'retry-after': '0' }, '{}'),
    },
    {
      name: '429 with a long pause',
      why: 'throttled',
      answer: reply(429, { ...json, 'retry-after': '3600' }, '{}'),
    },
    { name: '500', why: 'issuer-fault', answer: reply(500, json, '{"error":"internal"}') },
    {
      name: '502 with HTML',
      why: 'issuer-fault',
      answer: reply(502, { 'content-type': 'text/html' }, '<html></html>'),
    },
    { name: '503', why: 'issuer-fault', answer: reply(503, json, '{}') },
    { name: 'a reset', why: 'unreachable', answer: (_, response) => void response.socket?.resetAndDestroy() },
    { name: 'no answer', why: 'timeout', answer: () => undefined },
    {
      name: 'a body that never ends',
      why: 'timeout',
      answer: (_, response) => {
        response.writeHead(200, json);
        response.write('{');
      },
    },
    { name: 'a redirect', why: 'redirected', answer: reply(302, { location: elsewhere }, '') },
    { name: 'a permanent redirect', why: 'redirected', answer: reply(308, { location: elsewhere }, '') },
    {
      name: '100 MB',
      why: 'too-large',
      answer: (_, response) => {
        response.writeHead(200, json);
        const part = Buffer.alloc(1 << 16, 0x20);
        let left = 1_600;
        const more = () => {
          while (left > 0 && !response.destroyed) {
            left -= 1;
            if (!response.write(part)) return;
          }
          response.end();
        };
        response.on('drain', more);
        response.on('error', () => undefined);
        more();
      },
    },
  ];
}
