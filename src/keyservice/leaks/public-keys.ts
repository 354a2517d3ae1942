// The public keys of those who may report, from the address that the operator names. They are kept for an hour, asked for
// once however many reports wait, and the last good set stays in use while the address does not answer: an outage there must not
// become one here. A key id that nobody knows makes us look once a minute at most, however many forged reports bring one.

import type { KeyObject } from 'node:crypto';
import { z } from 'zod';
import { SetupError } from '../../model/index.ts';
import { isLoopback } from '../loopback.ts';
import { readPublicKey } from './signature.ts';

const FRESH_MS = 3_600_000;
const LOOK_AGAIN_MS = 60_000;
const ANSWER_MS = 5000;
const MOST_BYTES = 256 * 1024;

const documentSchema = z.object({
  public_keys: z.array(z.object({ key_identifier: z.string().max(200), key: z.string().max(5000) })).max(200),
});

export interface PublicKeysOptions {
  readonly url: string;
  /** Allows http to a host other than this machine. */
  readonly internal?: boolean;
  /** Sent as a bearer to that address alone: GitHub allows more questions an hour to those who sign in, whatever the rights. */
  readonly token?: string;
  readonly now: () => Date;
  readonly fetch?: typeof fetch;
}

/** The key; `unknown`: the sender's own list does not have it; `unavailable`: no list was ever had, so nobody knows. */
export type Found = KeyObject | 'unknown' | 'unavailable';

interface PublicKeys {
  find(id: string): Promise<Found>;
}

export function createPublicKeys({
  url,
  internal = false,
  token,
  now,
  fetch: ask = fetch,
}: PublicKeysOptions): PublicKeys {
  checkAddress(url, internal);
  let keys: ReadonlyMap<string, KeyObject> | undefined;
  let etag: string | undefined;
  let fetchedAt = Number.NEGATIVE_INFINITY;
  let askedAt = Number.NEGATIVE_INFINITY;
  let underWay: Promise<void> | undefined;

  async function load(): Promise<void> {
    askedAt = now().getTime();
    try {
      const response = await ask(url, {
        headers: {
          accept: 'application/json',
          'user-agent': 'keyburn',
          ...(token === undefined ? {} : { authorization: `Bearer ${token}` }),
          ...(etag === undefined ? {} : { 'if-none-match': etag }),
        },
        redirect: 'error',
        signal: AbortSignal.timeout(ANSWER_MS),
      });
      if (response.status === 304 && keys) {
        await response.body?.cancel();
        fetchedAt = askedAt;
        return;
      }
      const text = response.status === 200 ? await bounded(response) : undefined;
      if (text === undefined) {
        await response.body?.cancel();
        return;
      }
      const entries = documentSchema
        .parse(JSON.parse(text))
        .public_keys.flatMap(({ key_identifier, key }) => {
          const read = readPublicKey(key);
          return read ? [[key_identifier, read] as const] : [];
        });
      // A list without a single usable key is a fault over there, not a rotation.
      if (entries.length === 0) return;
      keys = new Map(entries);
      etag = response.headers.get('etag') ?? undefined;
      fetchedAt = askedAt;
    } catch {
      // Whatever it was, the last good set stays.
    }
  }

  async function refresh(): Promise<void> {
    underWay ??= load().finally(() => {
      underWay = undefined;
    });
    await underWay;
  }

  return {
    async find(id) {
      const due = () => now().getTime() - askedAt >= LOOK_AGAIN_MS;
      const stale = now().getTime() - fetchedAt >= FRESH_MS;
      const before = fetchedAt;
      if (underWay || (stale && due())) await refresh();
      if (!keys?.has(id) && fetchedAt === before && due()) await refresh();
      if (!keys) return 'unavailable';
      return keys.get(id) ?? 'unknown';
    },
  };
}

async function bounded(response: Response): Promise<string | undefined> {
  if (!response.body) return undefined;
  const pieces: Uint8Array[] = [];
  let size = 0;
  for await (const piece of response.body) {
    size += piece.length;
    if (size > MOST_BYTES) return undefined;
    pieces.push(piece);
  }
  return Buffer.concat(pieces).toString('utf8');
}

function checkAddress(text: string, internal: boolean): void {
  const url = URL.parse(text);
  const host = url?.hostname.replace(/^\[|\]$/g, '') ?? '';
  const safe = url?.protocol === 'https:' || (url?.protocol === 'http:' && (internal || isLoopback(host)));
  if (safe) return;
  throw new SetupError('leak reports: the address of the public keys is not an https address', {
    hint: 'GitHub publishes its keys at https://api.github.com/meta/public_keys/secret_scanning',
  });
}
