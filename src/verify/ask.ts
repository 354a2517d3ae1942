// The only door through which a found key leaves this machine. It opens for https, for the hosts that the service
// names, for public addresses (an operator may say otherwise of an issuer of his own), for a bounded time and a bounded
// reply, and follows no redirect. What goes wrong is a value, and its words never hold a URL's query, a header or a body.

import type { LookupFunction } from 'node:net';
import { setTimeout as wait } from 'node:timers/promises';
import PQueue from 'p-queue';
import { type Dispatcher, request as send } from 'undici';
import type { UnknownWhy } from '../model/index.ts';
import { type Ask, type IssuerReply, type IssuerRequest, mayAsk, type Service } from '../services/index.ts';
import { assertReach, dispatcher, type Reach } from './connect.ts';

export interface AskOptions {
  /** The whole of one try: name, connection, headers and body. Default 10 s. */
  readonly timeoutMs?: number;
  /** The longest `Retry-After` that is waited for. Default 30 s. */
  readonly patienceMs?: number;
  /** The longest reply, in bytes. Default 1 MB. */
  readonly replyBytes?: number;
  /** For the User-Agent: `keyburn/<version>`. */
  readonly version?: string;
  readonly signal?: AbortSignal;
  /** Tests put their own name service here. */
  readonly lookup?: LookupFunction;
  /** Hosts that the operator's own settings name for this issuer. */
  readonly named?: readonly string[];
  /** Waits for a turn that other processes take, too. It comes behind the queue of this one. */
  readonly turn?: () => Promise<void>;
}

type Asked = Pick<Service, 'hosts' | 'domains' | 'internal' | 'rate'>;
type Unanswered = Extract<IssuerReply, { kind: 'unanswered' }>;

/** Why a try failed, by error code. What is not here is `unreachable`: reset, refused, no such name, a bad certificate. */
const WHY: Readonly<Record<string, UnknownWhy>> = {
  KEYBURN_FORBIDDEN_ADDRESS: 'forbidden-address',
  UND_ERR_CONNECT_TIMEOUT: 'timeout',
  UND_ERR_HEADERS_TIMEOUT: 'timeout',
  UND_ERR_BODY_TIMEOUT: 'timeout',
  ETIMEDOUT: 'timeout',
  UND_ERR_HEADERS_OVERFLOW: 'too-large',
  UND_ERR_INVALID_ARG: 'not-asked',
};

function unanswered(request: IssuerRequest, why: UnknownWhy, detail: string): Unanswered {
  return { kind: 'unanswered', why, detail: `${request.what}: ${detail}` };
}

/** The code of an error or of its cause: never its message, which may quote what was sent. */
function codeOf(error: unknown): string {
  if (!(error instanceof Error)) return 'failed';
  if ('code' in error && typeof error.code === 'string') return error.code;
  return codeOf(error instanceof AggregateError ? error.errors[0] : error.cause);
}

/** Milliseconds from now on: seconds or an HTTP date (RFC 9110 10.2.3). */
function retryAfter(header: string | undefined): number | undefined {
  if (header === undefined) return undefined;
  if (/^\d{1,9}$/.test(header.trim())) return Number(header) * 1_000;
  const date = Date.parse(header);
  return Number.isNaN(date) ? undefined : Math.max(0, date - Date.now());
}

function parseJson(body: string): unknown {
  try {
    return JSON.parse(body);
  } catch {
    return undefined;
  }
}

function lowered(headers: Readonly<Record<string, string | string[] | undefined>>): Record<string, string> {
  const made: Record<string, string> = {};
  for (const [name, value] of Object.entries(headers)) {
    if (value !== undefined) made[name.toLowerCase()] = Array.isArray(value) ? value.join(', ') : value;
  }
  return made;
}

/** Undefined where the body is longer than `most`; the rest is not read. */
async function bounded(response: Dispatcher.ResponseData, most: number): Promise<string | undefined> {
  const parts: Uint8Array[] = [];
  let length = 0;
  for await (const part of response.body as AsyncIterable<Uint8Array>) {
    length += part.length;
    if (length > most) return undefined; // leaving the loop destroys the stream
    parts.push(part);
  }
  return Buffer.concat(parts).toString('utf8');
}

/** The way to one issuer, with its queue: all questions of a run to it go through the same `Ask`. */
export function createAsk(service: Asked, options: AskOptions = {}): Ask {
  const { timeoutMs = 10_000, patienceMs = 30_000, replyBytes = 1_000_000, signal, named = [] } = options;
  const { requests, perMs, concurrency } = service.rate;
  const queue = new PQueue({ concurrency, intervalCap: requests, interval: perMs });
  const dispatchers = new Map<Reach, Dispatcher>();
  /** The issuer's own word on when to come back, in ms of the epoch: it holds for every question in the queue. */
  let notBefore = 0;

  const inside = (url: URL) => service.internal === true || named.includes(url.host);

  function dispatcherFor(reach: Reach): Dispatcher {
    const known = dispatchers.get(reach);
    if (known) return known;
    const made = dispatcher(reach, { timeoutMs, ...(options.lookup && { lookup: options.lookup }) });
    dispatchers.set(reach, made);
    return made;
  }

  /** The answer, or how long the issuer wants to be left alone. */
  async function once(request: IssuerRequest, url: URL): Promise<IssuerReply | { readonly pauseMs: number }> {
    const clock = AbortSignal.timeout(timeoutMs);
    try {
      const reach = inside(url) ? (url.protocol === 'http:' ? 'private' : 'any') : 'public';
      assertReach(url.hostname, reach);
      const response = await send(url, {
        method: request.method,
        headers: { 'user-agent': `keyburn/${options.version ?? '0'}`, ...request.headers },
        body: request.body ?? null,
        dispatcher: dispatcherFor(reach),
        signal: signal ? AbortSignal.any([clock, signal]) : clock,
      });
      const headers = lowered(response.headers);
      const body = await bounded(response, replyBytes);
      const status = response.statusCode;
      // GitHub's secondary limit is a 403 with Retry-After.
      if (status === 429 || status === 503 || status === 403) {
        const pauseMs = retryAfter(headers['retry-after']);
        if (pauseMs !== undefined) return { pauseMs };
        if (status === 429) return unanswered(request, 'throttled', '429');
      }
      if (status >= 500) return unanswered(request, 'issuer-fault', String(status));
      if (status >= 300 && status < 400) return unanswered(request, 'redirected', String(status));
      if (status === 407) return unanswered(request, 'unreachable', 'the proxy wants credentials');
      if (body === undefined) return unanswered(request, 'too-large', `more than ${replyBytes} bytes`);
      return { kind: 'answered', status, headers, body, json: parseJson(body) };
    } catch (error) {
      if (signal?.aborted)
        return unanswered(request, 'unreachable', 'interrupted, with the question on its way');
      if (clock.aborted) return unanswered(request, 'timeout', `nothing within ${timeoutMs} ms`);
      const code = codeOf(error);
      return unanswered(request, WHY[code] ?? 'unreachable', code);
    }
  }

  /** Waits until the issuer wants to be asked again; false where that is further off than our patience. */
  async function patient(): Promise<boolean> {
    const pause = notBefore - Date.now();
    if (pause > patienceMs) return false;
    if (pause > 0) await wait(pause, undefined, signal ? { signal } : {});
    return true;
  }

  async function inTurn(request: IssuerRequest, url: URL): Promise<IssuerReply> {
    for (const last of [false, true]) {
      try {
        await options.turn?.();
        if (!(await patient())) break;
        if (request.unless?.aborted === true) return unanswered(request, 'not-asked', 'it was called off');
      } catch {
        return unanswered(request, 'not-asked', signal?.aborted ? 'interrupted' : 'no turn could be had');
      }
      const reply = await once(request, url);
      if ('kind' in reply) return reply;
      notBefore = Math.max(notBefore, Date.now() + reply.pauseMs);
      if (last) break;
    }
    return unanswered(request, 'throttled', 'the issuer asks for a pause');
  }

  return async (request) => {
    if (!URL.canParse(request.url)) return unanswered(request, 'not-asked', 'not a web address');
    const url = new URL(request.url);
    const scheme = url.protocol === 'https:' || (url.protocol === 'http:' && inside(url));
    if (!scheme) return unanswered(request, 'forbidden-address', 'https only');
    if (!mayAsk(service, url.host, named) || url.username !== '' || url.password !== '') {
      return unanswered(request, 'forbidden-address', "not one of the issuer's hosts");
    }
    if (signal?.aborted) return unanswered(request, 'not-asked', 'interrupted');
    return queue.add(() => inTurn(request, url));
  };
}
