// `emulate` stands in for vendors' APIs and was written by others: what its replies say must be what the services read. It lets every
// key in, but Twilio's: which is what the control question is for.

import { randomBytes } from 'node:crypto';
import { createEmulator, type Emulator, type ServiceName } from 'emulate';
import { describe, expect, it } from 'vitest';
import { github } from '../../src/services/github.ts';
import type { Service } from '../../src/services/index.ts';
import { linear } from '../../src/services/linear.ts';
import { resend } from '../../src/services/resend.ts';
import { slack } from '../../src/services/slack.ts';
import { twilio } from '../../src/services/twilio.ts';
import { BRISK, keyOf, realityOf, witness } from './real.ts';
import { fill } from './recorded.ts';

type Make = (place: { readonly api: string; readonly internal: true }) => Service;

async function stage(service: ServiceName, seed?: Record<string, unknown>) {
  const emulator: Emulator = await createEmulator({ service, port: 0, ...(seed && { seed }) });
  // It listens on IPv4 and advertises a name.
  const api = emulator.url.replace('localhost', '127.0.0.1');
  return { api, [Symbol.asyncDispose]: () => emulator.close() };
}

const LETS_ALL_IN: [ServiceName, Make, string, { state: string; why: string }, unknown][] = [
  [
    'slack',
    slack,
    'xoxp-{{digits:12}}-{{digits:12}}-{{hex:32}}',
    { state: 'live', why: 'POST /api/auth.test: 200 with a team or an app' },
    { account: 'admin at Emulate' },
  ],
  [
    'github',
    github,
    'ghp_{{alnum:36}}',
    { state: 'live', why: 'GET /user: 200 with a login' },
    { account: 'admin' },
  ],
  [
    'linear',
    linear,
    'lin_api_{{alnum:40}}',
    { state: 'live', why: 'POST /graphql: 200 with a viewer' },
    { account: expect.any(String) as string },
  ],
];

describe('an independent stand-in of the vendor', () => {
  it.each(LETS_ALL_IN)(
    '%s: its reply is read as live, and the control question tells that it lets all in',
    async (name, make, template, live, owner) => {
      using wire = witness();
      await using server = await stage(name);
      const service = make({ api: server.api, internal: true });
      const key = fill(template);
      const { verify, verifier } = await realityOf(service);
      expect(await verify(key)).toMatchObject(live);
      expect(await service.owner?.(keyOf(key), verifier.tools(service.id))).toMatchObject(owner as object);
      const careful = await realityOf({ ...service, control: true });
      expect(await careful.verify(key)).toMatchObject({ state: 'unknown', why: 'not-discriminating' });
      expect([...wire.seen]).toEqual([new URL(server.api).host]);
    },
  );

  it('twilio: the account’s own token lives, another one is rejected', async () => {
    const sid = `AC${randomBytes(16).toString('hex')}`;
    const token = randomBytes(16).toString('hex');
    await using server = await stage('twilio', { twilio: { account: { sid, auth_token: token } } });
    const service = twilio({ api: server.api, keys: server.api, verify: server.api, internal: true });
    const { verifier } = await realityOf(service);
    const ask = (secret: string) => verifier.again('twilio', keyOf(secret, { accountSid: sid }));
    expect(await ask(token)).toMatchObject({ state: 'live' });
    expect(await ask(randomBytes(16).toString('hex'))).toMatchObject({ state: 'rejected' });
  });

  it('resend: the account’s only key ends itself; without a proof of death that is accepted, not revoked', async () => {
    await using server = await stage('resend');
    const made = await fetch(`${server.api}/api-keys`, {
      method: 'POST',
      headers: {
        authorization: `Bearer re_${randomBytes(8).toString('hex')}`,
        'content-type': 'application/json',
      },
      body: JSON.stringify({ name: 'ci' }),
    });
    const { token } = (await made.json()) as { token: string };
    const service = { ...resend({ api: server.api, internal: true }), rate: BRISK, settlesInMs: 0 };
    const { verify, burn, story } = await realityOf(service);
    expect(await verify(token)).toMatchObject({ state: 'live' });
    // The stand-in forgets the key and still answers to it: 200 with an empty list affirms nothing.
    expect(await burn(token)).toMatchObject({ outcome: 'accepted', proof: { state: 'unknown' } });
    expect(story).toEqual(['intend revoke', 'settle accepted']);
  });
});
