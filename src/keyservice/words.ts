// What every refusal says, in one table: the problem document and its page under /docs/errors/ are made from it, so they
// cannot tell two stories.

export const CODES = [
  'missing_key',
  'malformed_key',
  'unknown_key',
  'expired_key',
  'disabled_key',
  'revoked_key',
  'forbidden',
  'ambiguous_credentials',
  'too_many_failures',
  'invalid_request',
  'invalid_signature',
  'payload_too_large',
  'unsupported_media_type',
  'not_found',
  'method_not_allowed',
  'key_is_revoked',
  'signers_unavailable',
  'too_many_reports',
  'queue_full',
  'internal_fault',
] as const;
export type Code = (typeof CODES)[number];

export interface Words {
  readonly status: 400 | 401 | 403 | 404 | 405 | 409 | 413 | 415 | 429 | 500 | 503;
  readonly title: string;
  /** The general case; a reply may say more precisely what it saw. */
  readonly detail: string;
  readonly steps: readonly string[];
  readonly retryable: boolean;
}

const NEW_KEY = 'Ask whoever runs this service for a new key (they make one with POST /v1/keys).';
const KEEP_SAFE = 'Keep the key in an environment variable or a secret manager, never in source code.';

export const WORDS: Readonly<Record<Code, Words>> = {
  missing_key: {
    status: 401,
    title: 'No API key was sent',
    detail: 'The request carries no key.',
    steps: [
      'Send the key in the header `Authorization: Bearer <key>` (or `X-API-Key: <key>`).',
      'If you do send it, check that the variable it comes from is set where the program runs, and that no proxy drops the header.',
    ],
    retryable: false,
  },
  malformed_key: {
    status: 401,
    title: 'This is not a key of this service',
    detail: 'What was sent does not have the shape of a key of this service, so nobody was asked about it.',
    steps: [
      'Copy the whole key again: `kbk_live_` or `kbk_test_` and 38 letters and digits, without quotation marks or spaces.',
      'If the key is lost, it cannot be shown again: ask for a new one.',
    ],
    retryable: false,
  },
  unknown_key: {
    status: 401,
    title: 'This key is not known here',
    detail: 'The key is well formed, but this service has not issued it.',
    steps: ['Check that the key belongs to this service and not to another installation of it.', NEW_KEY],
    retryable: false,
  },
  expired_key: {
    status: 401,
    title: 'This key has expired',
    detail: 'The key has passed its date.',
    steps: [NEW_KEY, 'Put the new key where the old one was, and restart what reads it.'],
    retryable: false,
  },
  disabled_key: {
    status: 401,
    title: 'This key is switched off',
    detail: 'The key was switched off; that can be undone by whoever runs this service.',
    steps: [
      'Ask whoever runs this service why, and whether the key comes back.',
      'If it does not, replace it with a new key.',
    ],
    retryable: false,
  },
  revoked_key: {
    status: 401,
    title: 'This key has been revoked',
    detail: 'The key was revoked; that cannot be undone.',
    steps: [
      NEW_KEY,
      'Put the new key everywhere the old one was used, and restart what reads it.',
      KEEP_SAFE,
    ],
    retryable: false,
  },
  forbidden: {
    status: 403,
    title: 'This key may not do that',
    detail: 'The key is live, but lacks the right that this request needs.',
    steps: [
      'Use a key that has the right named in `required_scope`, or ask for one.',
      'A new key with the same rights will not help.',
    ],
    retryable: false,
  },
  ambiguous_credentials: {
    status: 400,
    title: 'Two different keys were sent',
    detail:
      'Authorization and X-API-Key carry different keys; this service does not guess which one is meant.',
    steps: ['Send one of the two headers, not both.'],
    retryable: false,
  },
  too_many_failures: {
    status: 429,
    title: 'Too many refused keys',
    detail:
      'Too many keys that this service does not know came from your address. A right key is still let in.',
    steps: [
      'Wait as long as the Retry-After header says.',
      'Check which key your program sends; repeating a wrong one does not help.',
    ],
    retryable: true,
  },
  invalid_request: {
    status: 400,
    title: 'The request is not well formed',
    detail: 'The request does not have the shape that this route takes.',
    steps: ['Correct what `errors` names; /openapi.json describes every route.'],
    retryable: false,
  },
  invalid_signature: {
    status: 401,
    title: 'The signature does not fit',
    detail: 'The report is not signed by a key that this service trusts, or it was changed on its way.',
    steps: [
      'Sign the raw bytes of the body as the route asks for it; /openapi.json describes the scheme of each.',
    ],
    retryable: false,
  },
  payload_too_large: {
    status: 413,
    title: 'The request is too large',
    detail: 'The body is larger than this route takes.',
    steps: ['Send less at once.'],
    retryable: false,
  },
  unsupported_media_type: {
    status: 415,
    title: 'The body is not JSON',
    detail: 'This route takes a JSON body.',
    steps: ['Send the header `Content-Type: application/json`.'],
    retryable: false,
  },
  not_found: {
    status: 404,
    title: 'There is nothing here',
    detail: 'No such route, or no key with this id.',
    steps: ['Check the address and the method; /openapi.json lists every route.'],
    retryable: false,
  },
  method_not_allowed: {
    status: 405,
    title: 'Not with this method',
    detail: 'The route is there, but not for this method.',
    steps: ['Use the method that /openapi.json names.'],
    retryable: false,
  },
  key_is_revoked: {
    status: 409,
    title: 'A revoked key stays revoked',
    detail: 'The key has been revoked, and that cannot be undone.',
    steps: ['Make a new key with POST /v1/keys.'],
    retryable: false,
  },
  signers_unavailable: {
    status: 503,
    title: 'The signature cannot be checked now',
    detail:
      'The public keys of the reporter could not be had, so nobody knows whether the report is genuine.',
    steps: ['Send the report again later.'],
    retryable: true,
  },
  too_many_reports: {
    status: 429,
    title: 'Too many reports',
    detail: 'More reports came than this service takes in a minute without a signature.',
    steps: ['Wait as long as the Retry-After header says, then report it again.'],
    retryable: true,
  },
  queue_full: {
    status: 503,
    title: 'Too many reports are waiting',
    detail: 'The reports that came before have not been worked off, so this one was not taken.',
    steps: ['Send the report again later.'],
    retryable: true,
  },
  internal_fault: {
    status: 500,
    title: 'Something broke on our side',
    detail: 'The service could not finish the request. This says nothing about your key.',
    steps: ['Try again later, and quote the request_id if it stays so.'],
    retryable: true,
  },
};

/** Steps for the holder of a key that leaked: what is safe already, and what is left to do. */
export const LEAKED_STEPS: readonly string[] = [
  'The old key is dead, so nobody can use it any more; do not try to bring it back.',
  NEW_KEY,
  'Put the new key in an environment variable or a secret manager, and restart what reads it. Do not commit it again.',
  'Remove the old key from the place where it was found, and look there for other keys that may have leaked with it.',
  'Look through your usage since the time of the leak for calls that were not yours.',
];
