// RFC 9457 problem documents and the WWW-Authenticate header of RFC 6750 section 3.

import { z } from '@hono/zod-openapi';
import type { Context } from 'hono';
import type { Env } from './env.ts';
import type { Refusal } from './refusal.ts';
import { foundAtSchema } from './schemas.ts';
import { CODES, WORDS, type Words } from './words.ts';

const REALM = 'keyburn';

export const problemSchema = z
  .object({
    type: z.url().openapi({ description: 'The page that explains this code.' }),
    title: z.string(),
    status: z.int(),
    detail: z.string(),
    instance: z.string().openapi({ description: 'This one occurrence: the request id as a URN.' }),
    code: z.enum(CODES),
    request_id: z.string(),
    retryable: z.boolean(),
    doc_url: z.url(),
    key_id: z.string().optional(),
    expired_at: z.string().optional(),
    required_scope: z.string().optional(),
    cause: z
      .object({
        reason: z.string(),
        found_at: foundAtSchema.optional(),
        found_time: z.string().optional(),
        disabled_at: z.string().optional(),
        disabled_by: z.string().optional(),
        revoked_at: z.string().optional(),
        revoked_by: z.string().optional(),
      })
      .optional()
      .openapi({
        description: 'Why the key was stopped. Places are told only to a caller who presents that very key.',
      }),
    next_steps: z.array(z.string()),
    errors: z.array(z.object({ path: z.string(), message: z.string() })).optional(),
  })
  .openapi('Problem');
export type Problem = z.infer<typeof problemSchema>;

interface FieldError {
  readonly path: string;
  readonly message: string;
}

/** The reply for a refusal; `S` is the status that the code stands for, for typed routes. */
export function answer<S extends Words['status']>(
  c: Context<Env>,
  said: Refusal,
  status: S,
  more: { readonly errors?: readonly FieldError[]; readonly retryAfter?: number } = {},
) {
  const page = `${c.get('baseUrl')}/docs/errors/${said.code}`;
  c.set('code', said.code);
  if (said.keyId !== undefined) c.set('keyId', said.keyId);
  const body = problemOf(said, { page, requestId: c.get('requestId'), status, errors: more.errors });
  const challenge = challengeFor(said, page, REALM);
  return c.json(body, status, {
    'content-type': 'application/problem+json',
    ...(challenge === undefined ? {} : { 'www-authenticate': challenge }),
    ...(more.retryAfter === undefined ? {} : { 'retry-after': String(more.retryAfter) }),
  });
}

interface About {
  /** The page that explains the code. */
  readonly page: string;
  readonly requestId: string;
  readonly status: number;
  readonly errors?: readonly FieldError[] | undefined;
}

/** The problem document of a refusal. */
export function problemOf(said: Refusal, { page, requestId, status, errors }: About): Problem {
  const words = WORDS[said.code];
  return {
    type: page,
    title: words.title,
    status,
    detail: said.detail,
    instance: `urn:uuid:${requestId}`,
    code: said.code,
    request_id: requestId,
    retryable: words.retryable,
    doc_url: page,
    ...(said.keyId === undefined ? {} : { key_id: said.keyId }),
    ...(said.expiredAt === undefined ? {} : { expired_at: said.expiredAt }),
    ...(said.requiredScope === undefined ? {} : { required_scope: said.requiredScope }),
    ...(said.cause === undefined ? {} : { cause: said.cause }),
    next_steps: [...said.steps],
    ...(errors === undefined ? {} : { errors: [...errors] }),
  };
}

/** Like `answer`, with the status that the table has for the code. */
export function refused(c: Context<Env>, said: Refusal, more: Parameters<typeof answer>[3] = {}): Response {
  return answer(c, said, WORDS[said.code].status, more);
}

/** RFC 6750 section 3.1: no error attribute where the request carried no credentials. */
export function challengeFor(said: Refusal, page: string, name: string): string | undefined {
  const realm = `Bearer realm="${quotable(name)}"`;
  switch (said.code) {
    case 'missing_key':
      return realm;
    case 'malformed_key':
    case 'unknown_key':
    case 'expired_key':
    case 'disabled_key':
    case 'revoked_key':
      return `${realm}, error="invalid_token", error_description="${quotable(said.detail)}", error_uri="${page}"`;
    case 'forbidden':
      return `${realm}, error="insufficient_scope", error_description="${quotable(said.detail)}", scope="${quotable(said.requiredScope ?? '')}"`;
    case 'ambiguous_credentials':
      return `${realm}, error="invalid_request", error_description="${quotable(said.detail)}"`;
    case 'invalid_signature':
      return `Signature realm="${quotable(name)}"`;
    case 'too_many_failures':
    case 'invalid_request':
    case 'payload_too_large':
    case 'unsupported_media_type':
    case 'not_found':
    case 'method_not_allowed':
    case 'key_is_revoked':
    case 'signers_unavailable':
    case 'too_many_reports':
    case 'queue_full':
    case 'internal_fault':
      return undefined;
  }
}

/** The characters that RFC 6750 allows in error_description: printable ASCII without `"` and `\`. */
function quotable(text: string): string {
  return text
    .replace(/["\\]/g, "'")
    .replace(/[^\x20-\x7e]/g, '?')
    .slice(0, 1000);
}
