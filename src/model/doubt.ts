import type { Finding } from './finding.ts';
import type { Malformed, Unknown } from './verdict.ts';

/** The verdict of a finding that no issuer may be asked about; undefined where its one issuer may. */
export function unasked(finding: Finding, now: Date): Malformed | Unknown | undefined {
  switch (finding.doubt) {
    case 'malformed':
      return { state: 'malformed', why: 'its checksum or shape is wrong', checkedAt: now.toISOString() };
    case 'canary':
    case 'ambiguous':
      return { state: 'unknown', why: finding.doubt };
    case undefined:
  }
  const owners = new Set(finding.services);
  if (owners.size === 0) return { state: 'unknown', why: 'no-service' };
  return owners.size > 1 ? { state: 'unknown', why: 'ambiguous' } : undefined;
}
