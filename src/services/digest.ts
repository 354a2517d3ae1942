// HTTP Digest (RFC 7616 with MD5, which is what issuers that still ask for it offer): the secret itself never travels. A question is asked
// twice: the refusal of the first brings the nonce for the second.

import { createHash, randomBytes } from 'node:crypto';
import type { Secret } from '../model/index.ts';
import { reveal } from '../model/reveal.ts';
import { challenges } from './challenge.ts';
import type { IssuerReply, IssuerRequest, Tools } from './service.ts';

function md5(text: string): string {
  return createHash('md5').update(text).digest('hex');
}

/** The `response` of RFC 7616 3.4.1, for qop `auth`. */
export function digestOf(
  given: Readonly<Record<'user' | 'realm' | 'nonce' | 'method' | 'uri' | 'nc' | 'cnonce', string>>,
  secret: Secret,
): string {
  const { user, realm, nonce, method, uri, nc, cnonce } = given;
  const who = md5(`${user}:${realm}:${reveal(secret)}`);
  return md5(`${who}:${nonce}:${nc}:${cnonce}:auth:${md5(`${method}:${uri}`)}`);
}

/** The answer to the question, asked with the pair; a refusal without a challenge that we can answer comes back as it is. */
export async function askWithDigest(
  request: IssuerRequest,
  user: string,
  secret: Secret,
  tools: Pick<Tools, 'ask'>,
): Promise<IssuerReply> {
  const first = await tools.ask(request);
  if (first.kind === 'unanswered' || first.status !== 401) return first;
  const challenge = challenges(first.headers['www-authenticate']).find(({ scheme }) => scheme === 'digest');
  const { realm, nonce, qop, algorithm = 'MD5', opaque } = challenge?.params ?? {};
  const plain = [realm, nonce, opaque ?? ''].every((text) => text !== undefined && !/["\\\r\n]/.test(text));
  const offers = (qop ?? '').split(',').map((one) => one.trim());
  if (!plain || !offers.includes('auth') || algorithm.toUpperCase() !== 'MD5') return first;
  const { pathname, search } = new URL(request.url);
  const uri = pathname + search;
  const cnonce = randomBytes(16).toString('hex');
  const nc = '00000001';
  const given = { user, realm: realm ?? '', nonce: nonce ?? '', method: request.method, uri, nc, cnonce };
  const response = digestOf(given, secret);
  const authorization = [
    `Digest username="${user}"`,
    `realm="${realm}"`,
    `nonce="${nonce}"`,
    `uri="${uri}"`,
    'algorithm=MD5',
    'qop=auth',
    `nc=${nc}`,
    `cnonce="${cnonce}"`,
    `response="${response}"`,
    ...(opaque === undefined ? [] : [`opaque="${opaque}"`]),
  ].join(', ');
  return tools.ask({ ...request, headers: { ...request.headers, authorization } });
}
