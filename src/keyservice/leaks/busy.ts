import type { Context } from 'hono';
import type { Env } from '../env.ts';
import { refused } from '../problem.ts';
import { refusal } from '../refusal.ts';

const A_MINUTE_S = 60;

/** The queue takes no more for now; nothing was acknowledged, so a reporter tries again. */
export function full(c: Context<Env>): Response {
  return refused(c, refusal('queue_full'), { retryAfter: A_MINUTE_S });
}
