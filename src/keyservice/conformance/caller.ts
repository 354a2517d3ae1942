// How the conformance kit talks to an issuer: no redirect is followed, a reply is bounded in time and size, and every reply
// is kept, so that what must be true of all of them can be judged at the end.

import { z } from 'zod';

const ANSWER_MS = 10_000;
const MOST_BYTES = 1_000_000;

export interface Said {
  /** `POST /v1/check`: never a key. */
  readonly what: string;
  readonly status: number;
  readonly headers: Headers;
  readonly body: string;
  /** Undefined where the body is no JSON. */
  readonly json: unknown;
}

export interface Request {
  readonly bearer?: string | undefined;
  readonly headers?: Readonly<Record<string, string>>;
  /** Sent as JSON. */
  readonly json?: unknown;
  /** Sent as a form. */
  readonly form?: Readonly<Record<string, string>>;
}

/** How the fault of an issuer ends that does not answer at all. */
export const UNREACHED = 'could not be reached';

/** Why a check fails, in words for the issuer's programmer. */
export class Fault extends Error {
  override readonly name = 'Fault';
}

export interface Caller {
  readonly origin: string;
  readonly replies: readonly Said[];
  readonly call: (method: 'GET' | 'POST', path: string, request?: Request) => Promise<Said>;
}

export function createCaller(base: string): Caller {
  const replies: Said[] = [];
  const { origin } = new URL(base);
  return {
    origin,
    replies,
    async call(method, path, { bearer, headers, json, form } = {}) {
      const what = `${method} ${path}`;
      const body = form
        ? new URLSearchParams(form).toString()
        : json === undefined
          ? undefined
          : JSON.stringify(json);
      let response: Response;
      try {
        response = await fetch(/^https?:/.test(path) ? path : base + path, {
          method,
          headers: {
            accept: 'application/json',
            ...(bearer === undefined ? {} : { authorization: `Bearer ${bearer}` }),
            ...(json === undefined ? {} : { 'content-type': 'application/json' }),
            ...(form ? { 'content-type': 'application/x-www-form-urlencoded' } : {}),
            ...headers,
          },
          ...(body === undefined ? {} : { body }),
          redirect: 'manual',
          signal: AbortSignal.timeout(ANSWER_MS),
        });
      } catch (error) {
        const slow = error instanceof Error && error.name === 'TimeoutError';
        throw new Fault(`${what}: ${slow ? `no answer within ${ANSWER_MS / 1000} s` : UNREACHED}`);
      }
      const text = await bounded(response, what);
      const said = {
        what,
        status: response.status,
        headers: response.headers,
        body: text,
        json: parse(text),
      };
      replies.push(said);
      return said;
    },
  };
}

/** The status and the shape that a reply must have; a Fault says what it has instead. */
export function expectReply<T>(said: Said, status: number | readonly number[], schema: z.ZodType<T>): T {
  expectStatus(said, status);
  if (said.json === undefined)
    throw new Fault(`${said.what}: ${said.status}, but the body is ${kindOf(said)}`);
  const read = schema.safeParse(said.json);
  if (read.success) return read.data;
  const [first] = read.error.issues;
  throw new Fault(
    `${said.what}: ${said.status}, but ${first?.path.join('.') || 'the body'}: ${first?.message ?? 'wrong'}`,
  );
}

export function expectStatus(said: Said, status: number | readonly number[]): void {
  const allowed = typeof status === 'number' ? [status] : status;
  if (!allowed.includes(said.status))
    throw new Fault(`${said.what}: answered ${said.status}, not ${allowed.join(' or ')}${aside(said)}`);
}

function aside(said: Said): string {
  if (said.status >= 300 && said.status < 400) return ' (a redirect)';
  const told = z.object({ code: z.string().max(60) }).safeParse(said.json).data;
  return told && /^[\w.-]+$/.test(told.code) ? ` (${told.code})` : '';
}

export function isHtml(said: Said): boolean {
  return (
    /\bhtml\b/i.test(said.headers.get('content-type') ?? '') || /^\s*<(?:!doctype|html)\b/i.test(said.body)
  );
}

function kindOf(said: Said): string {
  return said.body === '' ? 'empty' : isHtml(said) ? 'HTML' : 'no JSON';
}

async function bounded(response: Response, what: string): Promise<string> {
  const pieces: Uint8Array[] = [];
  let size = 0;
  try {
    for await (const piece of response.body ?? []) {
      size += piece.length;
      if (size > MOST_BYTES) throw new Fault(`${what}: answered with more than ${MOST_BYTES} bytes`);
      pieces.push(piece);
    }
  } catch (error) {
    throw error instanceof Fault ? error : new Fault(`${what}: the answer broke off`);
  }
  return Buffer.concat(pieces).toString('utf8');
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
