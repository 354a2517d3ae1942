export type { Tally } from '../find/index.ts';
export { createKillList, type KillList } from '../revoke/index.ts';
export type { Equipment, Held, Outcome, Word } from './equipment.ts';
export { run } from './run.ts';
