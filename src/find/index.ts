// Joins read and detect: from a target to its distinct secrets. No network, no decision.
export { compareCases, type FoundCase, joined } from './cases.ts';
export { emptyTally, type Tally } from './collector.ts';
export { type Crew, type CrewOptions, createCrew } from './crew.ts';
export { type FindOptions, find } from './find.ts';
export { judgementOf } from './judgement.ts';
export { createMemory, type MemoryOptions } from './memory.ts';
export { createShelf } from './shelf.ts';
