// keyburn's own key service, and every issuer that implements the same open contract. Where it stands is the
// operator's word (keyburn.toml or KEYBURN_SERVICE_URL): without it nobody is asked. With the root key a key is named
// by the id that the service itself gives for its SHA-256, so the leaked characters do not travel again; without one its leak receiver
// is told the hash, where a signing secret is shared with it; else whoever holds the leaked key may burn it.

import { createHash } from 'node:crypto';
import { z } from 'zod';
import type { RevokeOrder, Secret, Verdict } from '../model/index.ts';
import { SetupError } from '../model/index.ts';
import { reveal } from '../model/reveal.ts';
import {
  alive,
  bearer,
  dead,
  JSON_BODY,
  limited,
  notDone,
  refused,
  seen,
  silent,
  unexpected,
  unknown,
} from './answer.ts';
import { codeOf, explainKeyburn, isForbidden } from './keyburn-errors.ts';
import { report } from './keyburn-report.ts';
import { checkedStory, problemStory } from './keyburn-story.ts';
import type { IssuerReply, IssuerRequest, Key, RevokeReply, Service, Tools } from './service.ts';

/** The form of its refusals, for as long as nobody said where the service stands. */
const RFC = 'https://www.rfc-editor.org/rfc/rfc9457';

const whoami = z.object({
  keyId: z.string().min(1),
  name: z.string().nullish(),
  environment: z.enum(['live', 'test']).optional(),
  owner: z.string().nullish(),
  lastUsedAt: z.string().nullish(),
});
const listed = z.object({ keys: z.array(z.unknown()) });
const checked = z.object({ keyId: z.string().regex(/^[\w-]{1,100}$/), state: z.string() });
const stateOnly = z.object({
  state: z.enum(['live', 'expired', 'disabled', 'revoked', 'unknown']),
  environment: z.enum(['live', 'test']).optional(),
});
const owned = z.object({ keyId: z.string(), owner: z.string().nullable() });
const used = z.object({ keyId: z.string(), lastUsedAt: z.string().nullable() });
/** An issuer that offers no check by hash. */
const NOT_OFFERED = [401, 403, 404, 405, 501];
const changed = z.object({ keyId: z.string(), state: z.string(), changed: z.boolean().optional() });
/** What each `code` of a refusal means for the key. */
const STATE: Readonly<Record<string, 'rejected' | 'expired' | 'disabled' | 'revoked'>> = {
  malformed_key: 'rejected',
  unknown_key: 'rejected',
  expired_key: 'expired',
  disabled_key: 'disabled',
  revoked_key: 'revoked',
};

/** A root key of the embedded service opens nothing but the management of keys, and only its operator can replace it. */
function isRoot(secret: Secret): boolean {
  return reveal(secret).startsWith('kbk_root_');
}

function sha256Of(secret: Secret): string {
  return createHash('sha256').update(reveal(secret), 'utf8').digest('hex');
}

const ROOT_STEPS = [
  'Stop the key service, set a new root key in KEYBURN_ROOT_KEY, and start it again: the old one is dead from then on.',
  'Look through GET /v1/keys and its history for keys that were made or stopped with the old one.',
] as const;
const ROOT_REPLY = {
  outcome: 'manual',
  note: 'a root key is replaced by its operator',
  steps: ROOT_STEPS,
} as const;

/** What the revoked key's next call will be told. The path of a checkout on this machine is nobody else's business. */
function placeOf({ place, exposure }: RevokeOrder) {
  const { url, path, commit, line } = place;
  return { ...(url && { url }), path, ...(commit && { commit }), line, exposure };
}

function cause(order: RevokeOrder, now: Date): string {
  return JSON.stringify({ cause: 'leaked', foundAt: placeOf(order), foundTime: now.toISOString() });
}

/** Names of credentials: what a name is left out for is not there. */
interface Names {
  /** Holds the root key. */
  readonly root?: string;
  /** Holds the secret that is shared with the leak receiver. */
  readonly report?: string;
}

const OWN: Names = { root: 'KEYBURN_ROOT_KEY', report: 'KEYBURN_REPORT_SECRET' };

/** @param place `url`: where the service stands, as the operator gives it */
export function keyburn(place: { readonly url?: string | undefined; readonly names?: Names } = {}): Service {
  const { root: ROOT, report: REPORT } = place.names ?? OWN;
  const rootOf = (tools: Tools): Secret | undefined =>
    ROOT === undefined ? undefined : tools.credential(ROOT);
  const base = place.url?.replace(/\/+$/, '');
  if (base !== undefined && !/^https?:$/.test(URL.parse(base)?.protocol ?? '')) {
    throw new SetupError('the address of the key service is no web address', {
      hint: 'set KEYBURN_SERVICE_URL, or service_url in keyburn.toml, to something like https://keys.example.com',
    });
  }

  function call(
    method: 'GET' | 'POST',
    path: string,
    key: Secret,
    body?: string,
    what = path,
  ): IssuerRequest {
    const headers = { ...(body === undefined ? { accept: 'application/json' } : JSON_BODY), ...bearer(key) };
    return {
      method,
      url: `${base}${path}`,
      headers,
      ...(body !== undefined && { body }),
      what: `${method} ${what}`,
    };
  }

  const notConfigured = {
    outcome: 'refused',
    note: 'nobody said where the key service stands: set KEYBURN_SERVICE_URL',
  } as const;

  /** Undefined where the issuer offers no such check. */
  async function checkByHash(secret: Secret, tools: Tools): Promise<Verdict | undefined> {
    const request: IssuerRequest = {
      method: 'POST',
      url: `${base}/v1/check`,
      headers: JSON_BODY,
      body: JSON.stringify({ sha256: sha256Of(secret) }),
      what: 'POST /v1/check',
    };
    const reply = await tools.ask(request);
    if (reply.kind === 'unanswered') return silent(tools, reply);
    const told = reply.status === 200 ? stateOnly.safeParse(reply.json).data : undefined;
    if (!told) return NOT_OFFERED.includes(reply.status) ? undefined : unexpected(tools, request, reply);
    const words = seen(request, reply, `${told.state}, asked by hash`);
    switch (told.state) {
      case 'live':
        return alive(tools, words, told.environment);
      case 'expired':
      case 'disabled':
      case 'revoked':
        return dead(tools, told.state, words);
      case 'unknown':
        return dead(tools, 'rejected', words);
    }
  }

  async function check({ secret }: Key, tools: Tools): Promise<Verdict> {
    if (!base) return unknown(tools, 'not-configured', notConfigured.note);
    const told = isRoot(secret) ? undefined : await checkByHash(secret, tools);
    if (told) return told;
    const request = isRoot(secret)
      ? call('GET', '/v1/keys?limit=1', secret, undefined, '/v1/keys')
      : call('GET', '/v1/whoami', secret);
    const reply = await tools.ask(request);
    if (reply.kind === 'unanswered') return silent(tools, reply);
    if (isRoot(secret) && reply.status === 200 && listed.safeParse(reply.json).success) {
      return alive(tools, seen(request, reply, 'the root key may list keys'), 'live');
    }
    const who = isRoot(secret) ? undefined : whoami.safeParse(reply.json).data;
    if (reply.status === 200 && who)
      return alive(tools, seen(request, reply, 'with a key id'), who.environment);
    const code = codeOf(reply) ?? '';
    if (reply.status === 403 && isForbidden(code)) return limited(tools, seen(request, reply, code));
    const state = Object.hasOwn(STATE, code) ? STATE[code] : undefined;
    if (reply.status === 401 && state) return dead(tools, state, seen(request, reply, code));
    return unexpected(tools, request, reply);
  }

  /** By the root key and the id; else from the key itself, which only a live one can tell. */
  async function about<T>(
    what: 'owner' | 'usage',
    schema: z.ZodType<T>,
    { secret }: Key,
    tools: Tools,
  ): Promise<T | z.infer<typeof whoami> | undefined> {
    if (!base || isRoot(secret)) return undefined;
    const root = rootOf(tools);
    const found = root && (await identify(secret, root, tools));
    if (root && found && !('outcome' in found)) {
      const path = `/v1/keys/${found.keyId}/${what}`;
      const reply = await tools.ask(call('GET', path, root, undefined, `/v1/keys/{id}/${what}`));
      return reply.kind === 'answered' && reply.status === 200
        ? schema.safeParse(reply.json).data
        : undefined;
    }
    const reply = await tools.ask(call('GET', '/v1/whoami', secret));
    return reply.kind === 'answered' && reply.status === 200 ? whoami.safeParse(reply.json).data : undefined;
  }

  async function askByHash(secret: Secret, root: Secret, tools: Tools) {
    const request = call('POST', '/v1/keys/check', root, JSON.stringify({ sha256: sha256Of(secret) }));
    return { request, reply: await tools.ask(request) };
  }

  /** The id that provably is this key's, from the service itself; or a reply that ends the matter. */
  async function identify(
    secret: Secret,
    root: Secret,
    tools: Tools,
  ): Promise<z.infer<typeof checked> | RevokeReply> {
    const { request, reply } = await askByHash(secret, root, tools);
    if (reply.kind === 'unanswered') return notDone(reply);
    const found = checked.safeParse(reply.json).data;
    return reply.status === 200 && found ? found : refused(request, reply);
  }

  function outcome(request: IssuerRequest, reply: IssuerReply, words: string): RevokeReply {
    if (reply.kind === 'unanswered') return notDone(reply);
    const gone = codeOf(reply);
    if (
      (reply.status === 401 && gone === 'revoked_key') ||
      (reply.status === 409 && gone === 'key_is_revoked')
    ) {
      return { outcome: 'already-dead', note: seen(request, reply, 'revoked before') };
    }
    const done = reply.status === 200 ? changed.safeParse(reply.json).data : undefined;
    if (!done) return refused(request, reply);
    const before = done.changed === false && done.state === 'revoked';
    return before
      ? { outcome: 'already-dead', note: seen(request, reply, 'revoked before') }
      : { outcome: 'accepted', note: seen(request, reply, words) };
  }

  async function change(
    act: 'disable' | 'restore' | 'revoke',
    secret: Secret,
    body: string,
    tools: Tools,
  ): Promise<RevokeReply> {
    if (!base) return notConfigured;
    if (isRoot(secret)) return ROOT_REPLY;
    const root = rootOf(tools);
    if (!root)
      return {
        outcome: 'manual',
        note: ROOT === undefined ? `${act} needs a root key` : `${act} needs the root key in ${ROOT}`,
        steps: byHand({ preview: secret.preview }),
      };
    const found = await identify(secret, root, tools);
    if ('outcome' in found) return found;
    if (found.state === 'revoked')
      return { outcome: 'already-dead', note: 'POST /v1/keys/check: revoked before' };
    const request = call('POST', `/v1/keys/${found.keyId}/${act}`, root, body, `/v1/keys/{id}/${act}`);
    return outcome(request, await tools.ask(request), `${act} by id`);
  }

  async function bySelf(order: RevokeOrder, tools: Tools): Promise<RevokeReply> {
    const request = call('POST', '/v1/keys/revoke-self', order.secret, cause(order, tools.now()));
    return outcome(request, await tools.ask(request), 'revoked by the key itself');
  }

  /** Without the root key: by the shared secret, which shows nobody the key; else, or where that is refused, by the key itself. */
  async function withoutRoot(order: RevokeOrder, tools: Tools): Promise<RevokeReply> {
    const shared = REPORT === undefined ? undefined : tools.credential(REPORT);
    if (!base || !shared || REPORT === undefined) return bySelf(order, tools);
    const reply = await report(order, { base, shared, name: REPORT, foundAt: placeOf(order) }, tools);
    if (reply.outcome !== 'refused') return reply;
    const self = await bySelf(order, tools);
    return self.outcome === 'refused' ? { ...self, note: `${reply.note}; ${self.note}` } : self;
  }

  const byHand = ({ preview }: { preview: string }) => [
    `Ask the operator of ${base ?? 'the key service'} for the id of ${preview}: GET /v1/keys with the root key lists ids and previews.`,
    // On standard input (curl: `-H @-`), because whoever is on the machine reads a program's arguments in `ps`.
    `printf 'Authorization: Bearer %s' "$${ROOT ?? 'ROOT_KEY'}" | curl -X POST -H @- -H 'content-type: application/json' -d '{"cause":"leaked"}' ${base ?? '$KEYBURN_SERVICE_URL'}/v1/keys/KEY_ID/revoke`,
  ];

  return {
    id: 'keyburn',
    name: 'keyburn key service',
    docs: base ? `${base}/openapi.json` : RFC,
    asks: {
      ...(ROOT !== undefined && {
        [ROOT]: 'the root key of the key service: what its operator started it with',
      }),
      ...(REPORT !== undefined && {
        [REPORT]:
          'instead of the root key: the secret that its leak receiver shares with scanners ([receiver.scanner] of its operator), for reports by hash',
      }),
    },
    hosts: base ? [new URL(base).host] : [],
    internal: true, // the operator named the host
    rate: { requests: 50, perMs: 1_000, concurrency: 4 },
    check,
    owner: async (key, tools) => {
      const who = await about('owner', owned, key, tools);
      return who?.owner
        ? { account: who.owner, ...(who.owner.includes('@') && { email: who.owner }) }
        : undefined;
    },
    usage: async (key, tools) => {
      const who = await about('usage', used, key, tools);
      return who?.lastUsedAt ? { lastUsed: who.lastUsedAt } : undefined;
    },
    story: async ({ secret }, tools) => {
      if (!base || isRoot(secret)) return undefined;
      const root = rootOf(tools);
      const told = root && checkedStory((await askByHash(secret, root, tools)).reply);
      return told ?? problemStory(await tools.ask(call('GET', '/v1/whoami', secret)));
    },
    contain: (order, tools) => change('disable', order.secret, cause(order, tools.now()), tools),
    restore: ({ secret }, tools) => change('restore', secret, '{}', tools),
    revoke: async (order, tools) => {
      if (!base) return notConfigured;
      if (isRoot(order.secret)) return ROOT_REPLY;
      if (!rootOf(tools)) return withoutRoot(order, tools);
      const reply = await change('revoke', order.secret, cause(order, tools.now()), tools);
      // A root key of another service, or a key that it does not know: the leaked key still may speak for itself.
      return reply.outcome === 'refused' ? withoutRoot(order, tools) : reply;
    },
    byHand,
    explain: explainKeyburn,
  };
}
