// Burning a token at an operator's own issuer by RFC 7009, and the steps for a person.

import type { Secret } from '../model/index.ts';
import { reveal } from '../model/reveal.ts';
import { isHtml, notDone, refused, seen } from './answer.ts';
import { at, basic, FORM } from './operator-call.ts';
import type { OperatorService } from './operator-schema.ts';
import type { IssuerRequest, RevokeReply, Tools } from './service.ts';

type ByRfc7009 = Extract<NonNullable<OperatorService['revoke']>, { kind: 'rfc7009' }>;

export function revocationOf(service: OperatorService, how: ByRfc7009) {
  return async (order: { readonly secret: Secret }, tools: Tools): Promise<RevokeReply> => {
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
