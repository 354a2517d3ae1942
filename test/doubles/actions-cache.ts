// Stands in for the runner's cache service: the three calls of @actions/cache 6.3.0, and blobs behind addresses that are their
// own permission, as Azure's are. That library itself saves to and restores from it (tried by hand on 2026-11-21).
import { randomBytes } from 'node:crypto';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { bodyOf } from './github/git.ts';

interface Stored {
  readonly key: string;
  readonly version: string;
  /** Undefined until the upload is finished. */
  bytes: Buffer | undefined;
}

export interface ActionsCache {
  /** What the runner sets for the steps of a job. */
  readonly env: Readonly<Record<string, string>>;
  readonly entries: Stored[];
  /** Names of calls, and `PUT`, `GET` for blobs. */
  readonly calls: string[];
  /** Takes a call out of the double's hands: an HTTP status. */
  refuse: ((call: string) => number | undefined) | undefined;
  close(): Promise<void>;
}

const PATH = '/twirp/github.actions.results.api.v1.CacheService/';

export async function startActionsCache(): Promise<ActionsCache> {
  const token = randomBytes(16).toString('hex');
  const blobs = new Map<string, Buffer>();
  const uploads = new Map<string, string>();
  const server = createServer((request, response) => {
    answer(request, response).catch(() => response.destroy());
  });
  await new Promise<void>((ready) => server.listen(0, '127.0.0.1', ready));
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const cache: ActionsCache = {
    env: { ACTIONS_RESULTS_URL: `${url}/`, ACTIONS_RUNTIME_TOKEN: token, ACTIONS_CACHE_SERVICE_V2: 'True' },
    entries: [],
    calls: [],
    refuse: undefined,
    close: () =>
      new Promise((done) => {
        server.closeAllConnections();
        server.close(() => done());
      }),
  };
  const signed = (): string =>
    `/blobs/${randomBytes(8).toString('hex')}?sig=${randomBytes(8).toString('hex')}`;

  async function answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const body = await bodyOf(request);
    const path = request.url ?? '';
    const call = path.startsWith(PATH) ? path.slice(PATH.length) : (request.method ?? '');
    cache.calls.push(call);
    const refused = cache.refuse?.(call);
    if (refused !== undefined) {
      response.writeHead(refused).end('{"code":"unavailable","msg":"no"}');
      return;
    }
    if (path.startsWith(PATH)) {
      const known = request.headers.authorization === `Bearer ${token}`;
      const { status = 200, ...said } = known ? rpc(call, JSON.parse(body.toString('utf8'))) : UNKNOWN;
      response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(said));
      return;
    }
    // The address is the permission; a token that comes along has been sent to the wrong place.
    if (request.headers.authorization !== undefined) response.writeHead(403).end();
    else if (request.method === 'PUT' && request.headers['x-ms-blob-type'] === 'BlockBlob') {
      blobs.set(path, body);
      response.writeHead(201).end();
    } else if (blobs.has(path)) response.writeHead(200).end(blobs.get(path));
    else response.writeHead(404).end();
  }

  function rpc(
    call: string,
    { key, version, ...rest }: { key: string; version: string; restore_keys?: string[]; size_bytes?: string },
  ): { status?: number } & Record<string, unknown> {
    if (!/^[0-9a-f]{64}$/.test(version) || key.includes(','))
      return { status: 400, code: 'malformed', msg: 'no' };
    const mine = cache.entries.filter((entry) => entry.version === version);
    switch (call) {
      case 'CreateCacheEntry': {
        if (mine.some((entry) => entry.key === key))
          return { status: 409, code: 'already_exists', msg: 'taken' };
        cache.entries.push({ key, version, bytes: undefined });
        const address = signed();
        uploads.set(key, address);
        return { ok: true, signed_upload_url: `${url}${address}` };
      }
      case 'FinalizeCacheEntryUpload': {
        const entry = mine.find((one) => one.key === key);
        const bytes = blobs.get(uploads.get(key) ?? '');
        if (!entry || !bytes || String(bytes.length) !== rest.size_bytes) return { ok: false };
        entry.bytes = bytes;
        return { ok: true, entry_id: String(cache.entries.length) };
      }
      case 'GetCacheEntryDownloadURL': {
        const done = mine.filter((entry) => entry.bytes !== undefined);
        const latest = (prefix: string) => done.findLast((entry) => entry.key.startsWith(prefix));
        const found =
          done.find((entry) => entry.key === key) ?? (rest.restore_keys ?? []).map(latest).find(Boolean);
        if (!found?.bytes) return { ok: false };
        const address = signed();
        blobs.set(address, found.bytes);
        return { ok: true, signed_download_url: `${url}${address}`, matched_key: found.key };
      }
      default:
        return { status: 404, code: 'bad_route', msg: 'no' };
    }
  }

  return cache;
}

const UNKNOWN = { status: 401, code: 'unauthenticated', msg: 'no' };
