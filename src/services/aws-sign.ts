// AWS Signature Version 4, for requests with a short body. Page:
// docs.aws.amazon.com/IAM/latest/UserGuide/reference_sigv-create-signed-request.html; the test has AWS's published vectors.

import { createHash, createHmac } from 'node:crypto';
import type { Secret } from '../model/index.ts';
import { reveal } from '../model/reveal.ts';

export interface AwsPair {
  readonly id: Secret;
  readonly secret: Secret;
  /** Temporary keys have one. */
  readonly session?: Secret | undefined;
}

interface Signing {
  readonly method: string;
  readonly url: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string;
  readonly region: string;
  readonly service: string;
  readonly now: Date;
}

function sha256(text: string): string {
  return createHash('sha256').update(text, 'utf8').digest('hex');
}

function hmac(key: string | Buffer, text: string): Buffer {
  return createHmac('sha256', key).update(text, 'utf8').digest();
}

/** RFC 3986 unreserved characters stay, as AWS wants it; encodeURIComponent leaves five more. */
function encoded(text: string): string {
  return encodeURIComponent(text).replace(
    /[!'()*]/g,
    (one) => `%${one.charCodeAt(0).toString(16).toUpperCase()}`,
  );
}

function canonicalQuery(url: URL): string {
  return [...url.searchParams]
    .map(([name, value]) => [encoded(name), encoded(value)] as const)
    .sort(([a, x], [b, y]) => (a === b ? (x < y ? -1 : 1) : a < b ? -1 : 1))
    .map(([name, value]) => `${name}=${value}`)
    .join('&');
}

/** The headers to send: those given, the date, the session token, and `authorization`. */
export function awsSigned(pair: AwsPair, request: Signing): Readonly<Record<string, string>> {
  const url = new URL(request.url);
  const stamp = request.now.toISOString().replace(/[-:]|\.\d{3}/g, '');
  const day = stamp.slice(0, 8);
  const sent: Record<string, string> = {
    ...request.headers,
    'x-amz-date': stamp,
    ...(pair.session && { 'x-amz-security-token': reveal(pair.session) }),
  };
  const signed = Object.entries({ ...sent, host: url.host })
    .map(([name, value]) => [name.toLowerCase(), value.trim().replace(/ +/g, ' ')] as const)
    .sort(([a], [b]) => (a < b ? -1 : 1));
  const names = signed.map(([name]) => name).join(';');
  const canonical = [
    request.method,
    url.pathname,
    canonicalQuery(url),
    ...signed.map(([name, value]) => `${name}:${value}`),
    '',
    names,
    sha256(request.body ?? ''),
  ].join('\n');
  const scope = `${day}/${request.region}/${request.service}/aws4_request`;
  const toSign = ['AWS4-HMAC-SHA256', stamp, scope, sha256(canonical)].join('\n');
  const dayKey = hmac(`AWS4${reveal(pair.secret)}`, day);
  const key = hmac(hmac(hmac(dayKey, request.region), request.service), 'aws4_request');
  const signature = hmac(key, toSign).toString('hex');
  return {
    ...sent,
    authorization: `AWS4-HMAC-SHA256 Credential=${reveal(pair.id)}/${scope}, SignedHeaders=${names}, Signature=${signature}`,
  };
}
