// An entry and a summary as line-schemas.ts has them.

import type { Entry, Place, Receipt, Summary, Verdict } from '../../model/index.ts';
import type { FindingLine, SummaryLine } from './line-schemas.ts';

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
