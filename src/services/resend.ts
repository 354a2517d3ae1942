// Resend. Pages, read 2026-11: resend.com/docs/api-reference/api-keys (list, delete), /api-reference/errors. A 401 `restricted_api_key` is a live key that may only send.
// The list shows nothing of a key: it is certain only where the account has one.

import { z } from 'zod';
import { bearer, type Place } from './answer.ts';
import { byLookup, onlyOne } from './by-lookup.ts';
import { explaining } from './explaining.ts';
import type { Key, Service } from './service.ts';
import { call, type Meaning, simple } from './simple.ts';

const keys = z.object({
  data: z.array(z.object({ id: z.uuid(), name: z.string() })),
  has_more: z.literal(false).optional(),
});
const problem = (...names: readonly string[]) => z.object({ name: z.enum(names) });
const RESTRICTED = problem('restricted_api_key');
const INVALID = z.union([
  problem('invalid_api_key'),
  z.object({ name: z.literal('validation_error'), message: z.string().regex(/api key is invalid/i) }),
]);

const byHand = (preview: string) => [
  `Sign in to the team of ${preview} and delete it: https://resend.com/api-keys`,
];

const MEANS: readonly Meaning[] = [
  { status: 401, where: RESTRICTED, is: 'limited', says: 'restricted_api_key: it may only send' },
  { status: 400, where: INVALID, is: 'rejected', says: 'invalid' },
  { status: 401, where: INVALID, is: 'rejected', says: 'invalid' },
  { status: 403, where: INVALID, is: 'rejected', says: 'invalid' },
];

export function resend({ api = 'https://api.resend.com', internal = false }: Place = {}): Service {
  const list = ({ secret }: Key) => call('GET', `${api}/api-keys`, bearer(secret));
  return simple({
    id: 'resend',
    name: 'Resend',
    docs: 'https://resend.com/docs/api-reference/api-keys/delete-api-key',
    hosts: [new URL(api).host],
    internal,
    rate: { requests: 2, perMs: 1_000, concurrency: 1 },
    check: {
      ask: list,
      live: z.object({ data: z.array(z.object({ id: z.string(), name: z.string() })).min(1) }),
      says: 'with the account’s keys',
      means: MEANS,
    },
    revoke: byLookup(
      {
        look: list,
        shows: keys,
        looked: [
          { status: 401, where: RESTRICTED, is: 'manual', says: 'restricted_api_key: it cannot end itself' },
          { status: 400, where: INVALID, is: 'already-dead', says: 'invalid' },
          { status: 401, where: INVALID, is: 'already-dead', says: 'invalid' },
          { status: 403, where: INVALID, is: 'already-dead', says: 'invalid' },
        ],
        id: ({ data }) => onlyOne(data, () => true)?.id,
        end: (id, { secret }) => call('DELETE', `${api}/api-keys/${id}`, bearer(secret)),
        answers: [{ status: 200, is: 'accepted', says: 'deleted itself' }],
      },
      byHand,
    ),
    explain: explaining({
      name: 'Resend',
      docs: 'https://resend.com/docs/api-reference/errors',
      manage: 'https://resend.com/api-keys',
      means: MEANS,
    }),
    byHand,
  });
}
