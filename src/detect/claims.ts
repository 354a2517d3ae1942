// Who gets the bytes that several rules want. The answer for one candidate depends on text near it alone, so that it is the
// same wherever a chunk ends: it loses to any better claim on its bytes whose anchor lies within NEAR bytes of them.

import { NEAR } from '../model/index.ts';
import type { Candidate } from './candidate.ts';

/** How far outside of a candidate's secret the anchors stand that may take it away, in bytes. */
export const RIVALS = NEAR;

/** Negative where `a` has the better claim. A total order over candidates for overlapping bytes. */
function compare(a: Candidate, b: Candidate): number {
  return (
    Number(a.by.rule.generic) - Number(b.by.rule.generic) ||
    Number(a.doubt === 'malformed') - Number(b.doubt === 'malformed') ||
    b.end - b.start - (a.end - a.start) ||
    b.literal - a.literal ||
    (a.by.rule.id < b.by.rule.id ? -1 : a.by.rule.id > b.by.rule.id ? 1 : 0) ||
    a.start - b.start ||
    a.anchor - b.anchor
  );
}

function beats(rival: Candidate, candidate: Candidate): boolean {
  if (rival.start >= candidate.end || candidate.start >= rival.end) return false;
  const near = rival.anchor >= candidate.start - RIVALS && rival.anchor < candidate.end + RIVALS;
  return near && compare(rival, candidate) < 0;
}

/** @param candidates all of a stretch of text; @returns those that nothing beats, by start */
export function settle(candidates: readonly Candidate[]): Candidate[] {
  const sorted = [...candidates].sort((a, b) => a.start - b.start || a.end - b.end);
  const longest = sorted.reduce((most, one) => Math.max(most, one.end - one.start), 0);
  const kept: Candidate[] = [];
  for (let i = 0; i < sorted.length; i++) {
    const candidate = sorted[i];
    if (!candidate) continue;
    let beaten = false;
    for (let j = i - 1; !beaten && j >= 0; j--) {
      const rival = sorted[j];
      if (!rival || rival.start + longest <= candidate.start) break;
      beaten = beats(rival, candidate);
    }
    for (let j = i + 1; !beaten && j < sorted.length; j++) {
      const rival = sorted[j];
      if (!rival || rival.start >= candidate.end) break;
      beaten = beats(rival, candidate);
    }
    if (!beaten) kept.push(candidate);
  }
  return kept;
}
