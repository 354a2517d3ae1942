// A key that its owner's admin asks about: a missing record is a death only for a key that had one before.

import { expect, it } from 'vitest';
import { digitaloceanSpaces } from '../../src/services/digitalocean-spaces.ts';
import type { Service } from '../../src/services/index.ts';
import { tailscale } from '../../src/services/tailscale.ts';
import { reply, startIssuer } from './issuer.ts';
import { BRISK, realityOf } from './real.ts';
import { fill } from './recorded.ts';

const J = { 'content-type': 'application/json' };

const CASES: [
  string,
  (api: string) => Service,
  string,
  (key: string) => string,
  Record<string, string>,
  string,
  number,
][] = [
  [
    'digitalocean-spaces',
    (api) => digitaloceanSpaces({ api, internal: true }),
    'DO00{{HEX:16}}',
    (key) => key,
    { DIGITALOCEAN_ADMIN_TOKEN: 'admin' },
    '/v2/spaces/keys/',
    204,
  ],
  [
    'tailscale',
    (api) => tailscale({ api, internal: true }),
    'tskey-auth-{{alnum:12}}-{{alnum:32}}',
    (key) => key.split('-')[2] ?? '',
    { TAILSCALE_ADMIN_KEY: 'tskey-api-admin' },
    '/api/v2/tailnet/-/keys/',
    200,
  ],
];

it.each(CASES)('%s: read, ended, and gone', async (_, make, template, idOf, credentials, path, ended) => {
  const key = fill(template);
  const ids = new Set([idOf(key), 'another']);
  await using issuer = await startIssuer((seen, response) => {
    const id = seen.path.slice(path.length);
    const known = ids.has(id);
    if (seen.method === 'DELETE') ids.delete(id);
    const record = { id, created: '2026-01-01', key: { access_key: id, name: 'ci' } };
    const gone = { id: 'not_found', message: 'no such key' };
    if (known && seen.method === 'DELETE') return reply(ended, J, ended === 204 ? '' : {})(seen, response);
    return reply(known ? 200 : 404, J, known ? record : gone)(seen, response);
  });
  const service = { ...make(issuer.url), rate: BRISK, settlesInMs: 0 };
  const { verify, burn, story } = await realityOf(service, credentials);
  expect(await verify(fill(template))).toMatchObject({ state: 'unknown', why: 'not-discriminating' });
  expect(await verify(key)).toMatchObject({ state: 'live' });
  expect(await burn(key)).toMatchObject({ outcome: 'revoked', proof: { state: 'revoked' } });
  expect(story).toEqual(['intend revoke', 'settle revoked']);
  expect([...ids]).toEqual(['another']);
});
