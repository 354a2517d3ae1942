// The shape that most issuers share: one read-only question that carries the key, a table of what each answer means, and one
// order that ends the key. A status means nothing by itself: an answer that stands in no table is `unknown`. What does
// not fit here is written out in the issuer's own file.

import { z } from 'zod';
import type { Dead, RevokeOrder, Secret, Verdict } from '../model/index.ts';
import { reveal } from '../model/reveal.ts';
import {
  alive,
  dead,
  isHtml,
  limited,
  notDone,
  refused,
  seen,
  silent,
  throttled,
  unexpected,
  unknown,
} from './answer.ts';
import type {
  IssuerReply,
  IssuerRequest,
  Key,
  Owner,
  RevokeReply,
  Service,
  Tools,
  Usage,
} from './service.ts';

export type Answered = Extract<IssuerReply, { kind: 'answered' }>;

/** An answer that the issuer documents. `where`: what its JSON must show; without it, any body that is not HTML will do. */
interface Documented<Is extends string> {
  readonly status: number;
  readonly where?: z.ZodType;
  /** For an issuer that refuses in plain words. */
  readonly text?: RegExp;
  /** A header, by its name in lower case, that must read like this. */
  readonly header?: readonly [name: string, value: RegExp];
  readonly is: Is;
  /** In our words: the issuer's own may echo the key. */
  readonly says: string;
}

/** What an answer says of a key. `live` here is for an answer without a body (204) that nothing but a living key gets. */
export type Meaning = Documented<'live' | 'limited' | 'throttled' | Dead['state']>;
/** What an answer says of an order. `manual`: this key may not end itself, a person has to. */
export type Outcome = Documented<'accepted' | 'already-dead' | 'manual' | 'throttled'>;

/** A request, or in words what is missing to ask it: another half, or an address. */
export type Asking<K> = (key: K, tools: Tools) => IssuerRequest | string;

export interface Question<T> {
  readonly ask: Asking<Key>;
  /** The affirmative body of a 200. */
  readonly live: z.ZodType<T>;
  readonly says: string;
  readonly means: readonly Meaning[];
  readonly environment?: (body: T) => 'live' | 'test' | undefined;
  readonly owner?: (body: T) => Owner | undefined;
  readonly usage?: (body: T) => Usage | undefined;
}

export interface Ending {
  readonly ask: Asking<RevokeOrder>;
  readonly answers: readonly Outcome[];
}

type ByHand = Service['byHand'];

/** `what` is method and path: give one where the path itself holds the key. */
export function call(
  method: IssuerRequest['method'],
  url: string,
  headers: Readonly<Record<string, string>>,
  more: {
    readonly json?: unknown;
    readonly form?: Readonly<Record<string, string>>;
    readonly what?: string;
  } = {},
): IssuerRequest {
  const { json, form, what = `${method} ${new URL(url).pathname}` } = more;
  const accept = { accept: 'application/json', ...headers };
  if (json !== undefined) {
    const type = { 'content-type': 'application/json' };
    return { method, url, headers: { ...type, ...accept }, body: JSON.stringify(json), what };
  }
  if (form !== undefined) {
    const type = { 'content-type': 'application/x-www-form-urlencoded' };
    return { method, url, headers: { ...type, ...accept }, body: new URLSearchParams(form).toString(), what };
  }
  return { method, url, headers: accept, what };
}

/** HTTP Basic (RFC 7617): a name that may be printed or not, and the secret. */
export function basicAuth(user: string, secret: Secret | ''): { readonly authorization: string } {
  const pair = `${user}:${secret === '' ? '' : reveal(secret)}`;
  return { authorization: `Basic ${Buffer.from(pair, 'utf8').toString('base64')}` };
}

/** The first line of a table that this answer is. */
export function meaningOf<D extends Documented<string>>(
  table: readonly D[],
  reply: Pick<Answered, 'status' | 'headers' | 'body' | 'json'>,
): D | undefined {
  return table.find(
    ({ status, where, text, header }) =>
      status === reply.status &&
      (where ? where.safeParse(reply.json).success : !isHtml(reply)) &&
      (text?.test(reply.body) ?? true) &&
      (header === undefined || header[1].test(reply.headers[header[0]] ?? '')),
  );
}

/** The verdict that a documented answer stands for. */
export function verdictOf<T>(
  tools: Tools,
  request: IssuerRequest,
  reply: IssuerReply,
  question: Pick<Question<T>, 'live' | 'says' | 'means' | 'environment'>,
): Verdict {
  if (reply.kind === 'unanswered') return silent(tools, reply);
  const body = reply.status === 200 ? question.live.safeParse(reply.json) : undefined;
  if (body?.success) {
    return alive(tools, seen(request, reply, question.says), question.environment?.(body.data));
  }
  const meaning = meaningOf(question.means, reply);
  if (!meaning) return unexpected(tools, request, reply);
  switch (meaning.is) {
    case 'live':
      return alive(tools, seen(request, reply, meaning.says));
    case 'limited':
      return limited(tools, seen(request, reply, meaning.says));
    case 'throttled':
      return throttled(tools, request, reply);
    case 'expired':
    case 'disabled':
    case 'revoked':
    case 'rejected':
      return dead(tools, meaning.is, seen(request, reply, meaning.says));
  }
}

/** What a documented answer to an order stands for. */
export function outcomeOf(
  request: IssuerRequest,
  reply: IssuerReply,
  answers: readonly Outcome[],
  steps: readonly string[],
): RevokeReply {
  if (reply.kind === 'unanswered') return notDone(reply);
  const answer = meaningOf(answers, reply);
  if (!answer) return refused(request, reply);
  const note = seen(request, reply, answer.says);
  switch (answer.is) {
    case 'accepted':
    case 'already-dead':
      return { outcome: answer.is, note };
    case 'manual':
      return { outcome: 'manual', note, steps };
    case 'throttled':
      return { outcome: 'unanswered', why: 'throttled', detail: `${request.what}: ${reply.status}` };
  }
}

/** One question, and what it tells besides. */
export function asking<T>(question: Question<T>): Pick<Service, 'check' | 'owner' | 'usage'> {
  const { ask, live, owner, usage } = question;
  async function body(key: Key, tools: Tools): Promise<T | undefined> {
    const request = ask(key, tools);
    const reply = typeof request === 'string' ? undefined : await tools.ask(request);
    return reply?.kind === 'answered' && reply.status === 200 ? live.safeParse(reply.json).data : undefined;
  }
  return {
    check: async (key, tools) => {
      const request = ask(key, tools);
      if (typeof request === 'string') return unknown(tools, 'not-configured', request);
      return verdictOf(tools, request, await tools.ask(request), question);
    },
    ...(owner && {
      owner: async (key, tools) => {
        const found = await body(key, tools);
        return found === undefined ? undefined : owner(found);
      },
    }),
    ...(usage && {
      usage: async (key, tools) => {
        const found = await body(key, tools);
        return found === undefined ? undefined : usage(found);
      },
    }),
  };
}

/** One order. Without what it needs, a person has to do it. */
export function ending({ ask, answers }: Ending, byHand: ByHand): NonNullable<Service['revoke']> {
  return async (order, tools) => {
    const steps = byHand({ preview: order.secret.preview });
    const request = ask(order, tools);
    if (typeof request === 'string') return { outcome: 'manual', note: request, steps };
    return outcomeOf(request, await tools.ask(request), answers, steps);
  };
}

/** Any JSON object: for a refusal whose body is not documented. */
export const SOME_JSON = z.record(z.string(), z.unknown());

export type Simple<T> = Omit<Service, 'check' | 'owner' | 'usage' | 'revoke' | 'rate' | 'byHand'> & {
  readonly rate?: Service['rate'];
  readonly check: Question<T>;
  readonly revoke?: Ending | NonNullable<Service['revoke']>;
  readonly byHand: (preview: string) => readonly string[];
};

/** Slow enough for an issuer that names no limit. */
const GENTLE: Service['rate'] = { requests: 5, perMs: 1_000, concurrency: 2 };

export function simple<T>({ check, revoke, byHand, rate = GENTLE, ...rest }: Simple<T>): Service {
  const steps: ByHand = ({ preview }) => byHand(preview);
  return {
    ...rest,
    rate,
    ...asking(check),
    ...(revoke && { revoke: typeof revoke === 'function' ? revoke : ending(revoke, steps) }),
    byHand: steps,
  };
}
