// An issuer that an operator describes in keyburn.toml. Nobody here has read its documentation, so its `live` is believed
// only after a random key was refused (control), and a refusal whose words say that no key arrived is a fault of the
// description, not a dead key.

import type { Secret, Verdict } from '../model/index.ts';
import { SetupError } from '../model/index.ts';
import { reveal } from '../model/reveal.ts';
import {
  alive,
  bearer,
  dead,
  isHtml,
  JSON_BODY,
  limited,
  notDone,
  refused,
  seen,
  silent,
  throttled,
  unexpected,
  unknown,
} from './answer.ts';
import { challenges } from './challenge.ts';
import { hostsOf, type OperatorService, operatorServiceSchema } from './operator-schema.ts';
import type { IssuerReply, IssuerRequest, Key, RevokeReply, Service, Tools } from './service.ts';
import { textsOf, wordOf } from './words.ts';

type Answered = Extract<IssuerReply, { kind: 'answered' }>;
type Meaning = NonNullable<OperatorService['check']>['means'][string];

const FORM = { 'content-type': 'application/x-www-form-urlencoded', accept: 'application/json' } as const;
const USUAL: Readonly<Record<string, Meaning>> = { 200: 'live', 401: 'dead', 403: 'limited' };

/** The address, and what may be printed of it: no query. */
function at(
  service: OperatorService,
  method: IssuerRequest['method'],
  url: string,
): { url: URL; what: string } {
  const made = new URL(url, service.base);
  return { url: made, what: `${method} ${made.pathname}` };
}

/** A request with the key where it travels. */
function carrying(
  service: OperatorService,
  secret: Secret,
  method: IssuerRequest['method'],
  path: string,
  more: Readonly<Record<string, string>>,
  json: unknown,
): IssuerRequest {
  const { url, what } = at(service, method, path);
  const headers: Record<string, string> = {
    ...(json === undefined ? { accept: 'application/json' } : JSON_BODY),
    ...more,
  };
  const value = reveal(secret);
  switch (service.key.in) {
    case 'bearer':
      Object.assign(headers, bearer(secret));
      break;
    case 'header':
      headers[service.key.name] = service.key.scheme === undefined ? value : `${service.key.scheme} ${value}`;
      break;
    case 'query':
      url.searchParams.set(service.key.name, value);
      break;
    case 'cookie':
      headers.cookie = `${service.key.name}=${/^[\w!#$%&'()*+./:<=>?@[\]^`{|}~-]*$/.test(value) ? value : encodeURIComponent(value)}`;
      break;
  }
  return { method, url: url.href, headers, what, ...(json !== undefined && { body: JSON.stringify(json) }) };
}

function valueAt(json: unknown, path: string): unknown {
  let value = json;
  for (const name of path.split('.')) {
    if (typeof value !== 'object' || value === null || !Object.hasOwn(value, name)) return undefined;
    value = (value as Readonly<Record<string, unknown>>)[name];
  }
  return value;
}

/** An affirmative body: what it must show is there; or, where nothing is asked for, JSON that holds something and no error. */
function affirms(json: unknown, shows: readonly string[]): boolean {
  if (shows.length > 0)
    return shows.every((path) => ![undefined, null, '', false].includes(valueAt(json, path) as null));
  if (typeof json !== 'object' || json === null || Object.keys(json).length === 0) return false;
  const { error, errors, ok, success } = json as Readonly<Record<string, unknown>>;
  return !error && !(Array.isArray(errors) && errors.length > 0) && ok !== false && success !== false;
}

/** What a refusal means, from the words that came with it. */
function refine(tools: Tools, request: IssuerRequest, reply: Answered): Verdict {
  const list = challenges(reply.headers['www-authenticate']);
  const errors = list.map(({ params }) => params.error);
  if (errors.includes('insufficient_scope'))
    return limited(tools, seen(request, reply, 'insufficient_scope'));
  const word = wordOf([...list.map(({ params }) => params.error_description ?? ''), ...textsOf(reply)]);
  switch (word) {
    case 'expired':
    case 'disabled':
    case 'revoked':
      return dead(tools, word, seen(request, reply, word));
    case 'throttled':
      return throttled(tools, request, reply);
    case 'missing':
      return unknown(
        tools,
        'unexpected-reply',
        `${request.what}: ${reply.status}: the issuer saw no key; check "key" of the service`,
      );
    case 'malformed':
    case 'forbidden':
    case 'rejected':
    case 'dead':
    case 'unclear':
    case undefined:
      return dead(tools, 'rejected', seen(request, reply, 'refused'));
  }
}

function checkOf(service: OperatorService, check: NonNullable<OperatorService['check']>) {
  const means: Readonly<Record<string, Meaning>> = { ...USUAL, ...check.means };
  return async ({ secret }: Key, tools: Tools): Promise<Verdict> => {
    const request = carrying(service, secret, check.method, check.url, check.headers, check.json);
    const reply = await tools.ask(request);
    if (reply.kind === 'unanswered') return silent(tools, reply);
    if (isHtml(reply)) return unexpected(tools, request, reply);
    const meaning = means[String(reply.status)] ?? 'unknown';
    switch (meaning) {
      case 'live': {
        const nothing = reply.status === 204 && check.shows.length === 0;
        return nothing || affirms(reply.json, check.shows)
          ? alive(tools, seen(request, reply, 'accepted'))
          : unexpected(tools, request, reply);
      }
      case 'limited':
        return limited(tools, seen(request, reply, 'authenticates, but may not do this'));
      case 'dead':
        return refine(tools, request, reply);
      case 'expired':
      case 'disabled':
      case 'revoked':
      case 'rejected':
        return dead(tools, meaning, seen(request, reply, meaning));
      case 'unknown':
        return unexpected(tools, request, reply);
    }
  };
}

function basic(secret: Secret): { readonly authorization: string } {
  return { authorization: `Basic ${Buffer.from(reveal(secret), 'utf8').toString('base64')}` };
}

/** RFC 7662: "active" is all that it says, and never why not. */
function introspectionOf(
  service: OperatorService,
  introspection: NonNullable<OperatorService['introspection']>,
) {
  return async ({ secret }: Key, tools: Tools): Promise<Verdict> => {
    const own = tools.credential(introspection.credential);
    if (!own) return unknown(tools, 'not-configured', `introspection needs ${introspection.credential}`);
    const { url, what } = at(service, 'POST', introspection.url);
    const headers = { ...FORM, ...(introspection.as === 'basic' ? basic(own) : bearer(own)) };
    const request: IssuerRequest = {
      method: 'POST',
      url: url.href,
      headers,
      body: new URLSearchParams({ token: reveal(secret) }).toString(),
      what,
    };
    const reply = await tools.ask(request);
    if (reply.kind === 'unanswered') return silent(tools, reply);
    if (reply.status === 401 || reply.status === 403)
      return unknown(
        tools,
        'not-configured',
        `${what}: ${reply.status}: ${introspection.credential} is not accepted`,
      );
    const active = reply.status === 200 ? valueAt(reply.json, 'active') : undefined;
    if (active === true) return alive(tools, seen(request, reply, 'active'));
    return active === false
      ? dead(tools, 'rejected', seen(request, reply, 'not active'))
      : unexpected(tools, request, reply);
  };
}

function revocationOf(service: OperatorService, how: NonNullable<OperatorService['revoke']>) {
  return async (order: { readonly secret: Secret }, tools: Tools): Promise<RevokeReply> => {
    if (how.kind === 'http') {
      const request = carrying(service, order.secret, how.method, how.url, how.headers, how.json);
      const reply = await tools.ask(request);
      if (reply.kind === 'unanswered') return notDone(reply);
      if (isHtml(reply)) return refused(request, reply);
      if (how.done.includes(String(reply.status)))
        return { outcome: 'accepted', note: seen(request, reply, 'accepted') };
      return how.already.includes(String(reply.status))
        ? { outcome: 'already-dead', note: seen(request, reply, 'gone before') }
        : refused(request, reply);
    }
    const own = how.credential === undefined ? undefined : tools.credential(how.credential);
    if (how.credential !== undefined && !own) {
      return {
        outcome: 'manual',
        note: `revoking needs ${how.credential}`,
        steps: stepsOf(service, order.secret.preview),
      };
    }
    const { url, what } = at(service, 'POST', how.url);
    const form = new URLSearchParams({
      token: reveal(order.secret),
      ...(how.hint && { token_type_hint: how.hint }),
      ...(how.client_id && { client_id: how.client_id }),
    });
    const request: IssuerRequest = {
      method: 'POST',
      url: url.href,
      headers: { ...FORM, ...(own && basic(own)) },
      body: form.toString(),
      what,
    };
    const reply = await tools.ask(request);
    if (reply.kind === 'unanswered') return notDone(reply);
    // RFC 7009 2.2: 200 for an unknown token as well, so the proof is a second look.
    return reply.status === 200 && !isHtml(reply)
      ? { outcome: 'accepted', note: seen(request, reply, 'accepted (RFC 7009)') }
      : refused(request, reply);
  };
}

function stepsOf(service: OperatorService, preview: string): readonly string[] {
  if (service.by_hand.length > 0) return service.by_hand;
  return [`Revoke ${preview} at ${service.name}: ${service.docs}`];
}

function toService(service: OperatorService): Service {
  const { check, introspection, revoke } = service;
  return {
    id: service.id,
    name: service.name,
    docs: service.docs,
    hosts: hostsOf(service),
    internal: service.internal,
    rate: {
      requests: service.rate.requests,
      perMs: service.rate.per_ms,
      concurrency: service.rate.concurrency,
    },
    control: true,
    ...(check && { check: checkOf(service, check) }),
    ...(introspection && { check: introspectionOf(service, introspection) }),
    ...(revoke && { revoke: revocationOf(service, revoke) }),
    ...(service.settles_ms !== undefined && { settlesInMs: service.settles_ms }),
    ...(service.side_effect !== undefined && { sideEffect: service.side_effect }),
    byHand: ({ preview }) => stepsOf(service, preview),
  };
}

/**
 * The issuers of an operator's own file; all faults at once.
 * @param entries the `[[service]]` tables of keyburn.toml, parsed and not yet judged; undefined where there are none
 * @param taken ids of the services that keyburn knows itself
 */
export function operatorServices(
  entries: unknown,
  options: { readonly file?: string; readonly taken?: readonly string[] } = {},
): readonly Service[] {
  const { file = 'keyburn.toml', taken = [] } = options;
  if (entries === undefined) return [];
  if (!Array.isArray(entries))
    throw new SetupError(`${file}: service: must be a list of tables`, { hint: 'write [[service]]' });
  const faults: string[] = [];
  const good: Service[] = [];
  const seenIds = new Set(taken);
  for (const [n, entry] of entries.entries()) {
    const parsed = operatorServiceSchema.safeParse(entry);
    const id = valueAt(entry, 'id');
    const where = `${file}: service ${typeof id === 'string' && /^[\w-]{1,60}$/.test(id) ? id : n + 1}`;
    for (const { path, message } of parsed.error?.issues ?? [])
      faults.push(`${where}: ${path.map(String).join('.') || 'table'}: ${message}`);
    if (typeof id === 'string' && seenIds.has(id)) faults.push(`${where}: id: is taken`);
    if (typeof id === 'string') seenIds.add(id);
    if (parsed.success) good.push(toService(parsed.data));
  }
  if (faults.length > 0)
    throw new SetupError(faults.join('\n'), {
      hint: 'src/services/README.md describes every field of [[service]]',
    });
  return good;
}
