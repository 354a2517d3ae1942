// The embedded key service as the issuer: real keys that really die.
import { randomBytes } from 'node:crypto';
import { mkdtempSync, realpathSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { onTestFinished } from 'vitest';
import { serve } from '../../src/keyservice/index.ts';

export interface Issuer {
  /** What a workflow would set: the service's address and its root key. */
  readonly env: Readonly<Record<string, string>>;
  mint(): Promise<string>;
  lives(key: string): Promise<boolean>;
}

export async function startIssuer(): Promise<Issuer> {
  const home = mkdtempSync(join(realpathSync(tmpdir()), 'keyburn-issuer-'));
  const rootKey = randomBytes(24).toString('base64url');
  const service = await serve({ home, port: 0, host: '127.0.0.1', rootKey });
  onTestFinished(async () => {
    await service.close();
    rmSync(home, { recursive: true, force: true });
  });
  const ask = (path: string, key: string, body?: unknown) =>
    fetch(`${service.url}${path}`, {
      method: body === undefined ? 'GET' : 'POST',
      headers: { authorization: `Bearer ${key}`, 'content-type': 'application/json' },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
  return {
    env: { KEYBURN_SERVICE_URL: service.url, KEYBURN_ROOT_KEY: rootKey },
    async mint() {
      const body = { name: 'shop', owner: 'ada@example.com', environment: 'live' };
      const made = (await (await ask('/v1/keys', rootKey, body)).json()) as { key: string };
      return made.key;
    },
    async lives(key) {
      return (await ask('/v1/whoami', key)).status === 200;
    },
  };
}
