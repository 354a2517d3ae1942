// Burning a key at an operator's own issuer: by RFC 7009, or with one call that carries the key itself.

import type { Secret } from '../model/index.ts';
import { reveal } from '../model/reveal.ts';
import { isHtml, notDone, refused, seen } from './answer.ts';
import { at, basic, carrying, FORM } from './operator-call.ts';
import type { OperatorService } from './operator-schema.ts';
import type { IssuerRequest, RevokeReply, Tools } from './service.ts';

export function revocationOf(service: OperatorService, how: NonNullable<OperatorService['revoke']>) {
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
      ...(how['client-id'] && { client_id: how['client-id'] }),
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

export function stepsOf(service: OperatorService, preview: string): readonly string[] {
  if (service['by-hand'].length > 0) return service['by-hand'];
  return [`Revoke ${preview} at ${service.name}: ${service.docs}`];
}
