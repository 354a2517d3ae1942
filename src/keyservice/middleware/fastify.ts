// For Fastify: app.addHook('onRequest', keyGuard({ find, docs, newKey })); keyOf(request) is the key behind it. The types are
// those parts of Fastify that are used, so that neither Fastify nor its types need be there for anybody else.

import type { IncomingHttpHeaders } from 'node:http';
import { createJudge, type GuardOptions, headersOf, type KnownKey, queryOf } from './honest.ts';

export type { GuardOptions, KnownKey } from './honest.ts';

interface Request {
  readonly headers: IncomingHttpHeaders;
  readonly query: unknown;
}
interface Reply {
  code(status: number): unknown;
  headers(values: Record<string, string>): unknown;
  send(body: string): unknown;
}

const keys = new WeakMap<object, KnownKey>();

/** Lets live keys in, and answers all others honestly. */
export function keyGuard<K extends KnownKey>(options: GuardOptions<K>) {
  const judge = createJudge(options);
  return async (request: Request, reply: Reply): Promise<unknown> => {
    const judged = await judge(headersOf(request.headers), queryOf(request.query));
    if (judged.kind === 'refused') {
      reply.code(judged.status);
      reply.headers({ ...judged.headers });
      reply.send(judged.body);
      return reply;
    }
    keys.set(request, judged.key);
    return undefined;
  };
}

/** The key that opened this request; it throws where no guard stands before the route. */
export function keyOf<K extends KnownKey>(request: object): K {
  const key = keys.get(request);
  if (key === undefined) throw new Error('no keyGuard has let this request in');
  return key as K;
}
