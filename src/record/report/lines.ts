// The report as data: what `--format jsonl` and `--format json` print. Scripts rely on it, so keys keep their order and
// their meaning; new ones may come. schema/*.v1.json is made from these schemas.

import { z } from 'zod';
import type { Entry, Place, Receipt, Summary, Verdict } from '../../model/index.ts';

const verdictSchema = z.strictObject({
  state: z.enum(['live', 'limited', 'expired', 'disabled', 'revoked', 'rejected', 'malformed', 'unknown']),
  why: z.string().describe('What was seen; for unknown, the reason why nobody knows'),
  detail: z.string().nullable().describe('More words for an unknown verdict'),
  checkedAt: z.string().nullable().describe('RFC 3339; null where nobody was asked'),
});

const placeSchema = z.strictObject({
  kind: z.enum(['file', 'stream', 'blob', 'message', 'hosted']),
  path: z.string(),
  line: z.int().describe('From 1'),
  column: z.int().describe('From 1, in UTF-16 code units'),
  endLine: z.int(),
  commit: z.string().nullable(),
  author: z.string().nullable(),
  date: z.string().nullable().describe("RFC 3339, author's date"),
  url: z.string().nullable(),
  object: z.string().nullable().describe('Object id of the blob, commit or tag'),
  repository: z.string().nullable(),
});

const receiptSchema = z.strictObject({
  outcome: z.enum([
    'revoked',
    'contained',
    'already-dead',
    'accepted',
    'failed',
    'manual',
    'planned',
    'held',
  ]),
  at: z.string(),
  note: z.string(),
  proof: verdictSchema.nullable().describe('What the issuer said when it was asked again'),
  steps: z.array(z.string()).nullable().describe('What a person has to do'),
});

export const findingLineSchema = z.strictObject({
  type: z.literal('finding'),
  id: z
    .string()
    .regex(/^[0-9a-f]{64}$/)
    .describe('Fingerprint of the secret'),
  rule: z.string(),
  title: z.string(),
  severity: z.enum(['critical', 'high', 'medium', 'low']),
  service: z.string().nullable(),
  preview: z.string().describe('Masked: never enough to use'),
  environment: z.enum(['live', 'test', 'unknown']),
  place: placeSchema,
  otherPlaces: z.array(placeSchema),
  verdict: verdictSchema,
  exposure: z.enum(['public', 'internal', 'private', 'local', 'unknown']),
  decision: z.strictObject({
    act: z.enum(['burn', 'contain', 'ask', 'notify', 'block', 'leave']),
    because: z.string(),
  }),
  receipt: receiptSchema.nullable(),
});

export const summaryLineSchema = z.strictObject({
  type: z.literal('summary'),
  bytes: z.int(),
  files: z.int(),
  blobs: z.int(),
  commits: z.int(),
  binary: z.int().describe('Left out by the rule that git has for binary files'),
  findings: z.int(),
  live: z.int(),
  revoked: z.int(),
  skipped: z
    .array(z.strictObject({ path: z.string(), why: z.string() }))
    .describe('Not empty: not a clean scan'),
  elapsedMs: z.number(),
});

export const reportSchema = z.strictObject({
  findings: z.array(findingLineSchema),
  summary: summaryLineSchema,
});

export type FindingLine = z.output<typeof findingLineSchema>;
export type SummaryLine = z.output<typeof summaryLineSchema>;

export function findingLine(entry: Entry): FindingLine {
  return {
    type: 'finding',
    id: entry.id,
    rule: entry.rule,
    title: entry.title,
    severity: entry.severity,
    service: entry.service,
    preview: entry.preview,
    environment: entry.environment,
    place: placeOf(entry.place),
    otherPlaces: entry.otherPlaces.map(placeOf),
    verdict: verdictOf(entry.verdict),
    exposure: entry.exposure,
    decision: { act: entry.decision.act, because: entry.decision.because },
    receipt: entry.receipt === null ? null : receiptOf(entry.receipt),
  };
}

export function summaryLine(summary: Summary): SummaryLine {
  return {
    type: 'summary',
    bytes: summary.bytes,
    files: summary.files,
    blobs: summary.blobs,
    commits: summary.commits,
    binary: summary.binary,
    findings: summary.findings,
    live: summary.live,
    revoked: summary.revoked,
    skipped: summary.skipped.map(({ path, why }) => ({ path, why })),
    elapsedMs: summary.elapsedMs,
  };
}

// No e-mail address: a report goes further than the repository does.
function placeOf(place: Place): FindingLine['place'] {
  return {
    kind: place.kind,
    path: place.path,
    line: place.line,
    column: place.column,
    endLine: place.endLine,
    commit: place.commit ?? null,
    author: place.author ?? null,
    date: place.date ?? null,
    url: place.url ?? null,
    object: place.object ?? null,
    repository: place.repository ?? null,
  };
}

function verdictOf(verdict: Verdict): FindingLine['verdict'] {
  return {
    state: verdict.state,
    why: verdict.why,
    detail: verdict.state === 'unknown' ? (verdict.detail ?? null) : null,
    checkedAt: verdict.checkedAt ?? null,
  };
}

function receiptOf(receipt: Receipt): NonNullable<FindingLine['receipt']> {
  return {
    outcome: receipt.outcome,
    at: receipt.at,
    note: receipt.note,
    proof: 'proof' in receipt ? verdictOf(receipt.proof) : null,
    steps: 'steps' in receipt ? [...receipt.steps] : null,
  };
}
