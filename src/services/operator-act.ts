// Orders at an operator's own issuer: the issuer tells the key's id where the order needs one, then one call. Where it does not tell
// for certain, nothing is touched and a person decides.

import { z } from 'zod';
import type { Secret } from '../model/index.ts';
import { isHtml, notDone, refused, seen } from './answer.ts';
import { rowByHint } from './by-admin.ts';
import { complete } from './match.ts';
import { carrying, valueAt } from './operator-call.ts';
import { stepsOf } from './operator-revoke.ts';
import type { OperatorAct, OperatorLookup, OperatorService } from './operator-schema.ts';
import type { RevokeReply, Tools } from './service.ts';

type Subject = { readonly secret: Secret };

/** An id that may stand in a path or a body. */
function idIn(json: unknown, path: string): string | undefined {
  const value = valueAt(json, path);
  const text = typeof value === 'number' ? String(value) : value;
  return typeof text === 'string' && /^[\w.:@~+/=-]{1,200}$/.test(text) ? text : undefined;
}

/** The operator's own credential; a string says that it is missing. */
function ownOf(name: string | undefined, tools: Tools, what: string): Secret | string | undefined {
  if (name === undefined) return undefined;
  return tools.credential(name) ?? `${what} needs ${name}`;
}

/** The leaked key's own id, or why there is none. */
async function identify(
  service: OperatorService,
  lookup: OperatorLookup,
  secret: Secret,
  tools: Tools,
): Promise<{ readonly id: string } | RevokeReply | string> {
  const own = ownOf(lookup.credential, tools, 'the lookup');
  if (typeof own === 'string') return own;
  const request = carrying(service, lookup, { secret }, own);
  const reply = await tools.ask(request);
  if (reply.kind === 'unanswered') return notDone(reply);
  if (reply.status !== 200 || isHtml(reply))
    return `${request.what}: ${reply.status}: it does not tell the key’s id`;
  const { rows, shows } = lookup;
  const unsure = `${request.what}: no single key is this one for certain, so none was touched`;
  let holder: unknown = reply.json;
  if (rows !== undefined) {
    const list = rows === '.' ? reply.json : valueAt(reply.json, rows);
    const objects = z.array(z.looseObject({})).safeParse(list).data;
    // A further page could hold another key that fits.
    if (!objects || !complete(reply.json, objects.length))
      return `${request.what}: ${reply.status}: not a whole list of keys`;
    const found = await rowByHint(secret, service.prefix ?? '', Promise.resolve(objects), (row) => {
      const hint = valueAt(row, shows ?? '');
      return typeof hint === 'string' ? hint : '';
    });
    if (typeof found === 'string' || 'outcome' in found) return unsure;
    holder = found;
  }
  const id = idIn(holder, lookup.id);
  return id === undefined ? unsure : { id };
}

/** `contain`, `restore` and `revoke` by plain HTTP. */
export function actOf(service: OperatorService, act: OperatorAct, word: string) {
  const { lookup } = service;
  const needsId = act.url.includes('{id}') || (JSON.stringify(act.json) ?? '').includes('{id}');
  return async ({ secret }: Subject, tools: Tools): Promise<RevokeReply> => {
    const steps = stepsOf(service, secret.preview);
    const own = ownOf(act.credential, tools, word);
    if (typeof own === 'string') return { outcome: 'manual', note: own, steps };
    let id: string | undefined;
    if (needsId && lookup) {
      const found = await identify(service, lookup, secret, tools);
      if (typeof found === 'string') return { outcome: 'manual', note: found, steps };
      if ('outcome' in found) return found;
      ({ id } = found);
    }
    const request = carrying(service, act, { secret, ...(id !== undefined && { id }) }, own);
    const reply = await tools.ask(request);
    if (reply.kind === 'unanswered') return notDone(reply);
    if (isHtml(reply)) return refused(request, reply);
    if (act.done.includes(String(reply.status)))
      return { outcome: 'accepted', note: seen(request, reply, 'accepted') };
    return act.already.includes(String(reply.status))
      ? { outcome: 'already-dead', note: seen(request, reply, 'gone before') }
      : refused(request, reply);
  };
}
