import { createBreaker, isOrder, order } from '../../src/decide/index.ts';
import type {
  Entry,
  Fingerprint,
  Place,
  Receipt,
  RevokeOrder,
  Summary,
  Verdict,
} from '../../src/model/index.ts';
import { Secret } from '../../src/model/index.ts';

export const idOf = (digit: string): Fingerprint => digit.repeat(64).slice(0, 64) as Fingerprint;

export function at(minute: number): string {
  return new Date(Date.UTC(2026, 10, 20, 10, minute)).toISOString();
}

export function place(about: Partial<Place> = {}): Place {
  return {
    kind: 'file',
    path: 'src/config.ts',
    line: 3,
    column: 5,
    endLine: 3,
    repository: '/home/ann/app',
    ...about,
  };
}

export const live = (minute = 0): Verdict => ({ state: 'live', checkedAt: at(minute), why: 'GET /me: 200' });
export const revoked = (minute = 0): Verdict & { state: 'revoked' } => ({
  state: 'revoked',
  checkedAt: at(minute),
  why: 'GET /me: 401 key_revoked',
});

export function entry(about: Partial<Entry> = {}): Entry {
  return {
    id: idOf('a'),
    rule: 'acme-key',
    title: 'Acme key',
    severity: 'high',
    service: 'acme',
    preview: 'acme_…ghij',
    environment: 'live',
    place: place(),
    otherPlaces: [],
    verdict: live(),
    exposure: 'public',
    decision: { act: 'burn', because: 'public and live (policy: default)' },
    receipt: null,
    ...about,
  };
}

export function summary(about: Partial<Summary> = {}): Summary {
  return {
    bytes: 4_200_000,
    files: 12,
    blobs: 340,
    commits: 27,
    binary: 0,
    findings: 0,
    live: 0,
    revoked: 0,
    skipped: [],
    elapsedMs: 1300,
    ...about,
  };
}

export function receipt(
  outcome: 'revoked' | 'contained' | 'already-dead' | 'accepted',
  minute: number,
): Receipt {
  const proof = outcome === 'accepted' ? live(minute) : revoked(minute);
  return { outcome, at: at(minute), proof, note: 'DELETE /keys/42: 204' };
}

/** A real order for an entry, by the only door that makes one. */
export function orderFor(about: Entry, secret = new Secret('acme_0123456789abcdefghij')): RevokeOrder {
  const made = order(
    {
      case: {
        id: about.id,
        place: about.place,
        otherPlaces: [],
        finding: {
          rule: { id: about.rule, title: about.title, severity: about.severity },
          services: [about.service ?? ''],
          secret,
          parts: {},
          environment: 'live',
          allowed: false,
          origin: { kind: 'file', path: about.place.path },
          span: { start: 0, end: 25, line: 3, column: 5, endLine: 3 },
        },
      },
      service: { id: about.service ?? '', name: 'Acme', revoke: true },
      verdict: { state: 'live', checkedAt: at(0), why: 'GET /me: 200' },
      exposure: about.exposure,
      decision: { act: 'burn', because: about.decision.because },
      now: () => new Date(at(0)),
    },
    { armed: true, breaker: createBreaker(10), sideEffects: [] },
  );
  if (!isOrder(made)) throw new Error(made.note);
  return made;
}
