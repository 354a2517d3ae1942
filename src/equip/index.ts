// What the front doors share: the equipment of a run from environment and keyburn.toml, and the meaning of exit codes.

export {
  type Base,
  base,
  detector,
  equip,
  ledgerOf,
  noticeTemplates,
  type ScanFlags,
  type Surroundings,
  verifier,
} from './equipment.ts';
export { exitCode, type FailOn } from './exit-code.ts';
export { logDeleter } from './leaked-logs.ts';
export { undo } from './undo.ts';
