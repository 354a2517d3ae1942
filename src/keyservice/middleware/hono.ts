// For Hono: app.use('/v1/*', keyGuard({ find, docs, newKey })); c.get('key') is the key behind it.

import type { MiddlewareHandler } from 'hono';
import { createJudge, type GuardOptions, type KnownKey } from './honest.ts';

export type { GuardOptions, KnownKey } from './honest.ts';

/** Lets live keys in, and answers all others honestly. */
export function keyGuard<K extends KnownKey>(
  options: GuardOptions<K>,
): MiddlewareHandler<{ Variables: { key: K } }> {
  const judge = createJudge(options);
  return async (c, next) => {
    const judged = await judge(c.req.raw.headers, c.req.query());
    if (judged.kind === 'refused')
      return new Response(judged.body, { status: judged.status, headers: judged.headers });
    c.set('key', judged.key);
    await next();
    return undefined;
  };
}
