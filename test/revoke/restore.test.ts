// Whoever wants a key back must not be led to end it: an issuer's steps by hand are those that revoke.
import { expect, it } from 'vitest';
import { Secret, type Verdict } from '../../src/model/index.ts';
import { restore } from '../../src/revoke/restore.ts';
import type { Service, Tools } from '../../src/services/index.ts';

const key = { secret: new Secret('acme_0123456789abcdefghij'), parts: {} };
const again = async (): Promise<Verdict> => ({ state: 'unknown', why: 'timeout' });
const ENDING = 'Open Settings, and delete the key.';
const service = {
  name: 'Acme',
  docs: 'https://docs.acme.example/keys',
  byHand: () => [ENDING],
} as unknown as Service;
const tools = {} as Tools;

it('where the issuer cannot restore by program', async () => {
  const done = await restore(key, { service, tools, again });
  expect(done).toMatchObject({
    outcome: 'manual',
    steps: ['Switch it on again at Acme, where keys are managed: https://docs.acme.example/keys'],
  });
});

it('where a credential is missing: how to set it, and nothing that ends the key', async () => {
  const manual = async () => ({
    outcome: 'manual' as const,
    note: 'restore needs ACME_ADMIN_KEY',
    steps: ['Set ACME_ADMIN_KEY: an admin key', ENDING],
  });
  const done = await restore(key, { service: { ...service, restore: manual } as Service, tools, again });
  expect(done).toMatchObject({
    outcome: 'manual',
    steps: ['Set ACME_ADMIN_KEY: an admin key', expect.stringMatching(/^Switch it on again at Acme/)],
  });
});
