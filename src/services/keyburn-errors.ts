// The open contract's refusals in words: RFC 9457 problem documents with a `code`. The service's own sentences and steps go first.

import { z } from 'zod';
import { oneLine } from './answer.ts';
import { problemStory } from './keyburn-story.ts';
import type { Cause, Explanation, HttpResponse } from './service.ts';

const problem = z.object({
  code: z.string(),
  detail: z.string().optional(),
  request_id: z.string().optional(),
  doc_url: z.string().optional(),
  next_steps: z.array(z.string()).optional(),
});

const FORBIDDEN = {
  cause: 'forbidden',
  meaning: 'The key works, but may not do this.',
  steps: ['Give the key the right that it lacks, or use another key.'],
} as const;

const CAUSE: Readonly<Record<string, { cause: Cause; meaning: string; steps: readonly string[] }>> = {
  missing_key: {
    cause: 'missing',
    meaning: 'The request carried no key.',
    steps: ['Send it as `Authorization: Bearer …`; check that no proxy or redirect drops the header.'],
  },
  malformed_key: {
    cause: 'malformed',
    meaning: 'What was sent cannot be a key of this service: its shape or checksum is wrong.',
    steps: ['Look for cut-off characters, quotes, line ends or a placeholder in your configuration.'],
  },
  unknown_key: {
    cause: 'rejected',
    meaning: 'The service never issued this key, or has forgotten it.',
    steps: ['Check that the key belongs to this service and environment; else create a new one.'],
  },
  expired_key: {
    cause: 'expired',
    meaning: 'The key has expired.',
    steps: ['Create a new key and put it where the old one was, from a secrets manager.'],
  },
  disabled_key: {
    cause: 'disabled',
    meaning: 'The key is switched off; its owner can switch it on again.',
    steps: ['Ask the owner why. If it leaked: rotate it instead of switching it on.'],
  },
  revoked_key: {
    cause: 'revoked',
    meaning: 'The key was revoked for good.',
    steps: [
      'Create a new key and roll it out.',
      'Remove the old one from where it was found, its history included.',
      'Keep keys in environment variables or a secrets manager.',
    ],
  },
  forbidden: FORBIDDEN,
  insufficient_scope: FORBIDDEN,
};

/** The `code` of a problem document. */
export function codeOf(reply: Pick<HttpResponse, 'json'>): string | undefined {
  return problem.safeParse(reply.json).data?.code;
}

export function isForbidden(code: string): boolean {
  return Object.hasOwn(CAUSE, code) && CAUSE[code]?.cause === 'forbidden';
}

export function explainKeyburn(response: HttpResponse): Explanation | undefined {
  const body = problem.extend({ type: z.string() }).safeParse(response.json).data;
  const known = body && Object.hasOwn(CAUSE, body.code) ? CAUSE[body.code] : undefined;
  if (!body || !known || (response.status !== 401 && response.status !== 403)) return undefined;
  const story = problemStory(response);
  return {
    ...known,
    ...(story && { story }),
    meaning: body.detail ? `${known.meaning} The service says: ${oneLine(body.detail, 400)}` : known.meaning,
    steps: body.next_steps?.length ? body.next_steps.map((step) => oneLine(step, 400)) : known.steps,
    ...(body.request_id && { requestId: oneLine(body.request_id) }),
    ...(body.doc_url && { docs: oneLine(body.doc_url) }),
  };
}
