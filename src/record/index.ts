export {
  type Board,
  type BoardCursor,
  type BoardPage,
  type BoardQuery,
  type Card,
  type CardFacts,
  type Count,
  SORTS,
  type Sort,
  TABS,
  type Tab,
  type Told,
} from './board.ts';
export type { Figures, Group } from './figures.ts';
export type { Cursor, CursorHead, FleetStore } from './fleet.ts';
export type { Attention, Scanned, ScannedSource, SeenFinding, SqlRunner } from './fleet-commit.ts';
export type { KnownRepository, ListedRepository } from './fleet-repositories.ts';
export { loadFingerprintKey, stateFolder } from './home.ts';
export type { IncidentFilter, IncidentStory, Lookup } from './incidents.ts';
export type { Ruled, Unfinished } from './journal.ts';
export type { Ledger, LedgerOptions } from './ledger.ts';
export type { Merged } from './merge.ts';
export { openLedger } from './open.ts';
export type { Outbox, OutboxMessage } from './outbox.ts';
export {
  advice,
  createReporter,
  FORMATS,
  type Format,
  findingLineSchema,
  type Out,
  parts,
  plain,
  type Reporter,
  type ReportOptions,
  reportSchema,
  SHORT,
  summaryLineSchema,
} from './report/index.ts';
export type { Approval, Step, StepKind } from './rows.ts';
