// The report as data: what `--format jsonl` and `--format json` print. Scripts rely on it, so keys keep their order and
// their meaning; new ones may come. schema/*.v1.json is made from these schemas.

import { z } from 'zod';

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
