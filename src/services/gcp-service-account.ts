// Google Cloud service account keys. Pages: developers.google.com/identity/protocols/oauth2/service-account (JWT bearer grant),
// cloud.google.com/iam/docs/reference/rest/v1/projects.serviceAccounts.keys (disable, enable, delete). The question is a token with the
// smallest scope, which is thrown away. The key's id and its account stand beside it in the same file, so nothing has to be guessed.

import { createPrivateKey, sign } from 'node:crypto';
import { z } from 'zod';
import type { Secret } from '../model/index.ts';
import { reveal } from '../model/reveal.ts';
import { bearer, type Place } from './answer.ts';
import { byAdmin } from './by-admin.ts';
import type { IssuerRequest, Key, Service, Tools } from './service.ts';
import { call, type Outcome, simple } from './simple.ts';

const ADMIN = 'GOOGLE_ADMIN_ACCESS_TOKEN';
const SCOPE = 'https://www.googleapis.com/auth/userinfo.email';

const failed = (error: string, words: RegExp) =>
  z.object({ error: z.literal(error), error_description: z.string().regex(words) });
const none = z.object({ error: z.object({ status: z.literal('NOT_FOUND') }) });

function json(value: unknown): string {
  return Buffer.from(JSON.stringify(value), 'utf8').toString('base64url');
}

/** RFC 7523: undefined where the PEM is none. */
function assertion(secret: Secret, email: string, keyId: string | undefined, audience: string, now: Date) {
  try {
    const key = createPrivateKey(reveal(secret).replace(/\\{1,2}n/g, '\n'));
    const at = Math.floor(now.getTime() / 1_000);
    const head = json({ alg: 'RS256', typ: 'JWT', ...(keyId && { kid: keyId }) });
    const text = `${head}.${json({ iss: email, scope: SCOPE, aud: audience, iat: at, exp: at + 600 })}`;
    return `${text}.${sign('sha256', Buffer.from(text), key).toString('base64url')}`;
  } catch {
    return undefined;
  }
}

export function gcpServiceAccount(place: Place = {}): Service {
  const { api, internal = false } = place;
  const oauth = api ?? 'https://oauth2.googleapis.com';
  const iam = api ?? 'https://iam.googleapis.com';

  function ask({ secret, parts }: Key, tools: Tools): IssuerRequest | string {
    const email = parts.clientEmail && reveal(parts.clientEmail);
    if (!email) return 'no client_email was found beside the key';
    const keyId = parts.keyId && reveal(parts.keyId);
    const signed = assertion(secret, email, keyId, 'https://oauth2.googleapis.com/token', tools.now());
    if (signed === undefined) return 'the private key cannot be read';
    const form = { grant_type: 'urn:ietf:params:oauth:grant-type:jwt-bearer', assertion: signed };
    return call('POST', `${oauth}/token`, {}, { form });
  }

  /** The resource that the file itself names. */
  function resource({ parts }: Key): string | undefined {
    const email = parts.clientEmail && reveal(parts.clientEmail);
    const keyId = parts.keyId && reveal(parts.keyId);
    if (!email || !/^[\w.-]+@[\w.-]+\.gserviceaccount\.com$/.test(email)) return undefined;
    if (!keyId || !/^[0-9a-f]{40}$/.test(keyId)) return undefined;
    return `${iam}/v1/projects/-/serviceAccounts/${encodeURIComponent(email)}/keys/${keyId}`;
  }

  const answers = (says: string): readonly Outcome[] => [
    { status: 200, where: z.object({}), is: 'accepted', says },
    { status: 404, where: none, is: 'already-dead', says: 'NOT_FOUND' },
  ];
  const act = (verb: 'disable' | 'enable') => ({
    ask: ({ url }: { url: string }, admin: Secret) =>
      call('POST', `${url}:${verb}`, bearer(admin), { json: {}, what: `POST keys/{id}:${verb}` }),
    answers: answers(`${verb}d`),
  });

  const byHand = () => [
    'Switch the key off, which can be undone: gcloud iam service-accounts keys disable KEY_ID --iam-account=EMAIL (both stand in the file).',
    'Mint a new key or, better, use workload identity; roll it out, then: gcloud iam service-accounts keys delete KEY_ID --iam-account=EMAIL',
    `Or set ${ADMIN} (gcloud auth print-access-token, as a Service Account Key Admin) and let keyburn do it.`,
  ];

  return {
    ...simple({
      id: 'gcp-service-account',
      name: 'Google Cloud service account',
      docs: 'https://cloud.google.com/iam/docs/keys-disable-enable',
      asks: {
        GOOGLE_ADMIN_ACCESS_TOKEN:
          'an OAuth access token of a service account or user: `gcloud auth print-access-token`, as a Service Account Key Admin (roles/iam.serviceAccountKeyAdmin) or an API Keys Admin (roles/serviceusage.apiKeysAdmin)',
      },
      hosts: [...new Set([new URL(oauth).host, new URL(iam).host])],
      internal,
      // A disabled key may be accepted for some minutes more.
      settlesInMs: 300_000,
      check: {
        ask,
        live: z.object({ access_token: z.string().min(1), token_type: z.literal('Bearer') }),
        says: 'with a token',
        means: [
          {
            status: 400,
            where: failed('invalid_grant', /account not found/i),
            is: 'rejected',
            says: 'account not found',
          },
          {
            status: 400,
            where: failed('invalid_grant', /Invalid JWT Signature/i),
            is: 'rejected',
            says: 'Invalid JWT Signature',
          },
          { status: 401, where: failed('disabled_client', /./), is: 'disabled', says: 'disabled_client' },
        ],
      },
      byHand,
    }),
    ...byAdmin<{ url: string }>(
      {
        credential: ADMIN,
        needs: 'an OAuth access token of a Service Account Key Admin',
        find: async (key) => {
          const url = resource(key);
          return url === undefined ? 'no client_email and private_key_id were found beside the key' : { url };
        },
        contain: act('disable'),
        restore: act('enable'),
        revoke: {
          ask: ({ url }, admin) => call('DELETE', url, bearer(admin), { what: 'DELETE keys/{id}' }),
          answers: answers('deleted'),
        },
      },
      byHand,
    ),
  };
}
