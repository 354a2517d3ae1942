export { type Batches, createBatches, type Later } from './batches.ts';
export type { Intent, Journal } from './journal.ts';
export { createKillList, type KillList } from './kill-list.ts';
export { type Restored, restore } from './restore.ts';
export { type ResumeUse, resume } from './resume.ts';
export { type RevokeUse, revoke } from './revoke.ts';
