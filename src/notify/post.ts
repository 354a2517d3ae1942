// The one POST of the web channels: no redirects (a signed message, or a secret address, goes to nobody else), a bounded
// wait, and no word of the address in what is said about a failure.

import type { Delivery } from './channel.ts';

export const TRY_MS = 8000;
const LONGEST_RETRY_AFTER_MS = 24 * 3600 * 1000;

export async function post(
  send: typeof fetch,
  address: string,
  headers: Readonly<Record<string, string>>,
  body: string,
  signal: AbortSignal,
): Promise<Delivery> {
  let response: Response;
  try {
    response = await send(address, {
      method: 'POST',
      headers: { 'content-type': 'application/json', 'user-agent': 'keyburn', ...headers },
      body,
      redirect: 'manual',
      signal: AbortSignal.any([signal, AbortSignal.timeout(TRY_MS)]),
    });
  } catch (error) {
    return { outcome: 'refused', why: `no answer (${codeOf(error)})`, passing: true };
  }
  // What it says is of no use, and may be long.
  await response.body?.cancel().catch(() => undefined);
  const { status } = response;
  if (status >= 200 && status < 300) return { outcome: 'delivered' };
  if (status >= 300 && status < 400) {
    return { outcome: 'refused', why: `HTTP ${status}: it redirects, which is not followed`, passing: false };
  }
  const passing = status === 408 || status === 425 || status === 429 || status >= 500;
  const retryAfterMs = wait(response.headers.get('retry-after'));
  return {
    outcome: 'refused',
    why: `HTTP ${status}`,
    passing: passing && retryAfterMs === undefined, // it says itself when: not within this run
    ...(retryAfterMs === undefined ? {} : { retryAfterMs }),
  };
}

function wait(header: string | null): number | undefined {
  if (header === null) return undefined;
  const seconds = /^\d{1,9}$/.test(header) ? Number(header) : (Date.parse(header) - Date.now()) / 1000;
  return Number.isNaN(seconds) ? undefined : Math.min(Math.max(0, seconds * 1000), LONGEST_RETRY_AFTER_MS);
}

/** A code such as ECONNREFUSED; the message of the error may quote the address. */
export function codeOf(error: unknown): string {
  for (let at = error; at instanceof Error; at = at.cause) {
    if ('code' in at && typeof at.code === 'string' && /^[A-Z][A-Z0-9_]{2,60}$/.test(at.code)) return at.code;
    if (at.name === 'TimeoutError') return 'time-out';
    if (at.name === 'AbortError') return 'interrupted';
  }
  return 'unknown fault';
}
