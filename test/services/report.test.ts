// A scanner reports to an issuer's leak receiver: the whole of verify/ and revoke/ against the real service, and a wire-tap between them.

import { randomBytes } from 'node:crypto';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { describe, expect, it, onTestFinished } from 'vitest';
import { FingerprintKey, Secret } from '../../src/model/index.ts';
import { operatorServices, type Service } from '../../src/services/index.ts';
import { start } from '../keyservice/start.ts';
import { BRISK, realityOf } from './real.ts';
import { orderFor } from './recorded.ts';

const SECRET = `whsec_${randomBytes(32).toString('base64')}`;
const now = () => new Date();

/** Hands everything on, and keeps what was sent. */
async function tapped(url: string) {
  const seen: { readonly line: string; readonly id: string | undefined; readonly all: string }[] = [];
  const handle = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const pieces: Buffer[] = [];
    for await (const piece of request) pieces.push(piece as Buffer);
    const body = Buffer.concat(pieces);
    const { host: _, connection: __, ...headers } = request.headers;
    const line = `${request.method} ${request.url}`;
    const all = `${line}\n${JSON.stringify(headers)}\n${body.toString()}`;
    seen.push({ line, id: request.headers['webhook-id'] as string | undefined, all });
    const reply = await fetch(`${url}${request.url}`, {
      method: request.method ?? 'GET',
      headers: Object.entries(headers).map(([name, value]) => [name, String(value)]),
      ...(body.length > 0 && { body }),
    });
    response.writeHead(reply.status, { 'content-type': reply.headers.get('content-type') ?? '' });
    response.end(await reply.text());
  };
  const server = createServer((request, response) => void handle(request, response));
  await new Promise<void>((ready) => server.listen(0, '127.0.0.1', ready));
  onTestFinished(() => void server.close());
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, seen };
}

function issuer(url: string, contract: object): Service {
  const entry = {
    id: 'acme',
    name: 'Acme',
    docs: 'https://acme.example',
    base: url,
    internal: true,
    contract,
  };
  const [service] = operatorServices([entry]);
  if (!service) throw new Error('none');
  return { ...service, rate: BRISK };
}

describe('a report to an issuer that speaks the open contract', () => {
  it('burns by hash alone, proved, told why, and the key never travels', async () => {
    const own = await start({ now, leaks: { keyburn: { secret: SECRET } } });
    const tap = await tapped(own.url);
    const { key } = await own.make();
    const other = await own.make();
    const reality = await realityOf(issuer(tap.url, { report: 'ACME_REPORT' }), {
      ACME_REPORT: SECRET,
      KEYBURN_ROOT_KEY: own.root,
    });
    expect(await reality.burn(key)).toMatchObject({
      outcome: 'revoked',
      proof: { state: 'revoked' },
      note: 'POST /v1/leaks/keyburn: 200 reported by hash',
    });
    expect(reality.story).toEqual(['intend revoke', 'settle revoked']);
    expect(tap.seen.map(({ line }) => line)).toContain('POST /v1/leaks/keyburn');
    expect(tap.seen.filter(({ all }) => all.includes(key) || all.includes(own.root))).toEqual([]);
    const { problem } = await own.whoami({ 'x-api-key': key });
    expect(problem).toMatchObject({ cause: { reason: 'leaked', revoked_by: 'keyburn-report' } });
    expect((await own.send('GET', '/v1/whoami', other.key)).status).toBe(200);
  });

  it('has the same id however often it is sent, and another one for another key', async () => {
    const own = await start({ now, leaks: { keyburn: { secret: SECRET } } });
    const tap = await tapped(own.url);
    const service = issuer(tap.url, { report: 'ACME_REPORT' });
    const { verifier } = await realityOf(service, { ACME_REPORT: SECRET });
    const tools = verifier.tools('acme');
    const key = new FingerprintKey(Buffer.alloc(32, 7));
    const [first, second] = [await own.make(), await own.make()].map((made) => new Secret(made.key));
    for (const secret of [first, first, second]) {
      if (!secret) continue;
      const order = { ...orderFor('acme', secret), id: key.fingerprint(secret) };
      expect(await service.revoke?.(order, tools)).toMatchObject({ outcome: 'accepted' });
    }
    const ids = tap.seen.flatMap(({ id }) => id ?? []);
    expect(ids).toHaveLength(3);
    expect([ids[0] === ids[1], ids[1] === ids[2]]).toEqual([true, false]);
  });

  it('that is refused leaves the key to speak for itself', async () => {
    const own = await start({ now, leaks: { keyburn: { secret: SECRET } } });
    for (const [secret, why] of [
      [`whsec_${randomBytes(32).toString('base64')}`, 'wrong'],
      ['whsec_c2hvcnQ=', 'short'],
    ] as const) {
      const tap = await tapped(own.url);
      const { key } = await own.make();
      const reality = await realityOf(issuer(tap.url, { report: 'ACME_REPORT' }), { ACME_REPORT: secret });
      expect(await reality.burn(key), why).toMatchObject({ outcome: 'revoked' });
      expect(tap.seen.some(({ line }) => line === 'POST /v1/leaks/keyburn')).toBe(why === 'wrong');
      expect(tap.seen.some(({ line }) => line === 'POST /v1/keys/revoke-self')).toBe(true);
    }
  });

  it('is not sent where the operator named no secret, and no credential but its own is', async () => {
    const own = await start({ now, leaks: { keyburn: { secret: SECRET } } });
    const tap = await tapped(own.url);
    const { key } = await own.make();
    const environment = { KEYBURN_REPORT_SECRET: SECRET, KEYBURN_ROOT_KEY: own.root };
    const service = issuer(tap.url, {});
    const reality = await realityOf(service, environment);
    expect(await reality.burn(key)).toMatchObject({ outcome: 'revoked' });
    expect(tap.seen.some(({ line }) => line.includes('leaks'))).toBe(false);
    expect(tap.seen.filter(({ all }) => all.includes(own.root))).toEqual([]);
    expect(reality.verifier.tools('acme').credential('KEYBURN_ROOT_KEY')).toBeUndefined();
  });
});
