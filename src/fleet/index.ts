// Org-wide scans: which repositories there are, which are due, each through the pipeline; on one machine or on many.
export { equipFleet, type Fleet, type FleetFlags, SOURCE_NAMES } from './equipment.ts';
export { parseList, type Subject } from './listing.ts';
export { type OrgOptions, type OrgOutcome, type Standing, scanOrg } from './org.ts';
export type { Shard } from './plan.ts';
