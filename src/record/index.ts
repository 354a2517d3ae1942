export { loadFingerprintKey, stateFolder } from './home.ts';
export type { IncidentFilter, IncidentStory, Lookup } from './incidents.ts';
export type { Ruled, Unfinished } from './journal.ts';
export { type Ledger, type LedgerOptions, openLedger } from './ledger.ts';
export type { Outbox, OutboxMessage } from './outbox.ts';
export {
  createReporter,
  FORMATS,
  type Format,
  findingLineSchema,
  type Out,
  type Reporter,
  type ReportOptions,
  reportSchema,
  summaryLineSchema,
} from './report/index.ts';
export type { Approval, Step, StepKind } from './rows.ts';
