// The OAuth profile: introspection (RFC 7662) and revocation (RFC 7009) as a leak receiver needs them.

import { randomBytes } from 'node:crypto';
import { z } from 'zod';
import { type Caller, expectReply, expectStatus, Fault } from './caller.ts';
import type { Check } from './run.ts';

export interface OAuthKeys {
  readonly clientId: string;
  readonly clientSecret: string;
  /** Live; it is burned. */
  readonly token: string;
  /** Live; it must come out alive. */
  readonly other: string;
}

const metadata = z.object({ introspection_endpoint: z.url(), revocation_endpoint: z.url() });
const introspected = z.looseObject({ active: z.boolean() });

/** Where the metadata stands: RFC 8414 puts the well-known part before the path, OpenID Connect behind it. */
function documents(base: string): readonly string[] {
  const url = new URL(base);
  const path = url.pathname.replace(/\/+$/, '');
  return [
    `${url.origin}/.well-known/oauth-authorization-server${path}`,
    `${url.origin}${path}/.well-known/openid-configuration`,
  ];
}

export function oauthChecks(caller: Caller, base: string, keys: OAuthKeys): readonly Check[] {
  const { call } = caller;
  const { clientId, clientSecret, token, other } = keys;
  let ends = { introspection_endpoint: '', revocation_endpoint: '' };
  // RFC 6749 2.3.1: both halves are form-encoded before they are joined.
  const basic = (secret: string) =>
    `Basic ${Buffer.from(`${encodeURIComponent(clientId)}:${encodeURIComponent(secret)}`).toString('base64')}`;
  const own = { authorization: basic(clientSecret) };
  const post = (end: string, text: string, headers: Readonly<Record<string, string>> = own) =>
    call('POST', end, { headers, form: { token: text } });
  const active = async (text: string) =>
    expectReply(await post(ends.introspection_endpoint, text), 200, introspected);

  return [
    {
      id: 'metadata',
      title: 'the metadata names both endpoints (RFC 8414)',
      mend: 'Publish /.well-known/oauth-authorization-server with introspection_endpoint and revocation_endpoint, at the host that was asked.',
      async run() {
        const [first = '', second = ''] = documents(base);
        let said = await call('GET', first);
        if (said.status === 404) said = await call('GET', second);
        ends = expectReply(said, 200, metadata);
        const strange = Object.entries(ends).find(([, end]) => new URL(end).origin !== caller.origin);
        if (strange)
          throw new Fault(
            `${strange[0]} stands at another host, ${new URL(strange[1]).host}: tokens are shown to the host that you named alone`,
          );
      },
    },
    {
      id: 'introspect-guard',
      title: 'introspection answers its clients alone',
      mend: 'Authenticate the caller of the introspection endpoint (RFC 7662, 2.1): 401 invalid_client.',
      needs: ['metadata'],
      async run() {
        for (const headers of [{}, { authorization: basic(randomBytes(16).toString('hex')) }])
          expectStatus(await post(ends.introspection_endpoint, token, headers), [400, 401]);
      },
    },
    {
      id: 'introspect',
      title: 'a live token is active, nonsense is not',
      mend: 'Answer 200 with {"active": true, …} for a live token and {"active": false} for anything else (RFC 7662, 2.2).',
      needs: ['metadata'],
      async run() {
        for (const live of [token, other])
          if (!(await active(live)).active) throw new Fault('a live token is not active');
        const nonsense = await active(randomBytes(32).toString('base64url'));
        if (nonsense.active) throw new Fault('a token that was never issued is active');
      },
    },
    {
      id: 'revoke-guard',
      title: 'revocation serves its clients alone',
      mend: 'Authenticate the caller of the revocation endpoint (RFC 7009, 2.1), and leave the token alone where that fails.',
      needs: ['introspect'],
      async run() {
        const wrong = { authorization: basic(randomBytes(16).toString('hex')) };
        expectStatus(await post(ends.revocation_endpoint, token, wrong), [400, 401]);
        if (!(await active(token)).active)
          throw new Fault('a caller with a wrong secret has revoked a token');
      },
    },
    {
      id: 'revoke-unknown',
      title: 'revoking a token that is not there is no error',
      mend: 'Answer 200 for an invalid token (RFC 7009, 2.2): the caller wants it dead, and it is.',
      needs: ['metadata'],
      async run() {
        expectStatus(await post(ends.revocation_endpoint, randomBytes(32).toString('base64url')), 200);
      },
    },
    {
      id: 'revoke',
      title: 'a revoked token is dead, and no other',
      mend: 'Revocation must take effect before it answers 200, for the very token that was named.',
      needs: ['introspect'],
      async run() {
        expectStatus(await post(ends.revocation_endpoint, token), 200);
        const { active: still, ...more } = await active(token);
        if (still) throw new Fault('revocation answers 200, yet the token is still active');
        if (Object.keys(more).length > 0)
          throw new Fault(`of a dead token introspection still tells ${Object.keys(more).join(', ')}`);
        if (!(await active(other)).active)
          throw new Fault('the other token died with the one that was named');
      },
    },
    {
      id: 'revoke-again',
      title: 'revoking may be repeated',
      mend: 'Answer 200 for a token that is revoked already.',
      needs: ['revoke'],
      async run() {
        expectStatus(await post(ends.revocation_endpoint, token), 200);
      },
    },
  ];
}
