// The honest 401 for an issuer's own routes, whatever it is written with: the key that a request carries is looked up by its
// SHA-256, and a refusal says why, when, where the key was found, and what to do. A look-up that fails is a fault, never a no.

import { randomUUID } from 'node:crypto';
import type { IncomingHttpHeaders } from 'node:http';
import { readCredentials } from '../credentials.ts';
import { challengeFor, problemOf } from '../problem.ts';
import type { StopCause } from '../record.ts';
import { type Refusal, refusal, stopped } from '../refusal.ts';
import { type Code, WORDS } from '../words.ts';

/** What the issuer knows of a key. Give it more fields: they come back with a live one. */
export interface KnownKey {
  /** Not secret; it stands in refusals. */
  readonly id: string;
  readonly state: 'live' | 'expired' | 'disabled' | 'revoked';
  readonly scopes?: readonly string[];
  /** RFC 3339; of an expired key. */
  readonly expiresAt?: string | null;
  /** Of a disabled or revoked key: since when, by whom, and why. */
  readonly stopped?: {
    /** RFC 3339. */
    readonly at: string;
    readonly by?: string | undefined;
    readonly cause?: StopCause | undefined;
  } | null;
}

export interface GuardOptions<K extends KnownKey> {
  /** Finds a key by the hex SHA-256 of its UTF-8 bytes; undefined where it was never issued. */
  readonly find: (sha256: string) => K | undefined | Promise<K | undefined>;
  /** Where refusals are explained; the code is put behind it: `https://acme.example/errors/revoked_key`. */
  readonly docs: string;
  /** How to get a new key, as a sentence: `Make one at https://acme.example/keys.` */
  readonly newKey: string;
  /** Names what is protected, in WWW-Authenticate. */
  readonly realm?: string;
  /** The key must have it. */
  readonly scope?: string;
}

export type Judgement<K> =
  | { readonly kind: 'open'; readonly key: K }
  | {
      readonly kind: 'refused';
      readonly status: number;
      readonly headers: Readonly<Record<string, string>>;
      readonly body: string;
    };

const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i;

export function createJudge<K extends KnownKey>(options: GuardOptions<K>) {
  const { find, realm = 'api', scope } = options;
  const docs = options.docs.replace(/\/+$/, '');

  function refused(said: Refusal, headers: Headers): Judgement<K> {
    const { status } = WORDS[said.code];
    const page = `${docs}/${said.code}`;
    // A caller's own id is taken over only where it is a UUID: anything else might be a key.
    const asked = headers.get('x-request-id') ?? '';
    const requestId = UUID.test(asked) ? asked.toLowerCase() : randomUUID();
    const own = { ...said, steps: stepsFor(said.code, options.newKey, said.cause?.reason === 'leaked') };
    const challenge = challengeFor(own, page, realm);
    return {
      kind: 'refused',
      status,
      headers: {
        'content-type': 'application/problem+json',
        'cache-control': 'no-store',
        'x-request-id': requestId,
        ...(challenge === undefined ? {} : { 'www-authenticate': challenge }),
      },
      body: JSON.stringify(problemOf(own, { page, requestId, status })),
    };
  }

  /** @param query names and values of the query string: a key there is told to be leaked, and not looked at */
  return async function judge(
    headers: Headers,
    query: Readonly<Record<string, string>>,
  ): Promise<Judgement<K>> {
    const sent = readCredentials(headers, query);
    if (sent.kind === 'refused') return refused(sent.refusal, headers);
    const key = await find(sent.key.hash.toString('hex'));
    const said = key === undefined ? refusal('unknown_key') : why(key, scope);
    return key === undefined || said
      ? refused(said ?? refusal('unknown_key'), headers)
      : { kind: 'open', key };
  };
}

function why(key: KnownKey, scope: string | undefined): Refusal | undefined {
  const { id: keyId, state, expiresAt } = key;
  switch (state) {
    case 'live':
      if (scope === undefined || key.scopes?.includes(scope)) return undefined;
      return refusal('forbidden', `This key is live, but it lacks the scope ${scope}.`, {
        keyId,
        requiredScope: scope,
      });
    case 'expired':
      return expiresAt
        ? refusal('expired_key', `This key expired at ${expiresAt}.`, { keyId, expiredAt: expiresAt })
        : refusal('expired_key', undefined, { keyId });
    case 'disabled':
    case 'revoked': {
      const { at, by = 'operator', cause = { reason: 'other' as const } } = key.stopped ?? {};
      if (at === undefined)
        return refusal(state === 'revoked' ? 'revoked_key' : 'disabled_key', undefined, { keyId });
      return stopped(state, { at, by, cause }, keyId);
    }
  }
}

const REPLACE = 'Put the new key everywhere the old one was used, and restart what reads it.';
const SAFE = 'Keep the key in an environment variable or a secret manager, never in source code.';

/** In the issuer's own terms: the table of the embedded service speaks of its own routes. */
function stepsFor(code: Code, newKey: string, leaked: boolean): readonly string[] {
  switch (code) {
    case 'unknown_key':
    case 'malformed_key':
      return [
        'Copy the whole key again, without quotation marks or spaces; check that it belongs to this service and environment.',
        newKey,
      ];
    case 'expired_key':
      return [newKey, REPLACE];
    case 'disabled_key':
      return ['Ask why it was switched off, and whether it comes back.', newKey];
    case 'revoked_key':
      return leaked
        ? [
            'The old key is dead, so nobody can use it any more; do not try to bring it back.',
            newKey,
            `${REPLACE} ${SAFE}`,
            'Remove the old key from the place where it was found, and look there for other keys that may have leaked with it.',
            'Look through your usage since the time of the leak for calls that were not yours.',
          ]
        : [newKey, REPLACE, SAFE];
    case 'missing_key':
    case 'forbidden':
    case 'ambiguous_credentials':
    case 'too_many_failures':
    case 'invalid_request':
    case 'invalid_signature':
    case 'payload_too_large':
    case 'unsupported_media_type':
    case 'not_found':
    case 'method_not_allowed':
    case 'key_is_revoked':
    case 'signers_unavailable':
    case 'too_many_reports':
    case 'queue_full':
    case 'internal_fault':
      return WORDS[code].steps;
  }
}

/** The headers that a key may travel in, from Node's own; several lines of one are joined as HTTP joins them. */
export function headersOf(incoming: IncomingHttpHeaders): Headers {
  const headers = new Headers();
  for (const name of ['authorization', 'x-api-key', 'x-request-id']) {
    const value = incoming[name];
    if (value !== undefined) headers.set(name, Array.isArray(value) ? value.join(', ') : value);
  }
  return headers;
}

/** The names of a parsed query, which is all that counts of it. */
export function queryOf(parsed: unknown): Readonly<Record<string, string>> {
  if (typeof parsed !== 'object' || parsed === null) return {};
  return Object.fromEntries(Object.keys(parsed).map((name) => [name, '']));
}
