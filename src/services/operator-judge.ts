// What no single field of a [[service]] can tell by itself: addresses are at its own hosts, and an order names the key that it ends.

import type { OperatorService } from './operator-schema.ts';

interface Fault {
  readonly path: readonly string[];
  readonly message: string;
}

const PARTS = ['check', 'introspection', 'lookup', 'contain', 'restore', 'revoke'] as const;

export function hostsOf(service: {
  readonly base: string;
  readonly hosts: readonly string[];
}): readonly string[] {
  const own = URL.parse(service.base)?.host;
  return [...new Set([...(own ? [own] : []), ...service.hosts])];
}

function addressFaults(service: OperatorService): Fault[] {
  const faults: Fault[] = [];
  const hosts = hostsOf(service);
  if (!/^[^?#]*\/\/[^/?#@]+\/?$/.test(service.base))
    faults.push({ path: ['base'], message: 'scheme and host alone: paths stand in url' });
  if (!service.internal && service.base.startsWith('http:'))
    faults.push({ path: ['base'], message: 'https only, unless internal = true' });
  for (const part of PARTS) {
    const url = service[part]?.url;
    const whole = url === undefined || url.startsWith('/') ? undefined : URL.parse(url);
    if (!whole) continue;
    const path = [part, 'url'];
    if (!hosts.includes(whole.host))
      faults.push({ path, message: `${whole.host} is not one of the service's hosts` });
    if (whole.username !== '' || whole.password !== '')
      faults.push({ path, message: 'no user name or password in an address' });
    if (whole.protocol !== 'https:' && !(service.internal && whole.protocol === 'http:'))
      faults.push({ path, message: 'https only, unless internal = true' });
  }
  return faults;
}

/** Where a call says which key it is about: `{id}` or `{sha256}`, in the address or in the body. */
function says(call: { readonly url: string; readonly json?: unknown }, word: '{id}' | '{sha256}'): boolean {
  return call.url.includes(word) || (JSON.stringify(call.json) ?? '').includes(word);
}

/** Law 6: an order hits the key that leaked, and no other. */
function orderFaults(service: OperatorService): Fault[] {
  const faults: Fault[] = [];
  const { lookup, contain, restore, revoke } = service;
  if (contain && !restore) faults.push({ path: ['restore'], message: 'contain needs a way back' });
  if (restore && !contain) faults.push({ path: ['contain'], message: 'restore has nothing to undo' });
  const acts = [
    ['contain', contain],
    ['restore', restore],
    ['revoke', revoke?.kind === 'http' ? revoke : undefined],
  ] as const;
  for (const [part, act] of acts) {
    if (act === undefined) continue;
    const named = says(act, '{id}');
    if (named && !lookup) faults.push({ path: ['lookup'], message: `missing: it tells the {id} of ${part}` });
    if (act.credential !== undefined && !named && !says(act, '{sha256}'))
      faults.push({
        path: [part, 'url'],
        message: 'names no key: with a credential it needs {id} or {sha256}',
      });
  }
  if (!lookup) return faults;
  if (!acts.some(([, act]) => act !== undefined && says(act, '{id}')))
    faults.push({ path: ['lookup'], message: 'nobody uses its {id}' });
  if (says(lookup, '{id}')) faults.push({ path: ['lookup', 'url'], message: 'tells the {id}, and has none' });
  if (lookup.rows !== undefined && lookup.shows === undefined)
    faults.push({ path: ['lookup', 'shows'], message: 'missing: it tells which of the rows is the key' });
  if (lookup.rows === undefined && lookup.shows !== undefined)
    faults.push({ path: ['lookup', 'rows'], message: 'missing: "." where the whole body is the list' });
  if (lookup.credential !== undefined && lookup.rows === undefined && !says(lookup, '{sha256}'))
    faults.push({
      path: ['lookup', 'rows'],
      message: 'with a credential the reply is about that one: it needs rows, or {sha256} in the question',
    });
  if (lookup.method === 'GET' && lookup.json)
    faults.push({ path: ['lookup', 'json'], message: 'a GET has no body' });
  return faults;
}

export function judgeDescription(service: OperatorService): readonly Fault[] {
  const faults = addressFaults(service);
  if (service.contract) {
    for (const part of PARTS)
      if (service[part]) faults.push({ path: [part], message: 'the open contract says it already' });
    if (service.key.in !== 'bearer') faults.push({ path: ['key'], message: 'the open contract says bearer' });
    return faults;
  }
  if (!service.check && !service.introspection && (service.contain ?? service.revoke))
    faults.push({ path: ['check'], message: 'missing: nothing is burned that nobody can prove dead' });
  if (service.check && service.introspection)
    faults.push({ path: ['introspection'], message: 'there is a check already: keep one of the two' });
  if (service.check?.method === 'GET' && service.check.json)
    faults.push({ path: ['check', 'json'], message: 'a GET has no body' });
  return [...faults, ...orderFaults(service)];
}
