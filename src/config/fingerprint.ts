import { readFileSync } from 'node:fs';
import { FingerprintKey, SetupError } from '../model/index.ts';

function readTrimmed(file: string): string {
  try {
    return readFileSync(file, 'utf8').trim();
  } catch (cause) {
    throw new SetupError(`keyburn.toml: fingerprint.file: ${file} cannot be read`, {
      hint: 'check the path and its permissions',
      cause,
    });
  }
}

/** The project's own fingerprint key, from where keyburn.toml says; undefined where it says nothing. */
export function configuredFingerprintKey(
  from: { readonly env: string } | { readonly file: string } | undefined,
  env: Readonly<Record<string, string | undefined>>,
): FingerprintKey | undefined {
  if (from === undefined) return undefined;
  const [named, hex] =
    'env' in from
      ? [`environment variable ${from.env}`, env[from.env]?.trim()]
      : [from.file, readTrimmed(from.file)];
  if (hex === undefined || !/^(?:[0-9a-fA-F]{2}){16,}$/.test(hex)) {
    throw new SetupError(`keyburn.toml: fingerprint: ${named} holds no key of 32 or more hex digits`, {
      hint: 'make one with `openssl rand -hex 32`',
    });
  }
  return new FingerprintKey(Buffer.from(hex, 'hex'));
}
