// What every service says the same way: verdicts with their time and reason, and what could not be learned.

import type { Dead, Limited, Live, Secret, Unknown } from '../model/index.ts';
import { reveal } from '../model/reveal.ts';
import type { HttpResponse, IssuerReply, IssuerRequest, RevokeReply, Tools } from './service.ts';

type Answered = Extract<IssuerReply, { kind: 'answered' }>;
type Unanswered = Extract<IssuerReply, { kind: 'unanswered' }>;

/** Where a factory points a service instead of the issuer's own address: a self-hosted one, or a test's. */
export interface Place {
  /** Base URL without a slash at its end. */
  readonly api?: string;
  /** http and private addresses are allowed: the operator named them. */
  readonly internal?: boolean;
}

export function seen(request: IssuerRequest, reply: Answered, words: string): string {
  return `${request.what}: ${reply.status} ${words}`;
}

export function alive(tools: Tools, why: string, environment?: 'live' | 'test'): Live {
  return { state: 'live', why, checkedAt: tools.now().toISOString(), ...(environment && { environment }) };
}

export function limited(tools: Tools, why: string, environment?: 'live' | 'test'): Limited {
  return { state: 'limited', why, checkedAt: tools.now().toISOString(), ...(environment && { environment }) };
}

export function dead(tools: Tools, state: Dead['state'], why: string): Dead {
  return { state, why, checkedAt: tools.now().toISOString() };
}

export function silent(tools: Tools, reply: Unanswered): Unknown {
  return { state: 'unknown', why: reply.why, detail: reply.detail, checkedAt: tools.now().toISOString() };
}

/** The issuer answered, but with nothing that its documentation gives a meaning to. */
export function unexpected(tools: Tools, request: IssuerRequest, reply: Answered): Unknown {
  const detail = `${request.what}: ${reply.status}${isHtml(reply) ? ' with HTML' : ''}`;
  return { state: 'unknown', why: 'unexpected-reply', detail, checkedAt: tools.now().toISOString() };
}

export function throttled(tools: Tools, request: IssuerRequest, reply: Answered): Unknown {
  const checkedAt = tools.now().toISOString();
  return { state: 'unknown', why: 'throttled', detail: `${request.what}: ${reply.status}`, checkedAt };
}

export function unknown(tools: Tools, why: Unknown['why'], detail: string): Unknown {
  return { state: 'unknown', why, detail, checkedAt: tools.now().toISOString() };
}

export function notDone(reply: Unanswered): RevokeReply {
  return { outcome: 'unanswered', why: reply.why, detail: reply.detail };
}

/** The issuer answered an order with something that is neither yes nor a no that we know. */
export function refused(request: IssuerRequest, reply: Answered): RevokeReply {
  return { outcome: 'refused', note: `${request.what}: ${reply.status}` };
}

export function bearer(secret: Secret): { readonly authorization: string } {
  return { authorization: `Bearer ${reveal(secret)}` };
}

export const JSON_BODY = { 'content-type': 'application/json', accept: 'application/json' } as const;

export function isHtml(response: Pick<HttpResponse, 'headers' | 'body'>): boolean {
  const type = response.headers['content-type'] ?? '';
  return /\bhtml\b/i.test(type) || /^\s*<(?:!doctype html|html)\b/i.test(response.body);
}

/** Text of an issuer that a person may read: one line, no control characters, bounded. */
export function oneLine(text: string, most = 200): string {
  const plain = text.replace(/[\p{Cc}\s]+/gu, ' ').trim();
  return plain.length > most ? `${plain.slice(0, most)}…` : plain;
}
