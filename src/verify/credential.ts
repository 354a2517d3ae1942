// Admin credentials: from the environment, or from a file that the environment names. They become a Secret at
// once, and only the service that asks by name gets one.

import { readFileSync } from 'node:fs';
import { Secret, SetupError } from '../model/index.ts';

/** `NAME`, else the contents of the file that `NAME_FILE` names (without the line end); undefined where both are absent or empty. */
export function credentials(
  env: Readonly<Record<string, string | undefined>>,
): (name: string) => Secret | undefined {
  const known = new Map<string, Secret | undefined>();
  function read(name: string): Secret | undefined {
    const value = env[name]?.trim();
    if (value) return new Secret(value);
    const file = env[`${name}_FILE`];
    if (!file) return undefined;
    try {
      const text = readFileSync(file, 'utf8').trim();
      return text === '' ? undefined : new Secret(text);
    } catch (cause) {
      const code = cause instanceof Error && 'code' in cause ? String(cause.code) : 'failed';
      throw new SetupError(`${name}_FILE: cannot read the file it names (${code})`, {
        hint: 'check its path and its rights',
        cause,
      });
    }
  }
  return (name) => {
    if (!known.has(name)) known.set(name, read(name));
    return known.get(name);
  };
}
