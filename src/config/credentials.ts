import { readFileSync } from 'node:fs';
import { FingerprintKey, Secret, SetupError } from '../model/index.ts';

type Environment = Readonly<Record<string, string | undefined>>;

/**
 * Admin credentials by name: `NAME` holds the value, or `NAME_FILE` the path of a file that does. They are Secrets from
 * the first moment, so that no message can hold one.
 */
export function credentials(env: Environment): (name: string) => Secret | undefined {
  const known = new Map<string, Secret | undefined>();
  return (name) => {
    if (!known.has(name)) known.set(name, lookUp(env, name));
    return known.get(name);
  };
}

function lookUp(env: Environment, name: string): Secret | undefined {
  const value = text(env, name);
  return value === undefined ? undefined : new Secret(value);
}

function text(env: Environment, name: string): string | undefined {
  const direct = env[name]?.trim();
  if (direct) return direct;
  const file = env[`${name}_FILE`];
  if (!file) return undefined;
  return readTrimmed(file, `${name}_FILE`);
}

function readTrimmed(file: string, named: string): string {
  try {
    return readFileSync(file, 'utf8').trim();
  } catch (error) {
    throw new SetupError(`${named}: ${file} cannot be read`, { hint: 'check the path and its permissions', cause: error });
  }
}

/** The project's own fingerprint key, from where keyburn.toml says; undefined where it says nothing. */
export function configuredFingerprintKey(
  from: { readonly env: string } | { readonly file: string } | undefined,
  env: Environment,
): FingerprintKey | undefined {
  if (from === undefined) return undefined;
  const [named, hex] =
    'env' in from ? [`environment variable ${from.env}`, env[from.env]?.trim()] : [from.file, readTrimmed(from.file, 'fingerprint.file')];
  if (hex === undefined || !/^(?:[0-9a-fA-F]{2}){16,}$/.test(hex)) {
    throw new SetupError(`keyburn.toml: fingerprint: ${named} holds no key of 32 or more hex digits`, {
      hint: 'make one with `openssl rand -hex 32`',
    });
  }
  return new FingerprintKey(Buffer.from(hex, 'hex'));
}
