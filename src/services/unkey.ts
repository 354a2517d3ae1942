// Unkey, API v2. Pages, read 2026-11: www.unkey.com/docs/api-reference/v2, www.unkey.com/docs/errors; statuses as its own source
// really sends them (missing and malformed are 400 there, 401 in the documentation: both are read).
// Two kinds of key. A root key speaks for itself, and no call can stop it: that is the dashboard's. A customer key
// can be judged only by the root key of its own workspace, whose "not found" also covers what that root key may not see:
// so it is a death only for a key that the same root key has found before.

import { createHash } from 'node:crypto';
import { z } from 'zod';
import type { Secret, Unknown, Verdict } from '../model/index.ts';
import { reveal } from '../model/reveal.ts';
import {
  alive,
  bearer,
  dead,
  JSON_BODY,
  limited,
  notDone,
  type Place,
  refused,
  seen,
  silent,
  unexpected,
  unknown,
} from './answer.ts';
import type { IssuerReply, IssuerRequest, Key, RevokeReply, Service, Tools } from './service.ts';
import { explainUnkey, tailOf } from './unkey-errors.ts';

const DOCS = 'https://www.unkey.com/docs/security/root-keys';
const ROOT = 'UNKEY_ROOT_KEY';
/** What a root key is asked about: no key at all. */
const NOBODY = 'keyburn-asks-whether-the-root-key-works';

type Answered = Extract<IssuerReply, { kind: 'answered' }>;

const meta = z.object({ requestId: z.string().min(1) });
const verified = z.object({ meta, data: z.object({ valid: z.boolean(), code: z.string() }) });
const done = z.object({ meta });
const failed = z.object({ error: z.object({ type: z.string(), detail: z.string().optional() }) });
const who = z.object({
  meta,
  data: z.object({
    keyId: z.string().regex(/^[\w-]{1,255}$/),
    enabled: z.boolean(),
    name: z.string().optional(),
    lastUsedAt: z.number().optional(),
    identity: z.object({ externalId: z.string() }).optional(),
  }),
});

function isRoot(secret: Secret): boolean {
  return reveal(secret).startsWith('unkey_');
}

/** What the API says of the root key that asks. */
function ofRootKey(tools: Tools, request: IssuerRequest, reply: Answered): Verdict {
  const error = failed.safeParse(reply.json).data?.error;
  const tail = tailOf(error?.type ?? '');
  const words = (text: string) => seen(request, reply, text);
  switch (reply.status === 401 || reply.status === 403 ? tail : '') {
    case 'authentication/key_not_found':
      return dead(tools, 'rejected', words('key_not_found'));
    case 'authorization/key_disabled':
      return dead(tools, 'disabled', words('key_disabled'));
    case 'authorization/workspace_disabled':
      return dead(tools, 'disabled', words('workspace_disabled'));
    case 'authorization/insufficient_permissions':
      return limited(tools, words('insufficient_permissions'));
    case 'authorization/forbidden':
      // One code for an expired key, a used-up one and a limited one: only the words tell them apart.
      if (/\bexpired\b/i.test(error?.detail ?? ''))
        return dead(tools, 'expired', words('forbidden: expired'));
      if (/usage|rate.?limit/i.test(error?.detail ?? ''))
        return limited(tools, words('forbidden: used up or limited'));
      return unexpected(tools, request, reply);
    default:
      return unexpected(tools, request, reply);
  }
}

export function unkey(place: Place = {}): Service {
  const { api = 'https://api.unkey.com', internal = false } = place;
  /** SHA-256 of keys that the operator's root key has found in this run. */
  const found = new Set<string>();
  const mark = (secret: Secret) => createHash('sha256').update(reveal(secret), 'utf8').digest('hex');

  function call(path: string, root: Secret, body: Readonly<Record<string, unknown>>): IssuerRequest {
    const headers = { ...JSON_BODY, ...bearer(root) };
    return {
      method: 'POST',
      url: `${api}/v2/${path}`,
      headers,
      body: JSON.stringify(body),
      what: `POST /v2/${path}`,
    };
  }

  async function checkRoot(secret: Secret, tools: Tools): Promise<Verdict> {
    const request = call('keys.verifyKey', secret, { key: NOBODY });
    const reply = await tools.ask(request);
    if (reply.kind === 'unanswered') return silent(tools, reply);
    if (reply.status !== 200) return ofRootKey(tools, request, reply);
    return verified.safeParse(reply.json).success
      ? alive(tools, seen(request, reply, 'the root key may ask'))
      : unexpected(tools, request, reply);
  }

  const noRoot = `the root key of its workspace is needed in ${ROOT}`;
  function badRoot(tools: Tools, request: IssuerRequest, reply: Answered): Unknown {
    return unknown(
      tools,
      'not-configured',
      `${request.what}: ${reply.status}: ${ROOT} is not accepted or lacks the permission`,
    );
  }

  async function checkCustomer(secret: Secret, tools: Tools): Promise<Verdict> {
    const root = tools.credential(ROOT);
    if (!root) return unknown(tools, 'not-configured', noRoot);
    const request = call('keys.verifyKey', root, { key: reveal(secret), credits: { cost: 0 } });
    const reply = await tools.ask(request);
    if (reply.kind === 'unanswered') return silent(tools, reply);
    // A refusal here is about the root key that asks, never about the key that leaked.
    if (reply.status !== 200)
      return failed.safeParse(reply.json).success
        ? badRoot(tools, request, reply)
        : unexpected(tools, request, reply);
    const data = verified.safeParse(reply.json).data?.data;
    if (!data) return unexpected(tools, request, reply);
    const known = found.has(mark(secret));
    if (data.code !== 'NOT_FOUND') found.add(mark(secret));
    const words = seen(request, reply, /^[A-Z_]{1,40}$/.test(data.code) ? data.code : 'with a code');
    switch (data.code) {
      case 'VALID':
        return data.valid ? alive(tools, words) : unexpected(tools, request, reply);
      case 'DISABLED':
        return dead(tools, 'disabled', words);
      case 'EXPIRED':
        return dead(tools, 'expired', words);
      case 'FORBIDDEN': // an address that is not on its list
      case 'INSUFFICIENT_PERMISSIONS':
      case 'USAGE_EXCEEDED':
      case 'RATE_LIMITED':
        return limited(tools, words);
      case 'NOT_FOUND':
        return known
          ? dead(tools, 'revoked', `${words}, and it was there before`)
          : unknown(
              tools,
              'not-discriminating',
              `${words}: deleted, or of a workspace or keyspace that ${ROOT} may not see`,
            );
      default:
        return unexpected(tools, request, reply);
    }
  }

  async function identify(
    secret: Secret,
    root: Secret,
    tools: Tools,
  ): Promise<z.infer<typeof who>['data'] | RevokeReply> {
    const request = call('keys.whoami', root, { key: reveal(secret) });
    const reply = await tools.ask(request);
    if (reply.kind === 'unanswered') return notDone(reply);
    const data = reply.status === 200 ? who.safeParse(reply.json).data?.data : undefined;
    if (data) {
      found.add(mark(secret));
      return data;
    }
    const tail = tailOf(failed.safeParse(reply.json).data?.error.type ?? '');
    const gone = reply.status === 404 && tail === 'data/key_not_found' && found.has(mark(secret));
    return gone
      ? { outcome: 'already-dead', note: seen(request, reply, 'key_not_found') }
      : refused(request, reply);
  }

  async function change(
    secret: Secret,
    tools: Tools,
    path: string,
    body: Readonly<Record<string, unknown>>,
  ): Promise<RevokeReply> {
    const steps = byHand({ preview: secret.preview });
    if (isRoot(secret))
      return { outcome: 'manual', note: 'no call of the API lists, disables or deletes root keys', steps };
    const root = tools.credential(ROOT);
    if (!root) return { outcome: 'manual', note: noRoot, steps };
    const key = await identify(secret, root, tools);
    if ('outcome' in key) return key;
    const request = call(path, root, { keyId: key.keyId, ...body });
    const reply = await tools.ask(request);
    if (reply.kind === 'unanswered') return notDone(reply);
    const ok = reply.status === 200 && done.safeParse(reply.json).success;
    return ok ? { outcome: 'accepted', note: seen(request, reply, 'done') } : refused(request, reply);
  }

  async function asked({ secret }: Key, tools: Tools) {
    const root = isRoot(secret) ? undefined : tools.credential(ROOT);
    if (!root) return undefined;
    const key = await identify(secret, root, tools);
    return 'outcome' in key ? undefined : key;
  }

  const byHand = ({ preview }: { preview: string }) => [
    `A root key (unkey_…): sign in at https://app.unkey.com, open Settings > Root Keys, find ${preview}, and choose Delete, or Rotate with immediate revocation.`,
    `A customer key: find it in its keyspace in the dashboard and disable or delete it; or set ${ROOT} and let keyburn do it.`,
    'Read the audit log of the workspace for what the key was used for.',
  ];

  return {
    id: 'unkey',
    name: 'Unkey',
    docs: DOCS,
    asks: {
      UNKEY_ROOT_KEY:
        'a root key of the key’s own workspace that may verify, read, update and delete keys: Unkey dashboard, Settings, Root Keys',
    },
    hosts: [new URL(api).host],
    internal,
    // Most workspaces have no limit; the documentation's example is 100 in 10 s.
    rate: { requests: 5, perMs: 1_000, concurrency: 2 },
    // updateKey takes up to 30 s to reach every region.
    settlesInMs: 45_000,
    check: ({ secret }, tools) => (isRoot(secret) ? checkRoot(secret, tools) : checkCustomer(secret, tools)),
    owner: async (key, tools) => {
      const data = await asked(key, tools);
      const account = data?.identity?.externalId ?? data?.name;
      return account ? { account } : undefined;
    },
    usage: async (key, tools) => {
      const data = await asked(key, tools);
      return data?.lastUsedAt
        ? { lastUsed: new Date(data.lastUsedAt).toISOString(), note: 'to within 5 minutes' }
        : undefined;
    },
    contain: (order, tools) => change(order.secret, tools, 'keys.updateKey', { enabled: false }),
    restore: ({ secret }, tools) => change(secret, tools, 'keys.updateKey', { enabled: true }),
    // Soft: the row and its audit trail stay.
    revoke: (order, tools) => change(order.secret, tools, 'keys.deleteKey', { permanent: false }),
    byHand,
    explain: explainUnkey,
  };
}
