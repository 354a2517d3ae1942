// What the words of a refusal say, where an issuer has no profile of its own. One text that names several reasons with an
// "or" between them names none: "invalid or has expired" is dead, without a reason.

import { z } from 'zod';
import type { HttpResponse } from './service.ts';

export type Word =
  | 'missing'
  | 'malformed'
  | 'expired'
  | 'disabled'
  | 'revoked'
  | 'rejected'
  | 'forbidden'
  | 'throttled'
  | 'dead'
  | 'unclear';

const THING = '(?:api[ -]?keys?|keys?|tokens?|credentials?|authorization|authentication)';
const FORBIDDEN =
  /insufficient|(?:missing|lacks?|without|required) (?:the |any |a )?(?:required |necessary )?(?:scopes?|permissions?|roles?|privileges?)|permission|forbidden|not allowed|access denied|not authorized to|may not/i;
const THROTTLED = /rate.?limit|too many requests|throttl|quota|slow down/i;
/** Somebody wants a credential: one that was sent and refused gets this as well. */
const WANTED = new RegExp(`${THING} (?:is |are )?required|requires? (?:an? |valid )*${THING}`, 'i');
/** The words of the status line, which every refusal has. */
const NO = /unauthori[sz]ed|unauthenticated/i;

const REASONS: readonly (readonly [Word, RegExp])[] = [
  [
    'missing',
    new RegExp(
      `\\bmissing\\b|not (?:been )?(?:provided|supplied|included|present|set)|\\bno (?:valid )?${THING}\\b|did(?: not|n.?t) (?:provide|include|send|supply)|without (?:an? )?${THING}|(?:header|parameter) (?:is )?required|\\bempty\\b`,
      'i',
    ),
  ],
  [
    'malformed',
    /malformed|(?:invalid|bad|wrong|unexpected|unsupported) (?:key |token |header )?format|badly formed|(?:could not|cannot|unable to|failed to) (?:be )?(?:parse|decode)|not a valid format/i,
  ],
  ['expired', /expir/i],
  ['revoked', /revoke|deleted|rotated|\bleaked\b|compromised|accidentally committed/i],
  ['disabled', /disabled|deactivated|suspended|inactive|blocked|\block(?:ed|out)\b/i],
  [
    'rejected',
    /invalid|incorrect|wrong|unknown|not found|not recogni[sz]ed|does ?n.?t exist|does not exist|bad credentials|not (?:a )?valid/i,
  ],
];

/** A word, and how much it tells: what is named beats what is only refused. */
type Judged = readonly [Word, weight: number];

function judge(text: string): Judged | undefined {
  if (THROTTLED.test(text)) return ['throttled', 5];
  const found = REASONS.filter(([, pattern]) => pattern.test(text)).map(([word]) => word);
  // "Accidentally committed to a public repository and revoked": a reason, whatever else is said.
  if (/accidentally committed|\bleaked\b/i.test(text) && found.includes('revoked')) return ['revoked', 4];
  const sharp = found.filter((word) => word !== 'rejected');
  const ours = sharp.includes('missing') || sharp.includes('malformed');
  const or = /\bor\b|\//i.test(text.replace(/https?:\S+/g, ''));
  if (or && found.length > 1) return ours ? ['unclear', 1.5] : ['dead', 3];
  if (sharp.includes('missing') && FORBIDDEN.test(text)) return ['forbidden', 2];
  const [only, ...more] = sharp;
  if (only !== undefined && more.length === 0) return [only, only === 'missing' ? 3 : 4];
  if (more.length > 0) return ours ? ['unclear', 1.5] : [sharp.includes('revoked') ? 'revoked' : 'dead', 3];
  if (FORBIDDEN.test(text)) return ['forbidden', 2];
  if (found.length > 0) return ['rejected', 1];
  if (WANTED.test(text)) return ['missing', 0.5];
  return NO.test(text) ? ['rejected', 0.2] : undefined;
}

/** The best of what several texts say; the first of equals. */
export function wordOf(texts: readonly string[]): Word | undefined {
  let best: Judged | undefined;
  for (const text of texts) {
    const judged = judge(text.replace(/[_-]+/g, ' '));
    if (judged && (best === undefined || judged[1] > best[1])) best = judged;
  }
  return best?.[0];
}

const TELLING =
  /^(?:code|type|title|detail|details|message|msg|error|errors|error_?description|error_?code|reason|description|fault|faultstring|status_?text)$/i;
const LONGEST = 2_000;

function gather(json: unknown, depth: number, into: string[]): void {
  if (depth > 3 || into.length > 40) return;
  if (Array.isArray(json)) {
    for (const one of json.slice(0, 5)) gatherValue(one, depth, into);
    return;
  }
  const record = z.record(z.string(), z.unknown()).safeParse(json).data;
  for (const [name, value] of Object.entries(record ?? {})) {
    if (TELLING.test(name)) gatherValue(value, depth, into);
    else if (depth === 0 && typeof value === 'object') gather(value, 1, into);
  }
}

function gatherValue(value: unknown, depth: number, into: string[]): void {
  // A URI names its reason in the last segment.
  if (typeof value === 'string')
    into.push((/^(?:https?:\/\/|\/)\S+$/.test(value) ? lastSegment(value) : value).slice(0, LONGEST));
  else gather(value, depth + 1, into);
}

function lastSegment(uri: string): string {
  return uri.split(/[/#?]/).filter(Boolean).at(-1) ?? '';
}

/** The texts of a body that tell a reason, whatever its shape: JSON, XML or plain text. */
export function textsOf(response: Pick<HttpResponse, 'body' | 'json'>): readonly string[] {
  const texts: string[] = [];
  if (typeof response.json === 'string') return [response.json.slice(0, LONGEST)];
  if (response.json !== undefined) gather(response.json, 0, texts);
  else if (response.body.trimStart().startsWith('<')) {
    for (const found of response.body
      .slice(0, 20_000)
      .matchAll(/<(code|message|title|faultstring|detail)>([^<]{1,500})</gi))
      texts.push(found[2] ?? '');
  } else if (response.body.length <= LONGEST) texts.push(response.body);
  return texts;
}
