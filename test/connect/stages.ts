// One stage for each connector: a real issuer (or the nearest thing to it) with keys of its own, for the contract that all must keep.

import { createHash, createHmac, randomBytes, timingSafeEqual } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';
import { afterAll, onTestFinished } from 'vitest';
import { type Pepper, postgresIssuer, serviceIssuer, webhookIssuer } from '../../src/connect/index.ts';
import { policySchema } from '../../src/decide/policy.ts';
import { type Issuer, openStore } from '../../src/keyservice/index.ts';
import { hashOf, mint, mintId, previewOf } from '../../src/keyservice/keys.ts';
import { embeddedIssuer } from '../../src/keyservice/leaks/embedded.ts';
import { FingerprintKey, Secret } from '../../src/model/index.ts';
import { type Ledger, openLedger } from '../../src/record/index.ts';
import { issuers, type Service, unkey } from '../../src/services/index.ts';
import { createVerifier, credentials, openAsk } from '../../src/verify/index.ts';
import { noPostgres, type PostgresServer, startPostgres } from '../record/postgres-server.ts';
import { startOAuth } from './oauth.ts';
import { startUnkey } from './unkey.ts';

export interface Stage {
  readonly issuer: Issuer;
  readonly ledger?: Ledger;
  /** Issues a live key. */
  mint(): Promise<string>;
  alive(key: string): Promise<boolean>;
  /** A key of the right shape that was never issued. */
  foreign(): string;
  /** Makes the issuer unreachable; absent where it cannot be. */
  down?(): void;
  up?(): void;
}

const now = () => new Date();
const letters = (bytes: number) => randomBytes(bytes).toString('hex');

export async function byService(
  service: Service,
  env: Record<string, string>,
  pattern: RegExp,
  policy: object = {},
) {
  const home = await mkdtemp(join(tmpdir(), 'keyburn-connect-'));
  onTestFinished(() => rm(home, { recursive: true, force: true }));
  const ledger = await openLedger(home);
  onTestFinished(() => ledger.end());
  const fingerprintKey = new FingerprintKey(randomBytes(32));
  const verifier = await createVerifier({
    services: [service],
    offline: false,
    fingerprintKey,
    credential: credentials(env),
    now,
  });
  const issuer = serviceIssuer({
    id: service.id,
    service,
    pattern,
    verifier,
    ledger,
    policy: policySchema.parse(policy),
    fingerprintKey,
    now,
    delay: async () => undefined,
  });
  const fingerprint = (key: string) => fingerprintKey.fingerprint(new Secret(key));
  return { issuer, ledger, fingerprint };
}

async function embedded(): Promise<Stage> {
  const store = openStore(':memory:');
  onTestFinished(() => store.close());
  return {
    issuer: embeddedIssuer(store, now),
    async mint() {
      const key = mint('live');
      const row = { id: mintId(), hash: hashOf(key), preview: previewOf(key), name: 'x', owner: null };
      store.add({ ...row, environment: 'live', scopes: [], expiresAt: null }, now().toISOString());
      return key;
    },
    alive: async (key) => store.byHash(hashOf(key))?.revoked === null,
    foreign: () => mint('live'),
  };
}

async function ofUnkey(): Promise<Stage> {
  const root = `unkey_${letters(12)}`;
  const server = await startUnkey(root);
  const service = { ...unkey({ api: server.url, internal: true }), settlesInMs: 0 };
  const made = await byService(service, { UNKEY_ROOT_KEY: root }, /^acme_[0-9a-f]{24}$/);
  return {
    ...made,
    async mint() {
      const key = `acme_${letters(12)}`;
      server.keys.set(key, { keyId: `key_${letters(6)}`, enabled: true });
      return key;
    },
    alive: async (key) => server.keys.get(key)?.enabled === true,
    foreign: () => `acme_${letters(12)}`,
    down: () => {
      server.state.down = true;
    },
    up: () => {
      server.state.down = false;
    },
  };
}

async function oauth(): Promise<Stage> {
  const server = await startOAuth();
  const entries = [
    {
      id: 'acme-oauth',
      name: 'Acme OAuth',
      docs: 'https://acme.example/oauth',
      base: server.url,
      internal: true,
      key: { in: 'bearer' },
      introspection: { url: '/token/introspection', credential: 'ACME_CLIENT' },
      revoke: { kind: 'rfc7009', url: '/token/revocation', credential: 'ACME_CLIENT' },
    },
  ];
  const service = issuers({ entries }).find(({ id }) => id === 'acme-oauth');
  if (!service) throw new Error('no service');
  const { id, secret } = server.client;
  const made = await byService(service, { ACME_CLIENT: `${id}:${secret}` }, /^[\w-]{43}$/);
  return {
    ...made,
    mint: server.token,
    alive: server.active,
    foreign: () => randomBytes(32).toString('base64url'),
    down: () => {
      server.state.down = true;
    },
    up: () => {
      server.state.down = false;
    },
  };
}

// One server for the whole file: it is the tables that are each test's own.
let shared: Promise<{ readonly server: PostgresServer; readonly url: string }> | undefined;
afterAll(async () => (await shared)?.server.stop());

const FIND = 'select revoked_at is null as live from api_key where hash = $1';
const BURN = 'update api_key set revoked_at = now(), why = $2 where hash = $1 and revoked_at is null';

export async function postgres(
  queries: { find?: string; burn?: string } = {},
  pepper?: Pepper,
): Promise<Stage & { pool: pg.Pool }> {
  shared ??= startPostgres().then(async (server) => ({ server, url: await server.database() }));
  const { server, url } = await shared;
  const pool = new pg.Pool({ connectionString: url, max: 2 });
  pool.on('error', () => undefined);
  const table = `api_key_${letters(4)}`;
  const own = (query: string) => query.replaceAll('api_key', table);
  const issuer = postgresIssuer({
    id: 'table',
    url,
    find: own(queries.find ?? FIND),
    burn: own(queries.burn ?? BURN),
    hash: 'sha256-hex',
    pepper,
  });
  onTestFinished(async () => {
    await issuer.close?.();
    await pool.query(`drop table if exists ${table}`).catch(() => undefined);
    await pool.end();
  });
  // As an issuer's own program would write it.
  const hex = (key: string): string => {
    const { as, bytes } = pepper ?? {};
    if (bytes === undefined) return createHash('sha256').update(key).digest('hex');
    if (as === 'hmac') return createHmac('sha256', bytes).update(key).digest('hex');
    const text = Buffer.from(bytes).toString();
    return createHash('sha256')
      .update(as === 'before' ? text + key : key + text)
      .digest('hex');
  };
  await pool.query(`create table ${table} (hash text, revoked_at timestamptz, why text)`);
  return {
    issuer,
    pool,
    async mint() {
      const key = `acme_${letters(12)}`;
      await pool.query(`insert into ${table} (hash) values ($1)`, [hex(key)]);
      return key;
    },
    async alive(key) {
      const { rows } = await pool.query(own(FIND), [hex(key)]);
      return (rows[0] as { live: boolean } | undefined)?.live === true;
    },
    foreign: () => `acme_${letters(12)}'; drop table ${table}; --`,
    ...(server.power && { down: server.power.off, up: server.power.on }),
  };
}

interface Said {
  readonly id: string;
  readonly text: string;
}

export async function webhook(answer?: {
  status: number;
  body: string;
}): Promise<Stage & { seen: readonly Said[] }> {
  const secret = letters(16);
  const live = new Map<string, boolean>();
  const state = { down: false };
  const seen: Said[] = [];
  const handle = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const parts: Buffer[] = [];
    for await (const part of request) parts.push(part as Buffer);
    const text = Buffer.concat(parts).toString('utf8');
    const { 'webhook-id': id, 'webhook-timestamp': at, 'webhook-signature': given } = request.headers;
    const mac = createHmac('sha256', secret)
      .update(`${String(id)}.${String(at)}.${text}`)
      .digest('base64');
    const genuine = timingSafeEqual(
      Buffer.from(`v1,${mac}`),
      Buffer.from(String(given).padEnd(mac.length + 3)),
    );
    seen.push({ id: String(id), text });
    if (state.down || !genuine) {
      response.writeHead(state.down ? 503 : 401).end();
      return;
    }
    const { sha256 } = JSON.parse(text) as { sha256: string };
    const before = live.get(sha256);
    if (before !== undefined) live.set(sha256, false);
    response.writeHead(answer?.status ?? 200, { 'content-type': 'application/json' });
    response.end(
      answer?.body ??
        JSON.stringify(before === undefined ? { state: 'unknown' } : { state: 'dead', changed: before }),
    );
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
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const rate = { requests: 100, perMs: 1000, concurrency: 4 };
  const ask = await openAsk({ hosts: [new URL(url).host], internal: true, rate });
  const hex = (key: string) => createHash('sha256').update(key).digest('hex');
  return {
    issuer: webhookIssuer({ id: 'hook', url: `${url}/leaks`, secret, ask, now }),
    seen,
    async mint() {
      const key = `acme_${letters(12)}`;
      live.set(hex(key), true);
      return key;
    },
    alive: async (key) => live.get(hex(key)) === true,
    foreign: () => `acme_${letters(12)}`,
    down: () => {
      state.down = true;
    },
    up: () => {
      state.down = false;
    },
  };
}

export { noPostgres };

const PEPPER = Buffer.from(letters(16));

export const stages: Readonly<Record<string, () => Promise<Stage>>> = {
  'the embedded service': embedded,
  Unkey: ofUnkey,
  'an OAuth server (oidc-provider)': oauth,
  'a table in PostgreSQL': () => postgres(),
  'a table in PostgreSQL with a pepper, by HMAC': () => postgres({}, { as: 'hmac', bytes: PEPPER }),
  'a table in PostgreSQL with a pepper before the key': () => postgres({}, { as: 'before', bytes: PEPPER }),
  'a table in PostgreSQL with a pepper after the key': () => postgres({}, { as: 'after', bytes: PEPPER }),
  'a webhook': () => webhook(),
};
