// What an operator configured, or an issuer answers, cannot make the receiver call inside the company or somewhere else.
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { describe, expect, onTestFinished, test } from 'vitest';
import { issuersOf, receiverSettings } from '../../src/connect/index.ts';
import { defaultPolicy } from '../../src/decide/index.ts';
import { conformToContract, type Issuer } from '../../src/keyservice/index.ts';
import { FingerprintKey, SetupError } from '../../src/model/index.ts';
import { operatorServices } from '../../src/services/index.ts';

/** A server inside that must not be reached, or that sends its callers there. */
async function inside(to?: string) {
  const seen: string[] = [];
  const server = createServer((request, response) => {
    seen.push(request.url ?? '');
    if (to === undefined)
      response.writeHead(200, { 'content-type': 'application/json' }).end('{"state":"dead"}');
    else response.writeHead(307, { location: to }).end();
  });
  await new Promise<void>((ready) => server.listen(0, '127.0.0.1', ready));
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  return { seen, port: (server.address() as AddressInfo).port };
}

async function hook(url: string, internal: boolean): Promise<Issuer> {
  const settings = receiverSettings({
    issuer: [{ kind: 'webhook', name: 'hook', url, internal, 'secret-env': 'SECRET' }],
  });
  const never = () => Promise.reject(new Error('not needed'));
  const [issuer] = await issuersOf(settings, {
    env: { SECRET: 'x'.repeat(32) },
    services: new Map(),
    verifier: never,
    ledger: never,
    policy: defaultPolicy,
    fingerprintKey: new FingerprintKey(new Uint8Array(32)),
    now: () => new Date(),
  });
  if (!issuer) throw new Error('no issuer');
  return issuer;
}

const leak = {
  hash: new Uint8Array(32),
  by: 'public-report',
  foundAt: { url: 'http://169.254.169.254/latest/meta-data' },
  foundTime: '2026-11-21T00:00:00.000Z',
  attempt: { begun: false, begin: () => undefined },
} as const;

describe('a webhook', () => {
  test.each(['127.0.0.1', 'localhost', '[::1]', '0.0.0.0', '[::ffff:127.0.0.1]', '2130706433'])(
    'at %s is not called unless the operator said that it stands inside',
    async (host) => {
      const { seen, port } = await inside();
      for (const scheme of ['http', 'https']) {
        const issuer = await hook(`${scheme}://${host}:${port}/x`, false);
        expect((await issuer.burn(leak)).state).not.toBe('dead');
      }
      expect(seen).toEqual([]);
    },
  );

  test('that redirects is not followed, not even where it stands inside', async () => {
    const target = await inside();
    const first = await inside(`http://127.0.0.1:${target.port}/admin`);
    const issuer = await hook(`http://127.0.0.1:${first.port}/x`, true);
    expect((await issuer.burn(leak)).state).toBe('person');
    expect([first.seen, target.seen]).toEqual([['/x'], []]);
  });

  test('never asks the address that a report names', async () => {
    const { seen, port } = await inside();
    const place = await inside();
    const issuer = await hook(`http://127.0.0.1:${port}/x`, true);
    await issuer.burn({ ...leak, foundAt: { url: `http://127.0.0.1:${place.port}/leak` } });
    expect([seen, place.seen]).toEqual([['/x'], []]);
  });

  test.each(['file:///etc/passwd', 'gopher://x', 'unix:/run/docker.sock', 'javascript:1'])(
    '%s is no address',
    (url) => {
      const issuer = [{ kind: 'webhook', name: 'hook', url, 'secret-env': 'SECRET' }];
      expect(() => receiverSettings({ issuer })).toThrow(SetupError);
    },
  );
});

test('a [[service]] inside needs internal = true, and cannot name another host for one endpoint', () => {
  const service = {
    id: 'acme',
    name: 'Acme',
    docs: 'https://acme.example/',
    base: 'https://acme.example',
    key: { in: 'bearer' },
    revoke: { kind: 'rfc7009', url: 'http://169.254.169.254/latest' },
  };
  expect(() => operatorServices([service])).toThrow(/not one of the service's hosts/);
  expect(() => operatorServices([{ ...service, base: 'http://10.0.0.1', revoke: undefined }])).toThrow(
    /https only/,
  );
});

test('the conformance kit shows keys to the host that was named, and to none that a reply names', async () => {
  const target = await inside();
  const first = await inside(`http://127.0.0.1:${target.port}/steal`);
  const keys = { root: 'r'.repeat(40), key: 'k'.repeat(40), other: 'o'.repeat(40) };
  const results = await conformToContract(`http://127.0.0.1:${first.port}`, keys);
  expect(first.seen.length).toBeGreaterThan(0);
  expect(target.seen).toEqual([]);
  expect(results.find(({ id }) => id === 'no-redirect')?.why).toContain(
    `another host, 127.0.0.1:${target.port}`,
  );
});
