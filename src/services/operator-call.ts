// The requests that an operator's description stands for: where the key travels, and what of it may be printed.

import type { Secret } from '../model/index.ts';
import { reveal } from '../model/reveal.ts';
import { bearer, JSON_BODY } from './answer.ts';
import type { OperatorService } from './operator-schema.ts';
import type { IssuerRequest } from './service.ts';

export const FORM = {
  'content-type': 'application/x-www-form-urlencoded',
  accept: 'application/json',
} as const;

/** The address, and what may be printed of it: no query. */
export function at(
  service: OperatorService,
  method: IssuerRequest['method'],
  url: string,
): { url: URL; what: string } {
  const made = new URL(url, service.base);
  return { url: made, what: `${method} ${made.pathname}` };
}

/** A request with the key where it travels. */
export function carrying(
  service: OperatorService,
  secret: Secret,
  method: IssuerRequest['method'],
  path: string,
  more: Readonly<Record<string, string>>,
  json: unknown,
): IssuerRequest {
  const { url, what } = at(service, method, path);
  const headers: Record<string, string> = {
    ...(json === undefined ? { accept: 'application/json' } : JSON_BODY),
    ...more,
  };
  const value = reveal(secret);
  switch (service.key.in) {
    case 'bearer':
      Object.assign(headers, bearer(secret));
      break;
    case 'header':
      headers[service.key.name] = service.key.scheme === undefined ? value : `${service.key.scheme} ${value}`;
      break;
    case 'query':
      url.searchParams.set(service.key.name, value);
      break;
    case 'cookie':
      headers.cookie = `${service.key.name}=${/^[\w!#$%&'()*+./:<=>?@[\]^`{|}~-]*$/.test(value) ? value : encodeURIComponent(value)}`;
      break;
  }
  return { method, url: url.href, headers, what, ...(json !== undefined && { body: JSON.stringify(json) }) };
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
