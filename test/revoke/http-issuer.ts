// The smallest real issuer: an HTTP server with one key, and the service that talks to it.

import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Entry, Verdict } from '../../src/model/index.ts';
import type { RevokeReply, Service } from '../../src/services/service.ts';
import { ID, issuerOf, LIVE, PLACE, serviceOf } from './issuer.ts';

export const ENTRY: Entry = {
  id: ID,
  rule: 'acme-key',
  title: 'Acme key',
  severity: 'high',
  service: 'acme',
  preview: 'acme_…ghij',
  environment: 'live',
  place: PLACE,
  otherPlaces: [],
  verdict: LIVE,
  exposure: 'public',
  decision: { act: 'burn', because: 'public and live' },
  receipt: null,
};

export interface HttpIssuer {
  readonly address: string;
  readonly state: () => string;
  /** How often a change really happened. */
  readonly changes: () => readonly string[];
  readonly close: () => Promise<void>;
}

export async function startIssuer(): Promise<HttpIssuer> {
  let state = 'live';
  const changes: string[] = [];
  const server: Server = createServer((request, response) => {
    const [, to] = /^\/become\/(disabled|revoked)$/.exec(request.url ?? '') ?? [];
    if (request.method === 'POST' && to !== undefined && state !== 'revoked' && state !== to) {
      state = to;
      changes.push(to);
    }
    response.setHeader('connection', 'close').end(JSON.stringify({ state }));
  });
  await new Promise<void>((done) => {
    server.listen(0, '127.0.0.1', done);
  });
  const { port } = server.address() as AddressInfo;
  return {
    address: `http://127.0.0.1:${port}`,
    state: () => state,
    changes: () => changes,
    close: () =>
      new Promise((done) => {
        server.close(() => done());
      }),
  };
}

async function stateAt(address: string, path: string, method: string): Promise<Verdict['state']> {
  const reply = await fetch(`${address}${path}`, { method });
  const { state } = (await reply.json()) as { state: Verdict['state'] };
  return state;
}

export function look(address: string): () => Promise<Verdict> {
  return async () => {
    const state = await stateAt(address, '/', 'GET');
    if (state === 'unknown') return { state, why: 'unexpected-reply' };
    return { state, checkedAt: new Date().toISOString(), why: 'GET /' };
  };
}

export function httpService(address: string, at: (step: string) => void = () => {}): Service {
  const become = async (state: 'disabled' | 'revoked'): Promise<RevokeReply> => {
    at(`before ${state}`);
    await stateAt(address, `/become/${state}`, 'POST');
    at(`after ${state}`);
    return { outcome: 'accepted', note: `now ${state}` };
  };
  return { ...serviceOf(issuerOf()), contain: () => become('disabled'), revoke: () => become('revoked') };
}
