import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { isIPv6 } from 'node:net';
import { createAdaptorServer } from '@hono/node-server';
import { SetupError } from '../model/index.ts';
import { createKeyService } from './app.ts';
import type { Issuer } from './issuers.ts';
import { hashOf, mint } from './keys.ts';
import { createLeakDesk } from './leaks/desk.ts';
import { EMBEDDED } from './leaks/embedded.ts';
import type { LeakOptions } from './leaks/routes.ts';
import { createSeal, queueKey } from './leaks/seal.ts';
import type { Concluded } from './leaks/telling.ts';
import { isLoopback } from './loopback.ts';
import { openStore, type Store } from './store.ts';

/** What an operator's own root key must have; a minted one has 47. */
const SHORTEST_ROOT_KEY = 32;
/** How long requests under way may take after `close()`, in ms. */
const GRACE_MS = 5000;

export interface ServeOptions {
  /** Folder of the store; made where it is missing. */
  readonly home: string;
  /** 0 takes a free one. */
  readonly port?: number;
  readonly host?: string;
  /** From KEYBURN_ROOT_KEY. It is the only one that counts while the service runs; without it one is minted at the first start. */
  readonly rootKey?: string | undefined;
  /** How callers reach the service, where that differs from host and port (behind a proxy): `https://keys.example.com`. */
  readonly publicUrl?: string | undefined;
  /** Takes one JSON object a line, without a line end. */
  readonly log?: (line: string) => void;
  readonly now?: () => Date;
  readonly failuresAMinute?: number;
  /** Where leak reports may come from; nowhere where it is left out. */
  readonly leaks?: LeakOptions;
  /** Answers everything below /incidents. */
  readonly incidents?: (request: Request) => Response | Promise<Response>;
  /** Whose keys the reports may burn, beside those of this service. */
  readonly issuers?: readonly Issuer[];
  /** The name of a key in incidents. */
  readonly fingerprint?: (token: string) => string;
  /** Keeps and tells what came of a report; whatever it rejects is tried again. */
  readonly tell?: (concluded: Concluded) => Promise<void>;
  /** From KEYBURN_QUEUE_KEY; see leaks/seal.ts. */
  readonly queueKey?: string | undefined;
  /** Addresses of proxies whose X-Forwarded-For is believed. */
  readonly proxies?: readonly string[];
}

export interface Running {
  /** Without a slash at the end. */
  readonly url: string;
  readonly host: string;
  readonly port: number;
  /** Present at the first start without a root key of the operator's own: to be shown once, it is kept nowhere. */
  readonly mintedRootKey?: string;
  /** Takes no new requests, lets those under way end, closes the store. May be called twice. */
  close(): Promise<void>;
}

/** Starts the service. SetupError where it cannot run safely. */
export async function serve(given: ServeOptions): Promise<Running> {
  // An empty variable in the environment is one that is not set.
  const options = { ...given, rootKey: given.rootKey || undefined };
  const { host = '127.0.0.1', port = 0 } = options;
  checkSetup(options, host);
  const { issuers = [] } = options;
  checkIssuers(issuers);
  const store = openStore(options.home);
  try {
    const root = rootKeyOf(options.rootKey, store);
    let url = options.publicUrl?.replace(/\/+$/, '');
    const { now = () => new Date(), log = () => {} } = options;
    const desk = createLeakDesk({
      store,
      now,
      log: (entry) => log(JSON.stringify({ at: now().toISOString(), ...entry })),
      issuers,
      ...(options.fingerprint && { fingerprint: options.fingerprint }),
      ...(options.tell && { tell: options.tell }),
      ...(issuers.some(({ needs }) => needs === 'key')
        ? { seal: createSeal(queueKey(options.home, options.queueKey || undefined)) }
        : {}),
    });
    const app = createKeyService({
      store,
      rootHash: root.hash,
      baseUrl: () => url ?? '',
      now,
      log,
      ...(options.leaks ? { leaks: { from: options.leaks, desk } } : {}),
      ...(options.incidents ? { incidents: options.incidents } : {}),
      ...(options.proxies ? { proxies: options.proxies } : {}),
      ...(options.failuresAMinute === undefined ? {} : { failuresAMinute: options.failuresAMinute }),
    });
    const server = createAdaptorServer({
      fetch: app.fetch,
      createServer,
      serverOptions: { headersTimeout: 10_000, requestTimeout: 30_000, keepAliveTimeout: 5000 },
    }) as Server;
    // What an earlier process acknowledged and did not live to burn dies before anybody is served.
    await desk.drain(EMBEDDED);
    const address = await listen(server, host, port);
    // Other issuers may be far away, or down: nobody waits for them here.
    desk.drain().catch(() => undefined);
    const reached = `http://${isIPv6(host) ? `[${host}]` : host}:${address.port}`;
    url ??= reached;
    // Not before: a start that fails would otherwise leave a root key that nobody was shown.
    if (root.minted !== undefined) store.keepRootHash(root.hash);
    let closing: Promise<void> | undefined;
    return {
      url: reached,
      host,
      port: address.port,
      ...(root.minted === undefined ? {} : { mintedRootKey: root.minted }),
      close: () => {
        closing ??= shut(server)
          .then(() => desk.drain(EMBEDDED))
          .then(() => desk.close())
          .finally(() => store.close());
        return closing;
      },
    };
  } catch (error) {
    store.close();
    throw error;
  }
}

function checkIssuers(issuers: readonly Issuer[]): void {
  const ids = [EMBEDDED, ...issuers.map(({ id }) => id)];
  const twice = ids.find((id, n) => ids.indexOf(id) !== n);
  if (twice !== undefined)
    throw new SetupError(`leak reports: two issuers are called ${twice}`, {
      hint: 'give each a name of its own',
    });
  const bare = issuers.find(({ needs, pattern }) => needs === 'key' && pattern === undefined);
  if (bare === undefined) return;
  throw new SetupError(`leak reports: ${bare.id}: needs the pattern of its keys`, {
    hint: 'a leaked key is shown to nobody but the issuer whose pattern it fits',
  });
}

function checkSetup({ rootKey, publicUrl }: ServeOptions, host: string): void {
  if (rootKey !== undefined && (rootKey.length < SHORTEST_ROOT_KEY || !/^[\x21-\x7e]+$/.test(rootKey))) {
    throw new SetupError(
      `KEYBURN_ROOT_KEY: needs ${SHORTEST_ROOT_KEY} or more printable characters without spaces`,
      {
        hint: 'make one with `openssl rand -hex 32`',
      },
    );
  }
  if (rootKey !== undefined && new Set(rootKey).size < 8) {
    throw new SetupError('KEYBURN_ROOT_KEY: too few different characters to be random', {
      hint: 'make one with `openssl rand -hex 32`',
    });
  }
  if (!isLoopback(host) && rootKey === undefined) {
    throw new SetupError(
      `host ${host}: others could reach the key service there, so it needs a root key of your own`,
      {
        hint: 'set KEYBURN_ROOT_KEY, or leave the host out to stay on this machine',
      },
    );
  }
  if (
    publicUrl !== undefined &&
    !(URL.canParse(publicUrl) && /^https?:$/.test(new URL(publicUrl).protocol))
  ) {
    throw new SetupError('public URL: not an http or https address', {
      hint: 'for example https://keys.example.com',
    });
  }
}

function rootKeyOf(given: string | undefined, store: Store): { hash: Uint8Array; minted?: string } {
  if (given !== undefined) return { hash: hashOf(given) };
  const kept = store.rootHash();
  if (kept) return { hash: kept };
  const minted = mint('root');
  return { hash: hashOf(minted), minted };
}

function listen(server: Server, host: string, port: number): Promise<AddressInfo> {
  return new Promise((resolve, reject) => {
    server.once('error', (error: NodeJS.ErrnoException) => {
      reject(
        new SetupError(`${host}:${port}: the key service cannot listen there (${error.code ?? 'unknown'})`, {
          hint: 'choose another port, or end what holds this one',
          cause: error,
        }),
      );
    });
    server.listen(port, host, () => resolve(server.address() as AddressInfo));
  });
}

function shut(server: Server): Promise<void> {
  return new Promise((resolve) => {
    const late = setTimeout(() => server.closeAllConnections(), GRACE_MS);
    server.close(() => {
      clearTimeout(late);
      resolve();
    });
    server.closeIdleConnections();
  });
}
