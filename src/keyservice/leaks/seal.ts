// Keys that must be shown to their issuer wait sealed: AES-256-GCM under a key that is not in the database, so a copy of the
// database alone opens nothing. A row's seal is gone as soon as its key is dead.

import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto';
import { chmodSync, linkSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { SetupError } from '../../model/index.ts';

const KEY_BYTES = 32;
const NONCE_BYTES = 12;
const TAG_BYTES = 16;

export interface Seal {
  /** @param about what the sealed text belongs to: it opens beside nothing else */
  close(text: string, about: Uint8Array): Uint8Array;
  /** Undefined where it was sealed under another key, or changed. */
  open(sealed: Uint8Array, about: Uint8Array): string | undefined;
}

export function createSeal(key: Uint8Array): Seal {
  return {
    close(text, about) {
      const nonce = randomBytes(NONCE_BYTES);
      const cipher = createCipheriv('aes-256-gcm', key, nonce).setAAD(about);
      return Buffer.concat([nonce, cipher.update(text, 'utf8'), cipher.final(), cipher.getAuthTag()]);
    },
    open(sealed, about) {
      try {
        const bytes = Buffer.from(sealed);
        const decipher = createDecipheriv('aes-256-gcm', key, bytes.subarray(0, NONCE_BYTES));
        decipher.setAAD(about).setAuthTag(bytes.subarray(-TAG_BYTES));
        const text = Buffer.concat([
          decipher.update(bytes.subarray(NONCE_BYTES, -TAG_BYTES)),
          decipher.final(),
        ]);
        return text.toString('utf8');
      } catch {
        return undefined;
      }
    },
  };
}

/** @param given 64 hex digits, from KEYBURN_QUEUE_KEY; else a random key is made once and kept beside the store, for its owner only */
export function queueKey(home: string, given: string | undefined): Uint8Array {
  if (given !== undefined) {
    if (!/^[0-9a-fA-F]{64}$/.test(given)) {
      throw new SetupError('KEYBURN_QUEUE_KEY: needs 64 hex digits', {
        hint: 'make one with `openssl rand -hex 32`',
      });
    }
    return Buffer.from(given, 'hex');
  }
  if (home === ':memory:') return randomBytes(KEY_BYTES);
  const file = join(home, 'queue.key');
  const kept = read(file);
  if (kept) return kept;
  mkdirSync(home, { recursive: true, mode: 0o700 });
  // Whole or not at all: of two services that start at once, one links its file and the other reads it.
  const own = `${file}.${process.pid}.${randomBytes(4).toString('hex')}`;
  writeFileSync(own, randomBytes(KEY_BYTES), { mode: 0o600, flag: 'wx' });
  try {
    linkSync(own, file);
    chmodSync(file, 0o600);
  } catch (error) {
    if (!(error instanceof Error && 'code' in error && error.code === 'EEXIST')) throw error;
  } finally {
    rmSync(own, { force: true });
  }
  const made = read(file);
  if (made) return made;
  throw new SetupError(`${file}: is not a key of ${KEY_BYTES} bytes`, {
    hint: 'remove it (leaked keys that wait under it cannot be opened then), or set KEYBURN_QUEUE_KEY',
  });
}

function read(file: string): Uint8Array | undefined {
  try {
    const bytes = readFileSync(file);
    return bytes.length === KEY_BYTES ? bytes : undefined;
  } catch {
    return undefined;
  }
}
