// Org-wide scans: which repositories there are, which are due, each through the pipeline; on one machine or on many.
export { copiesOf } from './copies.ts';
export { equipFleet, type Fleet, type FleetFlags } from './equipment.ts';
export { type Digest, followUp } from './follow-up.ts';
export { parseList, type Subject } from './listing.ts';
export { type FleetLook, withFleet } from './look.ts';
export { type OrgOptions, type OrgOutcome, type Standing, scanOrg } from './org.ts';
export type { Shard } from './plan.ts';
export { runWorker } from './run-worker.ts';
export type { FleetStatus } from './status.ts';
