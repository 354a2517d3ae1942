// For Express: app.use('/v1', keyGuard({ find, docs, newKey })); keyOf(req) is the key behind it. The types are those parts of
// Express that are used, so that neither Express nor its types need be there for anybody else.

import type { IncomingMessage, ServerResponse } from 'node:http';
import { createJudge, type GuardOptions, headersOf, type KnownKey, queryOf } from './honest.ts';

export type { GuardOptions, KnownKey } from './honest.ts';

type Request = IncomingMessage & { readonly query?: unknown };

const keys = new WeakMap<IncomingMessage, KnownKey>();

/** Lets live keys in, and answers all others honestly. */
export function keyGuard<K extends KnownKey>(options: GuardOptions<K>) {
  const judge = createJudge(options);
  return (request: Request, response: ServerResponse, next: (error?: unknown) => void): void => {
    judge(headersOf(request.headers), queryOf(request.query)).then((judged) => {
      if (judged.kind === 'refused') {
        response.writeHead(judged.status, judged.headers).end(judged.body);
        return;
      }
      keys.set(request, judged.key);
      next();
    }, next);
  };
}

/** The key that opened this request; it throws where no guard stands before the route. */
export function keyOf<K extends KnownKey>(request: IncomingMessage): K {
  const key = keys.get(request);
  if (key === undefined) throw new Error('no keyGuard has let this request in');
  return key as K;
}
