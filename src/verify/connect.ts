// The connection's own guard. Addresses are judged at the moment of connecting, on the very answer that the socket
// then uses: a name that changes its address between question and call gains nothing.

import { lookup as systemLookup } from 'node:dns';
import { isIP, type LookupFunction } from 'node:net';
import { Agent, type Dispatcher, EnvHttpProxyAgent } from 'undici';
import { isPublic } from './address.ts';

/** `public`: nothing else. `private`: plain http, which must not cross the Internet. `any`: the operator named the host. */
export type Reach = 'public' | 'private' | 'any';

export class ForbiddenAddress extends Error {
  override readonly name = 'ForbiddenAddress';
  readonly code = 'KEYBURN_FORBIDDEN_ADDRESS';
}

function allowed(address: string, reach: Reach): boolean {
  return reach === 'any' || isPublic(address) === (reach === 'public');
}

/** Throws where a host is an address itself: those are never looked up. */
export function assertReach(hostname: string, reach: Reach): void {
  const address = hostname.replace(/^\[(.*)\]$/, '$1');
  if (isIP(address) !== 0 && !allowed(address, reach)) throw new ForbiddenAddress(`${reach} addresses only`);
}

/** A lookup that refuses a name as soon as one of its addresses is out of reach. */
export function guardedLookup(reach: Reach, lookup: LookupFunction = systemLookup): LookupFunction {
  return (hostname, options, callback) => {
    lookup(hostname, { ...options, all: true }, (error, found) => {
      if (error) {
        callback(error, '', 0);
        return;
      }
      const list = Array.isArray(found) ? found : [{ address: found, family: isIP(found) }];
      const first = list[0];
      if (first === undefined || list.some(({ address }) => !allowed(address, reach))) {
        callback(new ForbiddenAddress(`${reach} addresses only`), '', 0);
        return;
      }
      if (options.all) callback(null, list);
      else callback(null, first.address, first.family);
    });
  };
}

/**
 * The dispatcher for one reach. Public issuers may be behind the proxy that the environment names (then the proxy
 * resolves the name, and the certificate is the guard); what is private is asked directly.
 */
export function dispatcher(
  reach: Reach,
  options: { timeoutMs: number; lookup?: LookupFunction },
): Dispatcher {
  const connect = { lookup: guardedLookup(reach, options.lookup), timeout: options.timeoutMs };
  const bounds = {
    headersTimeout: options.timeoutMs,
    bodyTimeout: options.timeoutMs,
    keepAliveTimeout: 1_000,
  };
  return reach === 'public'
    ? new EnvHttpProxyAgent({ ...bounds, connect })
    : new Agent({ ...bounds, connect });
}
