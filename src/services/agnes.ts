// Lasscyber Agnes. Pages, read 2026-11: docs.lasscyber.com (authentication, errors, API overview). Keys are `ak_…` (live)
// and `ak_test_…` (sandbox: the reply says X-Agnes-Test-Mode); the dashboard's JWTs are accepted on some routes and expire by
// themselves. One code, `unauthorized`, covers a missing, malformed, deleted and expired credential and a version
// header that is too old, so the version is pinned and the verdict is `rejected`. Deleting needs an owner's or admin's key.

import { z } from 'zod';
import type { RevokeOrder, Secret, Verdict } from '../model/index.ts';
import { reveal } from '../model/reveal.ts';
import {
  alive,
  bearer,
  dead,
  limited,
  notDone,
  oneLine,
  type Place,
  refused,
  seen,
  silent,
  unexpected,
} from './answer.ts';
import { complete, itemsOf, theOne } from './match.ts';
import type {
  Cause,
  Explanation,
  HttpResponse,
  IssuerRequest,
  Key,
  RevokeReply,
  Service,
  Tools,
} from './service.ts';

const DOCS = 'https://docs.lasscyber.com/get-started/authentication';
const ADMIN = 'AGNES_ADMIN_KEY';
/** A version that the server no longer takes is itself a 401. */
const VERSION = '2026-04-16';
const LIST = '/api/v1/api-keys/';

const problem = z.object({
  code: z.string(),
  request_id: z.string().optional(),
  doc_url: z.string().optional(),
});
const row = z.looseObject({ id: z.union([z.string().regex(/^[\w-]{1,100}$/), z.int()]) });

type Kind = 'live' | 'sandbox' | 'jwt';

function kindOf(secret: Secret): Kind {
  const value = reveal(secret);
  if (value.startsWith('ak_test_')) return 'sandbox';
  return value.startsWith('ak_') ? 'live' : 'jwt';
}

/** A JWT says itself until when it is good. */
function isOver(secret: Secret, now: Date): boolean {
  const [, payload = ''] = reveal(secret).split('.');
  try {
    const claims = z
      .object({ exp: z.number() })
      .safeParse(JSON.parse(Buffer.from(payload, 'base64url').toString('utf8')));
    return claims.success && claims.data.exp * 1_000 <= now.getTime();
  } catch {
    return false;
  }
}

type Said = Pick<Explanation, 'meaning' | 'steps'> & { cause: Cause };
const CODES: Readonly<Record<string, Said>> = {
  unauthorized: {
    cause: 'rejected',
    meaning:
      'Agnes does not accept the credential: missing, malformed, deleted, expired, or sent with a version that is too old; it does not say which.',
    steps: [
      'Check that the header is `Authorization: Bearer …`, and that something stands behind Bearer.',
      'Check the prefix: `ak_` for live keys, `ak_test_` for sandbox keys, a JWT for the dashboard’s own requests.',
      `Check that Agnes-Version is not too old (keyburn sends ${VERSION}).`,
      'With an API key: mint a fresh one at https://agnes.lasscyber.com/keys, roll it out, then delete the old one.',
      'With a JWT: sign in again from the dashboard.',
      'Quote the request id when you ask the support.',
    ],
  },
  forbidden: {
    cause: 'forbidden',
    meaning: 'The credential works, but its scope, role or tenant may not do this.',
    steps: [
      'Give the key the scope that is missing, or use an owner’s or admin’s key; a fresh key with the same scopes will not help.',
    ],
  },
  email_not_verified: {
    cause: 'forbidden',
    meaning: 'The sign-in works, but its e-mail address is not verified.',
    steps: ['Verify the e-mail address.'],
  },
  rate_limit_exceeded: {
    cause: 'throttled',
    meaning: 'The tenant asks too often.',
    steps: ['Wait as long as Retry-After says; the key is not the problem.'],
  },
  internal_error: {
    cause: 'issuer-fault',
    meaning: 'Something broke at Agnes; this says nothing of the key.',
    steps: ['Try again later, and quote the request id.'],
  },
  analyzer_unavailable: {
    cause: 'issuer-fault',
    meaning: 'The analyzer is not available; this says nothing of the key.',
    steps: ['Try again later.'],
  },
};

function explain(response: HttpResponse): Explanation | undefined {
  const said = problem.safeParse(response.json).data;
  if (!said?.doc_url?.startsWith('https://docs.lasscyber.com/')) return undefined;
  const known = Object.hasOwn(CODES, said.code) ? CODES[said.code] : undefined;
  return (
    known && {
      ...known,
      docs: oneLine(said.doc_url),
      ...(said.request_id && { requestId: oneLine(said.request_id) }),
    }
  );
}

export function agnes(place: Place = {}): Service {
  const { api = 'https://api.lasscyber.com', internal = false } = place;
  const common = { accept: 'application/json', 'agnes-version': VERSION };

  function listWith(secret: Secret): IssuerRequest {
    return {
      method: 'GET',
      url: `${api}${LIST}`,
      headers: { ...common, ...bearer(secret) },
      what: `GET ${LIST}`,
    };
  }

  function environment(kind: Kind, headers: Readonly<Record<string, string>>): 'live' | 'test' | undefined {
    if (headers['x-agnes-test-mode'] === 'true') return 'test';
    return kind === 'live' ? 'live' : undefined;
  }

  async function check({ secret }: Key, tools: Tools): Promise<Verdict> {
    const kind = kindOf(secret);
    const request = listWith(secret);
    const reply = await tools.ask(request);
    if (reply.kind === 'unanswered') return silent(tools, reply);
    const env = environment(kind, reply.headers);
    // Whoever may list sees at least the key that asks.
    if (reply.status === 200 && itemsOf(reply.json, row)?.length)
      return alive(tools, seen(request, reply, 'with keys'), env);
    const code = problem.safeParse(reply.json).data?.code;
    if (reply.status === 401 && code === 'unauthorized') {
      if (kind === 'jwt' && isOver(secret, tools.now()))
        return dead(tools, 'expired', seen(request, reply, 'unauthorized; its exp is past'));
      return dead(tools, 'rejected', seen(request, reply, 'unauthorized'));
    }
    if (reply.status === 403 && (code === 'forbidden' || code === 'email_not_verified'))
      return limited(tools, seen(request, reply, code), env);
    if (reply.status === 402 && code !== undefined)
      return limited(tools, seen(request, reply, 'billing'), env);
    return unexpected(tools, request, reply);
  }

  const byHand = ({ preview }: { preview: string }) => [
    `Sign in as an owner or admin at https://agnes.lasscyber.com/keys, mint a new key, roll it out, and delete ${preview}.`,
    `Or set ${ADMIN} to an owner’s or admin’s key and let keyburn delete it where exactly one key fits.`,
    'A JWT cannot be revoked: sign the user out, and wait until it expires.',
  ];

  async function revoke(order: RevokeOrder, tools: Tools): Promise<RevokeReply> {
    const steps = byHand({ preview: order.secret.preview });
    if (kindOf(order.secret) === 'jwt') return { outcome: 'manual', note: 'a JWT expires by itself', steps };
    const admin = tools.credential(ADMIN);
    if (!admin)
      return { outcome: 'manual', note: `deleting needs an owner’s or admin’s key in ${ADMIN}`, steps };
    const listing = listWith(admin);
    const list = await tools.ask(listing);
    if (list.kind === 'unanswered') return notDone(list);
    const items = list.status === 200 ? itemsOf(list.json, row) : undefined;
    if (!items) return refused(listing, list);
    const match = complete(list.json, items.length) ? theOne(order.secret, items) : undefined;
    if (!match)
      return {
        outcome: 'manual',
        note: `GET ${LIST}: no single key fits for certain, so none was touched`,
        steps,
      };
    const request: IssuerRequest = {
      method: 'DELETE',
      url: `${api}${LIST}${match.id}`,
      headers: { ...common, ...bearer(admin), 'idempotency-key': order.id },
      what: `DELETE ${LIST}{id}`,
    };
    const reply = await tools.ask(request);
    if (reply.kind === 'unanswered') return notDone(reply);
    return reply.status === 204
      ? { outcome: 'accepted', note: seen(request, reply, 'deleted') }
      : refused(request, reply);
  }

  return {
    id: 'agnes',
    name: 'Lasscyber Agnes',
    docs: DOCS,
    asks: {
      AGNES_ADMIN_KEY: 'an API key of an owner or admin of the tenant: Agnes dashboard, API keys',
    },
    hosts: [new URL(api).host],
    internal,
    // 30 administrative requests a minute and tenant on a trial: half of that is ours.
    rate: { requests: 15, perMs: 60_000, concurrency: 1 },
    settlesInMs: 15_000,
    check,
    revoke,
    byHand,
    explain,
  };
}
