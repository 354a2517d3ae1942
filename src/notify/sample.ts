// An invented incident for each kind of notice: templates are tried on them before anything happens, and shown with them.

import type { Fingerprint, Incident } from '../model/index.ts';
import { type Notice, noticeOf } from './notice.ts';
import { NOTICE_KINDS, type NoticeKind } from './outbox.ts';

const DAY = '2026-11-20';
const live = {
  state: 'live',
  checkedAt: `${DAY}T11:59:50.000Z`,
  why: 'GET /v1/whoami: 200 with a key id',
} as const;

export function sampleIncident(kind: NoticeKind): Incident {
  return {
    id: '5a'.repeat(32) as Fingerprint,
    state: kind === 'burned' ? 'closed' : 'open',
    rule: 'keyburn-live-key',
    title: 'keyburn key service, live key',
    severity: 'critical',
    service: 'keyburn',
    preview: 'kbk_live_…pNGY',
    environment: 'live',
    exposure: 'public',
    place: {
      kind: 'blob',
      path: 'config/payments.env',
      line: 2,
      column: 14,
      endLine: 2,
      repository: '/srv/shop',
      commit: 'ca9c2bc6bd55ca9c2bc6bd55ca9c2bc6bd55ca9c',
      author: 'Ada Example',
      date: '2026-11-19T08:00:00+01:00',
      url: 'https://git.example.com/acme/shop/blob/ca9c2bc6bd55/config/payments.env#L2',
    },
    otherPlaces: [
      { kind: 'blob', path: 'docs/setup.md', line: 31, column: 3, endLine: 31, repository: '/srv/shop' },
    ],
    verdict: live,
    decision: {
      act: kind === 'needs-a-person' ? 'ask' : 'burn',
      because: 'public and live (policy: default)',
    },
    receipt: receiptOf(kind),
    firstSeen: `${DAY}T11:59:00.000Z`,
    lastSeen: `${DAY}T11:59:00.000Z`,
  };
}

function receiptOf(kind: NoticeKind): Incident['receipt'] {
  const at = `${DAY}T11:59:57.000Z`;
  switch (kind) {
    case 'burned':
      return {
        outcome: 'revoked',
        at,
        proof: {
          state: 'revoked',
          checkedAt: `${DAY}T11:59:58.000Z`,
          why: 'GET /v1/whoami: 401 revoked_key',
        },
        note: 'POST /v1/keys/{id}/revoke: 200',
      };
    case 'needs-a-person':
      return {
        outcome: 'manual',
        at,
        note: 'no way to revoke it by program',
        steps: ['Open Settings, then API keys.', 'Delete the key.'],
      };
    case 'still-alive':
      return { outcome: 'accepted', at, proof: live, note: 'POST /v1/keys/{id}/revoke: 202' };
    case 'found-live':
    case 'overdue':
      return null;
  }
}

export function samples(kinds: readonly NoticeKind[] = NOTICE_KINDS): readonly Notice[] {
  return kinds.map((kind) => noticeOf(sampleIncident(kind), kind, new Date(`${DAY}T12:00:00.000Z`)));
}
