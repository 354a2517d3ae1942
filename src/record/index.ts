export type { Act, RunOfActs } from './acts.ts';
export type {
  Board,
  BoardCursor,
  BoardPage,
  BoardQuery,
  Card,
  CardFacts,
  Count,
  Told,
} from './board.ts';
export { SORTS, type Sort, TABS, type Tab } from './board-tabs.ts';
export type { Figures, Group } from './figures.ts';
export type { Cursor, CursorHead, FleetStore } from './fleet.ts';
export type { Attention, Scanned, ScannedSource, SeenFinding, SqlRunner } from './fleet-commit.ts';
export type { KnownRepository, ListedRepository, PageEnd } from './fleet-repositories.ts';
export { loadFingerprintKey, stateFolder } from './home.ts';
export type { IncidentFilter, IncidentStory, Lookup, Seen } from './incidents.ts';
export type { Hand, Ruled, Unfinished } from './journal.ts';
export { keyLease, LeaseLost } from './lease.ts';
export type { Fence } from './leases.ts';
export type { Ledger, LedgerOptions } from './ledger.ts';
export type { Merged } from './merge.ts';
export { openLedger } from './open.ts';
export type { Outbox, OutboxMessage } from './outbox.ts';
export type { Purged, PurgeOptions } from './purge.ts';
export {
  advice,
  createReporter,
  FORMATS,
  type Format,
  type Out,
  parts,
  plain,
  type Reporter,
  type ReportOptions,
  SHORT,
} from './report/index.ts';
export type { Approval, Step, StepKind } from './rows.ts';
