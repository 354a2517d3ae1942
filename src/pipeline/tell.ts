// Who is told, and what about.

import { type Entry, type Incident, isUsable } from '../model/index.ts';
import type { NoticeKind } from '../notify/index.ts';
import type { Equipment } from './equipment.ts';
import { remembered } from './remembered.ts';

export async function tell(entry: Entry, known: Incident | undefined, use: Equipment): Promise<void> {
  const kind = noticeKind(entry) ?? untold(known, use.now());
  if (kind === undefined || use.notifier === undefined || use.ledger === undefined) return;
  const incident = await remembered(entry.id, use);
  if (!incident) return;
  const card = await use.ledger.board.card(entry.id);
  // The issuer's word first, else whoever committed it, whom the place names, else whoever looks after the place.
  const { author } = incident.place;
  const owner = card?.owner ?? (author === undefined ? await use.lookedAfterBy?.(incident.place) : undefined);
  await use.notifier.enqueue(incident, kind, owner);
}

const DAY_MS = 86_400_000;

/** A run that was killed between receipt and message left this one untold; where it was told, the outbox knows. */
function untold(known: Incident | undefined, now: Date): NoticeKind | undefined {
  const receipt = known?.state === 'closed' ? known.receipt : null;
  if (receipt?.outcome !== 'revoked' && receipt?.outcome !== 'contained') return undefined;
  return now.getTime() - Date.parse(receipt.at) < DAY_MS ? 'burned' : undefined;
}

function noticeKind(entry: Entry): NoticeKind | undefined {
  switch (entry.receipt?.outcome) {
    case 'revoked':
    case 'contained':
    case 'already-dead':
      return 'burned';
    case 'accepted':
    case 'failed':
      return 'still-alive';
    case 'manual':
    case 'held':
      return 'needs-a-person';
    case 'planned':
      return 'found-live';
    case undefined:
      break;
  }
  if (!isUsable(entry.verdict)) return undefined;
  switch (entry.decision.act) {
    case 'ask':
      return 'needs-a-person';
    case 'notify':
    case 'burn':
    case 'contain':
      return 'found-live';
    case 'block':
    case 'leave':
      return undefined;
  }
}
