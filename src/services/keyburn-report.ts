// A leak report to an issuer that speaks the open contract and shares a signing secret with this scanner: by the key's hash, signed
// after Standard Webhooks, so no key travels and no root key is needed. A report makes its issuer burn the key: it is an order like any
// other, armed, decided, on record before, and proved after.

import { createHash, createHmac } from 'node:crypto';
import { z } from 'zod';
import type { RevokeOrder, Secret } from '../model/index.ts';
import { reveal } from '../model/reveal.ts';
import { JSON_BODY, notDone, refused, seen } from './answer.ts';
import type { IssuerRequest, RevokeReply, Tools } from './service.ts';

/** The specification asks for 24 bytes or more. */
const SHORTEST_SECRET = 24;
const PATH = '/v1/leaks/keyburn';

const taken = z.object({
  results: z.array(z.object({ sha256: z.string(), known: z.union([z.boolean(), z.literal('unknown')]) })),
});

export interface ReportTo {
  /** Where the issuer stands, without a slash at the end. */
  readonly base: string;
  /** What both sides sign with. */
  readonly shared: Secret;
  /** The name that the operator gave it, for people. */
  readonly name: string;
  readonly foundAt: Readonly<Record<string, unknown>>;
}

/** The same bytes of an id for every try at this key, so that the issuer can tell repeats. */
function messageOf({ service, id }: RevokeOrder): string {
  return `msg_${createHash('sha256').update(`${service} ${id}`).digest('hex').slice(0, 32)}`;
}

export async function report(order: RevokeOrder, to: ReportTo, tools: Tools): Promise<RevokeReply> {
  const { base, shared, name, foundAt } = to;
  const text = reveal(shared);
  const key = text.startsWith('whsec_') ? Buffer.from(text.slice(6), 'base64') : Buffer.from(text, 'utf8');
  if (key.length < SHORTEST_SECRET)
    return { outcome: 'refused', note: `${name} is shorter than ${SHORTEST_SECRET} bytes: nothing was sent` };
  const sha256 = createHash('sha256').update(reveal(order.secret), 'utf8').digest('hex');
  const foundTime = tools.now().toISOString();
  const body = JSON.stringify({ reports: [{ sha256, foundAt, foundTime }] });
  const id = messageOf(order);
  const timestamp = String(Math.floor(tools.now().getTime() / 1000));
  const signature = createHmac('sha256', key).update(`${id}.${timestamp}.${body}`).digest('base64');
  const request: IssuerRequest = {
    method: 'POST',
    url: `${base}${PATH}`,
    headers: {
      ...JSON_BODY,
      'webhook-id': id,
      'webhook-timestamp': timestamp,
      'webhook-signature': `v1,${signature}`,
    },
    body,
    what: `POST ${PATH}`,
  };
  const reply = await tools.ask(request);
  if (reply.kind === 'unanswered') return notDone(reply);
  if (reply.status === 401)
    return { outcome: 'refused', note: seen(request, reply, `it does not accept what ${name} signs`) };
  const told = reply.status === 200 ? taken.safeParse(reply.json).data : undefined;
  const mine = told?.results.find((one) => one.sha256.toLowerCase() === sha256);
  if (!mine) return refused(request, reply);
  return mine.known === false
    ? { outcome: 'refused', note: seen(request, reply, 'reported by hash, and it is no key of theirs') }
    : { outcome: 'accepted', note: seen(request, reply, 'reported by hash') };
}
