// What a full scan leaves for the next one: how far it came, and which objects hold keys or could. Those are read again every
// time, so every key is found anew and asked about anew. The law of this file: no secret is in it, nobody reads or
// writes it who has not the project's fingerprint key, and what does not fit is as good as none.

import { createCipheriv, createDecipheriv, createHash, randomBytes } from 'node:crypto';
import { z } from 'zod';
import type { Detector } from '../detect/index.ts';
import type { FingerprintKey, Origin } from '../model/index.ts';
import type { Memory, Recall } from '../read/index.ts';

const oid = z.string().regex(/^(?:[0-9a-f]{40}|[0-9a-f]{64})$/);
const seenSchema = z.strictObject({
  /** Branches and tags as they were: all that they reach was read. */
  tips: z.array(oid),
  /** Blobs, commits and tags in which something was found. */
  objects: z.array(oid),
});

export type Seen = z.output<typeof seenSchema>;

const CIPHER = 'aes-256-gcm';
const NONCE = 12;
const TAG = 16;

/** A name for all that decides what is found: where it is equal, equal bytes give equal findings. */
export function judgementOf(code: string, rules: string): string {
  return createHash('sha256').update(`${code}\n${rules}`).digest('hex');
}

/** The start of the names that this project's entries have: another key, other rules or another keyburn look for other ones. */
export function prefixOf(key: FingerprintKey, repository: string, judgement: string): string {
  const scope = key.derived(`the name of what was seen\n${repository}\n${judgement}`);
  return `keyburn-seen-${scope.slice(0, 32)}-`;
}

/** The same for the same branches and tags, in any order. */
export function nameOf(prefix: string, tips: Iterable<string>): string {
  const hash = createHash('sha256').update([...new Set(tips)].sort().join('\n'));
  return `${prefix}${hash.digest('hex').slice(0, 32)}`;
}

export function seal(seen: Seen, key: FingerprintKey, prefix: string): Buffer {
  const nonce = randomBytes(NONCE);
  const cipher = createCipheriv(CIPHER, lockOf(key), nonce).setAAD(Buffer.from(prefix));
  const body = Buffer.concat([cipher.update(JSON.stringify(seen), 'utf8'), cipher.final()]);
  return Buffer.concat([nonce, cipher.getAuthTag(), body]);
}

/** @returns undefined for anything but what `seal` made under this key and name */
export function unseal(bytes: Buffer, key: FingerprintKey, prefix: string): Seen | undefined {
  try {
    const decipher = createDecipheriv(CIPHER, lockOf(key), bytes.subarray(0, NONCE), { authTagLength: TAG })
      .setAAD(Buffer.from(prefix))
      .setAuthTag(bytes.subarray(NONCE, NONCE + TAG));
    const text = Buffer.concat([decipher.update(bytes.subarray(NONCE + TAG)), decipher.final()]);
    return seenSchema.parse(JSON.parse(text.toString('utf8')));
  } catch {
    return undefined;
  }
}

function lockOf(key: FingerprintKey): Buffer {
  return Buffer.from(key.derived('the lock of what was seen'), 'hex');
}

/** Takes down in which objects something is found, in this thread, in others, or in bytes that an object shares with one. */
export class Sightseer {
  readonly #objects = new Set<string>();

  get objects(): readonly string[] {
    return [...this.#objects].sort();
  }

  detector(detector: Detector): Detector {
    return {
      look: (chunk) => {
        const looked = detector.look(chunk);
        for (const { origin } of looked.findings) this.#note(origin);
        return looked;
      },
      buffer: (size) => detector.buffer(size),
    };
  }

  /** A memory of nothing, which listens to what the others show. */
  get memory(): Memory {
    const note = (origin: Origin): void => this.#note(origin);
    const recall: Recall = {
      order: [],
      whole: () => undefined,
      knows: () => false,
      push: () => [],
      record: (_unit, sink) => ({
        look: (chunk) => sink.look(chunk),
        inherit(finding, origin, span) {
          note(origin);
          sink.inherit(finding, origin, span);
        },
        skip: (skipped) => sink.skip(skipped),
        advance: (step) => sink.advance(step),
      }),
      unread: () => undefined,
      keep: () => undefined,
    };
    return { shelf: { get: () => undefined, put: () => undefined }, recall: async () => recall };
  }

  #note(origin: Origin): void {
    if ('oid' in origin) this.#objects.add(origin.oid);
  }
}
