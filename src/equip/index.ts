// What the front doors share: the equipment of a run from environment and keyburn.toml, and the meaning of exit codes.

export { gitHubClients, hostedOptions, hostsOf } from './code-hosts.ts';
export {
  type Base,
  base,
  detector,
  equip,
  type ScanFlags,
  verifier,
} from './equipment.ts';
export { exitCode, type FailOn } from './exit-code.ts';
