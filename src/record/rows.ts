import type { Kysely, Transaction } from 'kysely';
import type {
  Act,
  Environment,
  Exposure,
  Fingerprint,
  Incident,
  Place,
  Receipt,
  Severity,
  Verdict,
} from '../model/index.ts';
import type { IncidentRow, Tables } from './schema.ts';

export type Database = Kysely<Tables>;
export type Tx = Transaction<Tables>;

/** Somebody said yes to a burn that the policy asks about. */
export interface Approval {
  readonly by: string;
  readonly reason: string;
  readonly at: string;
}

/** One line of the audit trail: who did what, when. It only grows. */
export interface Step {
  readonly at: string;
  readonly who: string;
  readonly what: StepKind;
  readonly note: string;
}

export type StepKind =
  | 'opened'
  | 'verdict'
  | 'exposure'
  | 'intended'
  | 'settled'
  | 'closed'
  | 'reopened'
  | 'approved'
  | 'snoozed'
  | 'woken'
  | 'asked'
  | 'restoring'
  | 'restored'
  | 'not-restored'
  | 'learned'
  | 'log-intended'
  | 'log-deleted'
  | 'log-kept'
  | 'purged';

export async function addStep(tx: Tx, id: string, step: Step): Promise<void> {
  await tx
    .insertInto('steps')
    .values({ incident_id: id, ...step })
    .execute();
}

// What is read here was written by this folder into a file that only its owner may touch, so it is believed.
export function fromJson<T>(text: string): T {
  return JSON.parse(text) as T;
}

export function toIncident(row: IncidentRow, places: readonly Place[]): Incident {
  const [place, ...otherPlaces] = places;
  if (place === undefined) throw new Error(`incident ${row.id} has no place`);
  return {
    id: row.id as Fingerprint,
    state: row.state,
    rule: row.rule,
    title: row.title,
    severity: row.severity as Severity,
    service: row.service,
    preview: row.preview,
    environment: row.environment as Environment,
    exposure: row.exposure as Exposure,
    place,
    otherPlaces,
    verdict: fromJson<Verdict>(row.verdict),
    decision: { act: row.act as Act, because: row.because },
    receipt: row.receipt === null ? null : fromJson<Receipt>(row.receipt),
    firstSeen: row.first_seen,
    lastSeen: row.last_seen,
  };
}
