// The requests that an operator's description stands for: where the key travels, and what of it may be printed.

import { createHash } from 'node:crypto';
import type { Secret } from '../model/index.ts';
import { reveal } from '../model/reveal.ts';
import { bearer, JSON_BODY } from './answer.ts';
import { segment } from './by-admin.ts';
import type { OperatorService } from './operator-schema.ts';
import type { IssuerRequest } from './service.ts';

export const FORM = {
  'content-type': 'application/x-www-form-urlencoded',
  accept: 'application/json',
} as const;

/** The address, and what may be printed of it: no query. */
export function at(
  service: Pick<OperatorService, 'base'>,
  method: IssuerRequest['method'],
  url: string,
): { url: URL; what: string } {
  const made = new URL(url, service.base);
  return { url: made, what: `${method} ${decodeBraces(made.pathname)}` };
}

function decodeBraces(path: string): string {
  return path.replace(/%7B(id|sha256)%7D/gi, '{$1}');
}

/** What a call says of the key it is about. */
export interface About {
  readonly secret: Secret;
  readonly id?: string;
}

/** A call as the description has it. */
export interface Described {
  readonly method: IssuerRequest['method'];
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly json?: unknown;
  readonly as?: 'key' | 'bearer' | 'basic';
}

function filled(value: unknown, fill: (text: string) => string): unknown {
  if (typeof value === 'string') return fill(value);
  if (Array.isArray(value)) return value.map((one) => filled(one, fill));
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([name, one]) => [name, filled(one, fill)]));
}

/**
 * A request that carries the key where keys travel, or the operator's own credential in its place.
 * @param about for `{id}` and `{sha256}`: in the address as one segment of it, in the body as it is
 */
export function carrying(
  service: OperatorService,
  call: Described,
  about: About,
  own?: Secret,
): IssuerRequest {
  const hash = (): string => createHash('sha256').update(reveal(about.secret), 'utf8').digest('hex');
  const fill = (text: string, safe: (text: string) => string): string =>
    text.replaceAll('{id}', () => safe(about.id ?? '')).replaceAll('{sha256}', () => hash());
  const { what } = at(service, call.method, call.url);
  const url = new URL(fill(call.url, segment), service.base);
  const json = filled(call.json, (text) => fill(text, (id) => id));
  const headers: Record<string, string> = {
    ...(json === undefined ? { accept: 'application/json' } : JSON_BODY),
    ...call.headers,
  };
  put(service, own ?? about.secret, own === undefined ? 'key' : (call.as ?? 'key'), headers, url);
  return {
    method: call.method,
    url: url.href,
    headers,
    what,
    ...(json !== undefined && { body: JSON.stringify(json) }),
  };
}

function put(
  { key }: OperatorService,
  secret: Secret,
  as: 'key' | 'bearer' | 'basic',
  headers: Record<string, string>,
  url: URL,
): void {
  const value = reveal(secret);
  if (as === 'basic') {
    Object.assign(headers, basic(secret));
    return;
  }
  if (as === 'bearer' || key.in === 'bearer') {
    Object.assign(headers, bearer(secret));
    return;
  }
  switch (key.in) {
    case 'header':
      headers[key.name] = key.scheme === undefined ? value : `${key.scheme} ${value}`;
      break;
    case 'query':
      url.searchParams.set(key.name, value);
      break;
    case 'cookie':
      headers.cookie = `${key.name}=${/^[\w!#$%&'()*+./:<=>?@[\]^`{|}~-]*$/.test(value) ? value : encodeURIComponent(value)}`;
      break;
  }
}

export function valueAt(json: unknown, path: string): unknown {
  let value = json;
  for (const name of path.split('.')) {
    if (typeof value !== 'object' || value === null || !Object.hasOwn(value, name)) return undefined;
    value = (value as Readonly<Record<string, unknown>>)[name];
  }
  return value;
}

export function basic(secret: Secret): { readonly authorization: string } {
  return { authorization: `Basic ${Buffer.from(reveal(secret), 'utf8').toString('base64')}` };
}
