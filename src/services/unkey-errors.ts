// Unkey's error codes in words. The address before the code has changed over the years (errors-v2, errors, and the
// URN form `err:unkey:…`): only its last two parts count.

import { z } from 'zod';
import { oneLine } from './answer.ts';
import type { Cause, Explanation, HttpResponse } from './service.ts';

const body = z.object({
  meta: z.object({ requestId: z.string() }).optional(),
  error: z.object({ type: z.string(), title: z.string().optional(), detail: z.string().optional() }),
});

/** `https://unkey.com/docs/errors/unkey/authentication/missing` and `err:unkey:authentication:missing` -> `authentication/missing` */
export function tailOf(type: string): string {
  return type.split(/[/:]/).filter(Boolean).slice(-2).join('/');
}

const SEND = 'Send the root key as `Authorization: Bearer unkey_…`, with a space after Bearer.';
const PROXY = 'Check that no proxy or gateway in between strips the Authorization header.';
const RIGHT_ONE =
  'Check that the key is of this workspace and of the right environment (development or production).';
const NEW =
  'Create a new root key in the dashboard (Settings > Root Keys), roll it out, and delete the old one.';
const LEAKED =
  'If the old one stood in a repository or a log, remove it there, and keep the new one in a secrets manager.';
const WAIT =
  'Wait as long as `Retry-After` or `RateLimit-Reset` says, then try again; the key is not the problem.';

type Said = Pick<Explanation, 'meaning' | 'steps'> & { cause: Cause };
const FORBIDDEN: Said = {
  cause: 'forbidden',
  meaning: 'The root key is known, but refused: its use is forbidden, used up or limited.',
  steps: ['Look at the key in the dashboard: its limits and its address list.'],
};
const CODES: Readonly<Record<string, Said>> = {
  'authentication/missing': {
    cause: 'missing',
    meaning: 'The request carried no root key.',
    steps: [SEND, PROXY],
  },
  'authentication/malformed': {
    cause: 'malformed',
    meaning:
      'The Authorization header is not of the form that Unkey reads: no `Bearer`, or nothing behind it.',
    steps: [SEND, 'Check that the variable that holds the key is set where the program runs.', PROXY],
  },
  'authentication/key_not_found': {
    cause: 'rejected',
    meaning: 'Unkey does not know this root key: it was deleted, never existed, or is a customer key.',
    steps: [RIGHT_ONE, NEW, LEAKED],
  },
  'authentication/portal_token_missing': {
    cause: 'missing',
    meaning: 'The portal’s token is missing.',
    steps: ['Open the portal again.'],
  },
  'authentication/portal_session_not_found': {
    cause: 'rejected',
    meaning: 'The portal’s session is over.',
    steps: ['Open the portal again.'],
  },
  'authorization/key_disabled': {
    cause: 'disabled',
    meaning: 'The root key is disabled; it can be enabled again.',
    steps: ['Ask who disabled it, and why. If it leaked, replace it instead.', NEW],
  },
  'authorization/workspace_disabled': {
    cause: 'disabled',
    meaning: 'The whole workspace is disabled, and every key with it.',
    steps: ['Ask the owner of the workspace, or Unkey’s support.'],
  },
  'authorization/forbidden': FORBIDDEN,
  'authorization/insufficient_permissions': {
    cause: 'forbidden',
    meaning: 'The root key works, but lacks the permission for this call.',
    steps: [
      'Give the root key the permission in the dashboard; a new key with the same permissions will not help.',
    ],
  },
  'too_many_requests/workspace_rate_limited': {
    cause: 'throttled',
    meaning: 'The workspace asks too often.',
    steps: [WAIT],
  },
  'application/service_unavailable': {
    cause: 'issuer-fault',
    meaning: 'Unkey is not available; this says nothing of the key.',
    steps: ['Try again later.'],
  },
  'application/unexpected_error': {
    cause: 'issuer-fault',
    meaning: 'Something broke at Unkey; this says nothing of the key.',
    steps: ['Try again later, and quote the request id.'],
  },
  'client/missing_credentials': {
    cause: 'missing',
    meaning: 'The gateway in front of the service saw no key.',
    steps: ['Send your key as the service documents it.', PROXY],
  },
  'client/invalid_key': {
    cause: 'dead',
    meaning: 'The gateway refuses the key: not found, disabled or expired; it does not say which.',
    steps: ['Ask whoever runs the service for a new key.', LEAKED],
  },
  'client/insufficient_permissions': {
    cause: 'forbidden',
    meaning: 'The key works, but may not do this.',
    steps: ['Ask whoever runs the service for the permission.'],
  },
  'client/rate_limited': {
    cause: 'throttled',
    meaning: 'The key works, but is used too often.',
    steps: [WAIT],
  },
  'client/usage_exceeded': {
    cause: 'throttled',
    meaning: 'The key works, but its credits are used up.',
    steps: ['Ask whoever runs the service for more.'],
  },
};

export function explainUnkey(response: HttpResponse): Explanation | undefined {
  const said = body.safeParse(response.json).data;
  if (!said || !/\bunkey\b|frontline/i.test(said.error.type)) return undefined;
  const tail = tailOf(said.error.type);
  const known = Object.hasOwn(CODES, tail) ? CODES[tail] : undefined;
  if (!known) return undefined;
  const { type, detail } = said.error;
  const common = {
    ...(said.meta && { requestId: oneLine(said.meta.requestId) }),
    ...(type.startsWith('https:') && { docs: oneLine(type) }),
  };
  if (known === FORBIDDEN && /\bexpired\b/i.test(detail ?? '')) {
    return { ...common, cause: 'expired', meaning: `Unkey says: ${oneLine(detail ?? '')}.`, steps: [NEW] };
  }
  return { ...known, ...common };
}
