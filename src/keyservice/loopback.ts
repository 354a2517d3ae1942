import { isIPv4, isIPv6 } from 'node:net';

/** 127.0.0.0/8, ::1 and localhost. */
export function isLoopback(host: string): boolean {
  if (isIPv4(host)) return host.startsWith('127.');
  return host === 'localhost' || (isIPv6(host) && /^(0*:)*:?0*1$/.test(host));
}
