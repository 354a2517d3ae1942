// What an issuer's answers mean, as its operator describes them (or as RFC 7662 does). A refusal whose words say that no key
// arrived is a fault of the description, not a dead key.

import type { Verdict } from '../model/index.ts';
import { reveal } from '../model/reveal.ts';
import {
  alive,
  bearer,
  dead,
  isHtml,
  limited,
  seen,
  silent,
  throttled,
  unexpected,
  unknown,
} from './answer.ts';
import { challenges } from './challenge.ts';
import { at, basic, carrying, FORM, valueAt } from './operator-call.ts';
import type { OperatorService } from './operator-schema.ts';
import type { IssuerReply, IssuerRequest, Key, Tools } from './service.ts';
import { textsOf, wordOf } from './words.ts';

type Answered = Extract<IssuerReply, { kind: 'answered' }>;
type Meaning = NonNullable<OperatorService['check']>['means'][string];
const USUAL: Readonly<Record<string, Meaning>> = { 200: 'live', 401: 'dead', 403: 'limited' };

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

export function checkOf(service: OperatorService, check: NonNullable<OperatorService['check']>) {
  const means: Readonly<Record<string, Meaning>> = { ...USUAL, ...check.means };
  return async ({ secret }: Key, tools: Tools): Promise<Verdict> => {
    const request = carrying(service, check, { secret });
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
/** RFC 7662: "active" is all that it says, and never why not. */
export function introspectionOf(
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
