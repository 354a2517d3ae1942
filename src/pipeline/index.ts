export type { Tally } from '../find/index.ts';
export type { Equipment, Outcome, Word } from './equipment.ts';
export { run } from './run.ts';
