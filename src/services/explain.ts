// Why was this key refused? The issuer's own profile first, then the general case: RFC 9457 problems, OAuth errors,
// WWW-Authenticate, and plain words. What is not clear stays unclear: a wrong reason costs more time than none.

import { z } from 'zod';
import { isHtml, oneLine } from './answer.ts';
import { type Challenge, challenges } from './challenge.ts';
import type { Cause, Explanation, HttpResponse, Service } from './service.ts';
import { textsOf, wordOf } from './words.ts';

const SEND =
  'Check that the key is sent where the service’s documentation says: the right header (often `Authorization: Bearer …` or `X-API-Key`), the right spelling, no quotes around the key.';
const ARRIVES =
  'Check that the variable that holds the key is set where the program runs, and that no proxy, gateway or redirect drops the header.';
const DASHBOARD =
  'Look the key up in the service’s dashboard: active, not expired, the right environment, the right permissions.';
const NEW = 'Create a new key, roll it out, then delete the old one.';
const SAFE = 'Keep it in an environment variable or a secrets manager, never in source code.';
const EXPOSED =
  'If the old key may have been seen in a repository, a log or client-side code, remove it there and look at what it was used for.';
const CURL =
  'Try the key alone, so you know whether it or your code is at fault: printf \'Authorization: Bearer %s\' "$KEY" | curl -i -H @- URL';

const SAID: Readonly<Record<Cause, { readonly meaning: string; readonly steps: readonly string[] }>> = {
  missing: { meaning: 'The service saw no key in the request.', steps: [SEND, ARRIVES, CURL] },
  malformed: {
    meaning: 'What was sent is not of the form of a key.',
    steps: [
      'Look for cut-off characters, quotes, line ends, a doubled `Bearer`, or a placeholder that was never filled in.',
      SEND,
      CURL,
    ],
  },
  expired: {
    meaning: 'The key has expired.',
    steps: [NEW, SAFE, 'Note the new date of expiry where somebody will see it in time.'],
  },
  disabled: {
    meaning: 'The key is switched off; that can be undone.',
    steps: ['Ask its owner or the service why. If it leaked, replace it instead.', DASHBOARD],
  },
  revoked: { meaning: 'The key was revoked for good.', steps: [NEW, SAFE, EXPOSED] },
  dead: {
    meaning:
      'The key is no longer good, and the service does not say whether it is wrong, expired or revoked.',
    steps: [DASHBOARD, NEW, SAFE, EXPOSED],
  },
  rejected: {
    meaning: 'The service does not accept the key, and does not say why.',
    steps: [SEND, DASHBOARD, CURL, `${NEW} ${SAFE}`, EXPOSED],
  },
  forbidden: {
    meaning: 'The key works, but may not do this.',
    steps: [
      'Give the key the permission or scope that it lacks, or look at its address list; a new key with the same rights will not help.',
      DASHBOARD,
    ],
  },
  'live-but-incomplete': {
    meaning: 'The key works; something else is missing.',
    steps: ['Do what the response asks for; do not replace the key.'],
  },
  throttled: {
    meaning: 'You ask too often; this says nothing of the key.',
    steps: ['Wait as long as the response says, then try again, more slowly.'],
  },
  'issuer-fault': {
    meaning: 'The service has a fault of its own; this says nothing of the key.',
    steps: ['Try again later, and quote the request id if it stays so.'],
  },
  'not-the-api': {
    meaning:
      'This is a web page or a redirect, not the API: the address is wrong, or something in between answered.',
    steps: [
      'Check the address: the API’s host and path, not the dashboard’s.',
      'Check for a proxy, firewall or single sign-on in between.',
      CURL,
    ],
  },
  unclear: {
    meaning: 'The response does not say what is wrong with the key.',
    steps: [SEND, DASHBOARD, SAFE, `If it may have been exposed: ${NEW}`, CURL],
  },
};

const told = z
  .object({
    request_id: z.string(),
    requestId: z.string(),
    trace_id: z.string(),
    meta: z.object({ requestId: z.string() }).partial(),
    doc_url: z.string(),
    documentation_url: z.string(),
    type: z.string(),
  })
  .partial();

function fieldsOf(response: HttpResponse, challenge: Challenge | undefined) {
  // Field by field: a stranger's body may have anything under a name.
  const shape = z.record(z.string(), z.unknown()).safeParse(response.json).data ?? {};
  const read = (name: keyof typeof told.shape) =>
    told.pick({ [name]: true } as Record<typeof name, true>).safeParse(shape).data?.[name];
  const text = (name: keyof typeof told.shape) => {
    const value = read(name);
    return typeof value === 'string' ? oneLine(value) : undefined;
  };
  const meta = read('meta');
  const requestId =
    text('request_id') ??
    text('requestId') ??
    (typeof meta === 'object' ? meta.requestId : undefined) ??
    text('trace_id') ??
    response.headers['x-request-id'] ??
    response.headers['request-id'];
  const docs = [text('doc_url'), text('documentation_url'), challenge?.params.error_uri, text('type')].find(
    (url) => url?.startsWith('https://'),
  );
  return { ...(requestId && { requestId: oneLine(requestId) }), ...(docs && { docs: oneLine(docs) }) };
}

/** RFC 6750 section 3: without an error attribute the request carried no credentials. */
function byChallenge(challenge: Challenge | undefined): Cause | undefined {
  if (!challenge) return undefined;
  switch (challenge.params.error) {
    case undefined:
      return challenge.scheme === 'bearer' ? 'missing' : undefined;
    case 'insufficient_scope':
      return 'forbidden';
    case 'invalid_request':
      return 'malformed';
    case 'invalid_token':
      return 'rejected';
    default:
      return undefined;
  }
}

function causeOf(response: HttpResponse, challenge: Challenge | undefined): Cause {
  const { status } = response;
  if (status === 429) return 'throttled';
  if (status >= 500) return 'issuer-fault';
  if (status === 407 || (status >= 300 && status < 400) || isHtml(response)) return 'not-the-api';
  if (status === 402) return 'forbidden';
  const description = challenge?.params.error_description;
  const word = wordOf([...(description === undefined ? [] : [description]), ...textsOf(response)]);
  const asked = byChallenge(challenge);
  switch (status) {
    case 401:
      if (asked === 'forbidden') return asked;
      if (word === undefined || word === 'rejected' || word === 'unclear') return asked ?? word ?? 'unclear';
      return word;
    case 403:
      // A 403 is a right that is missing, unless the words say more.
      return word === undefined || word === 'rejected' || word === 'missing' || word === 'unclear'
        ? 'forbidden'
        : word;
    case 0:
    case 200:
    case 400:
      return word ?? 'unclear';
    default:
      return 'unclear';
  }
}

/** The general case alone. */
export function explainAny(response: HttpResponse): Explanation {
  const list = challenges(response.headers['www-authenticate']);
  const challenge = list.find(({ params }) => params.error !== undefined) ?? list[0];
  const cause = causeOf(response, challenge);
  const said = SAID[cause];
  const wait = cause === 'throttled' ? response.headers['retry-after'] : undefined;
  const steps = wait
    ? [`Wait until Retry-After is over (${oneLine(wait, 40)}), then try again, more slowly.`]
    : said.steps;
  return { cause, meaning: said.meaning, steps, ...fieldsOf(response, challenge) };
}

/** @param services asked in order; the first that knows the response explains it */
export function explain(response: HttpResponse, services: readonly Service[]): Explanation {
  for (const service of services) {
    const said = service.explain?.(response);
    if (said) return { ...said, service: service.id };
  }
  return explainAny(response);
}
