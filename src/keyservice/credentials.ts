// Reads what a caller presents. From here on no key is text: see Presented.

import { Presented } from './keys.ts';
import { type Refusal, refusal } from './refusal.ts';

/** A key that was sent, or why there is none to judge. */
type Credentials =
  | { readonly kind: 'key'; readonly key: Presented }
  | { readonly kind: 'refused'; readonly refusal: Refusal };

/** Names under which keys commonly travel in a query string, where every log on the way keeps them. */
const QUERY_NAMES = ['api_key', 'apikey', 'key', 'access_token', 'token'];

export function readCredentials(headers: Headers, query: Readonly<Record<string, string>>): Credentials {
  const authorization = headers.get('authorization')?.trim();
  const direct = headers.get('x-api-key')?.trim();
  if (authorization === undefined && direct === undefined) return refused(withoutHeader(query));

  const texts: string[] = [];
  if (direct !== undefined && direct !== '') texts.push(direct);
  if (authorization !== undefined && authorization !== '') {
    const [scheme = '', ...rest] = authorization.split(/\s+/);
    const token = rest.join(' ');
    if (scheme.toLowerCase() === 'bearer') {
      if (token !== '') texts.push(token);
    } else if (texts.length === 0) {
      // A Basic header of some proxy beside X-API-Key is nobody's fault; alone it is.
      return refused(otherScheme(scheme, token));
    }
  }
  const [text, other] = texts;
  if (text === undefined) {
    return refused(
      refusal(
        'missing_key',
        'The header is there, but the key in it is empty: the variable that should hold it is probably not set.',
      ),
    );
  }
  if (other !== undefined && other !== text) return refused(refusal('ambiguous_credentials'));
  return { kind: 'key', key: new Presented(text) };
}

function withoutHeader(query: Readonly<Record<string, string>>): Refusal {
  if (!QUERY_NAMES.some((name) => query[name] !== undefined)) return refusal('missing_key');
  return refusal(
    'missing_key',
    'The key was sent in the query string, where logs and histories keep it, so it was not looked at. Treat it as leaked if others can read those logs.',
  );
}

function otherScheme(scheme: string, token: string): Refusal {
  if (token === '') {
    return refusal(
      'malformed_key',
      'The Authorization header has no scheme: write `Bearer ` before the key.',
    );
  }
  // A scheme is a short word; anything else is not repeated, it may be a part of a key.
  const named = /^(basic|digest|token|apikey|key|api-key|negotiate|hmac)$/i.test(scheme) ? ` ${scheme}` : '';
  return refusal('malformed_key', `The Authorization header has the scheme${named}, not Bearer.`);
}

function refused(said: Refusal): Credentials {
  return { kind: 'refused', refusal: said };
}
