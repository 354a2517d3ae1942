// The runner's own cache, as actions/cache uses it: three calls, and a blob behind a signed address. The law of this file:
// the cache saves time and nothing else, so whatever goes wrong comes as a value, and the token goes to the service alone.
// The protocol is that of @actions/cache 6.3.0 (cache service v2, github.actions.results.api.v1, read on 2026-11-21).

import { createHash } from 'node:crypto';
import { z } from 'zod';

export type Kept<T> = { readonly ok: true; readonly value: T } | { readonly ok: false; readonly why: string };

export interface Entry {
  /** The whole key that it was saved under. */
  readonly key: string;
  readonly bytes: Buffer;
}

export interface CacheService {
  /** The entry of this key, else the latest whose key begins with the prefix; undefined where there is none. */
  restore(key: string, prefix: string): Promise<Kept<Entry | undefined>>;
  /** Entries never change: false where one of this key is there already. */
  save(key: string, bytes: Buffer): Promise<Kept<boolean>>;
}

type Environment = Readonly<Record<string, string | undefined>>;

const SERVICE = 'twirp/github.actions.results.api.v1.CacheService';
/** Entries of another version are never given: it stands for the form of what is kept. */
const VERSION = createHash('sha256').update('keyburn seen 1').digest('hex');
const TIMEOUT_MS = 15_000;
const MOST_BYTES = 32 * 1024 * 1024;

// Protocol Buffers' JSON: either spelling of a name may come, and what has its default value may be left out.
const foundSchema = z.object({
  ok: z.boolean().default(false),
  signed_download_url: z.string().optional(),
  signedDownloadUrl: z.string().optional(),
  matched_key: z.string().optional(),
  matchedKey: z.string().optional(),
});
const createdSchema = z.object({
  ok: z.boolean().default(false),
  signed_upload_url: z.string().optional(),
  signedUploadUrl: z.string().optional(),
});
const finishedSchema = z.object({ ok: z.boolean().default(false) });

/** What went wrong, in words that hold neither an address nor a token. */
class Refused extends Error {
  override readonly name = 'Refused';
}

/** @returns undefined where the runner offers no cache of this kind (GitHub Enterprise Server, act, a policy against it) */
export function cacheServiceOf(env: Environment, signal: AbortSignal): CacheService | undefined {
  const { ACTIONS_RESULTS_URL: base = '', ACTIONS_RUNTIME_TOKEN: token = '' } = env;
  if (!env.ACTIONS_CACHE_SERVICE_V2 || token === '' || !URL.canParse(base)) return undefined;
  const mode = (env.ACTIONS_CACHE_MODE ?? '').trim().toLowerCase();
  const may = (...modes: readonly string[]) =>
    !['none', 'read', 'write', 'write-only'].includes(mode) || modes.includes(mode);
  const { protocol } = new URL(base);

  async function call<S extends z.ZodType>(
    method: string,
    body: object,
    schema: S,
  ): Promise<z.output<S> | 'taken'> {
    const response = await fetch(new URL(`${SERVICE}/${method}`, base.endsWith('/') ? base : `${base}/`), {
      method: 'POST',
      headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
      body: JSON.stringify(body),
      redirect: 'error',
      signal: limited(),
    });
    // https://twitchtv.github.io/twirp/docs/spec_v7.html#error-codes: already_exists
    if (response.status === 409) return 'taken';
    if (!response.ok) throw new Refused(`${method}: HTTP ${response.status}`);
    const parsed = schema.safeParse(await response.json());
    if (!parsed.success) throw new Refused(`${method}: an answer in another form`);
    return parsed.data;
  }

  function limited(): AbortSignal {
    return AbortSignal.any([signal, AbortSignal.timeout(TIMEOUT_MS)]);
  }

  /** Where the service sends us, without the token: the address is its own permission. */
  function blobAt(address: string): string {
    if (!URL.canParse(address) || (protocol === 'https:' && new URL(address).protocol !== 'https:'))
      throw new Refused('an address that is not https');
    return address;
  }

  return {
    restore: (key, prefix) =>
      kept(signal, async () => {
        if (!may('read', 'write')) return undefined;
        const asked = { key, restore_keys: [prefix], version: VERSION };
        const found = await call('GetCacheEntryDownloadURL', asked, foundSchema);
        if (found === 'taken' || !found.ok) return undefined;
        const address = blobAt(found.signed_download_url ?? found.signedDownloadUrl ?? '');
        const response = await fetch(address, { redirect: 'error', signal: limited() });
        if (!response.ok || response.body === null)
          throw new Refused(`the download: HTTP ${response.status}`);
        const pieces: Uint8Array[] = [];
        let size = 0;
        for await (const piece of response.body) {
          size += piece.length;
          if (size > MOST_BYTES) throw new Refused('the entry is larger than any of ours');
          pieces.push(piece);
        }
        return { key: found.matched_key ?? found.matchedKey ?? '', bytes: Buffer.concat(pieces) };
      }),
    save: (key, bytes) =>
      kept(signal, async () => {
        if (!may('write', 'write-only') || bytes.length > MOST_BYTES) return false;
        const made = await call('CreateCacheEntry', { key, version: VERSION }, createdSchema);
        if (made === 'taken' || !made.ok) return false;
        const address = blobAt(made.signed_upload_url ?? made.signedUploadUrl ?? '');
        // https://learn.microsoft.com/rest/api/storageservices/put-blob
        const headers = { 'x-ms-blob-type': 'BlockBlob', 'content-type': 'application/octet-stream' };
        const body = new Uint8Array(bytes);
        const response = await fetch(address, {
          method: 'PUT',
          headers,
          body,
          redirect: 'error',
          signal: limited(),
        });
        await response.body?.cancel();
        if (!response.ok) throw new Refused(`the upload: HTTP ${response.status}`);
        const finish = { key, size_bytes: String(bytes.length), version: VERSION };
        const finished = await call('FinalizeCacheEntryUpload', finish, finishedSchema);
        return finished !== 'taken' && finished.ok;
      }),
  };
}

async function kept<T>(signal: AbortSignal, work: () => Promise<T>): Promise<Kept<T>> {
  try {
    return { ok: true, value: await work() };
  } catch (error) {
    signal.throwIfAborted();
    return { ok: false, why: error instanceof Refused ? error.message : 'it cannot be reached' };
  }
}
