// Who is calling: the socket's word, or, behind a proxy that the operator names, that proxy's. Nobody else's header counts.

import { isIPv6 } from 'node:net';

/**
 * @param socket address of the socket's other end
 * @param forwarded X-Forwarded-For as it came
 * @param proxies addresses of the operator's own proxies: each appends the one that called it
 */
export function callerOf(
  socket: string | undefined,
  forwarded: string | undefined,
  proxies: readonly string[],
): string {
  const chain = [...(forwarded ?? '').split(',').map((part) => part.trim()), socket ?? 'unknown'].map(plain);
  const trusted = new Set(proxies.map(plain));
  const caller = chain.findLast((address) => !trusted.has(address)) ?? 'unknown';
  return caller === '' ? 'unknown' : network(caller.slice(0, 64));
}

/** One household has a /64 of IPv6, so its addresses count as one. */
function network(address: string): string {
  if (!isIPv6(address)) return address;
  const [head = '', tail = ''] = address.split('::');
  const first = head.split(':').filter(Boolean);
  const last = tail.split(':').filter(Boolean);
  const gap = address.includes('::') ? Math.max(0, 8 - first.length - last.length) : 0;
  return [...first, ...Array<string>(gap).fill('0'), ...last].slice(0, 4).join(':');
}

/** IPv4 in the clothes of IPv6 is the same caller. */
function plain(address: string): string {
  return address.replace(/^::ffff:(?=\d+\.)/i, '');
}
