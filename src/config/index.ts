// The operator's settings: keyburn.toml and credentials, parsed at the border and trusted inside.
export { type Config, loadConfig } from './config.ts';
export type { Settings } from './file.ts';
export { configuredFingerprintKey } from './fingerprint.ts';
