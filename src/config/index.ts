// The operator's settings: keyburn.toml and credentials, parsed at the border and trusted inside.
export { type Config, loadConfig, parseConfig, type Settings } from './config.ts';
export { configuredFingerprintKey } from './fingerprint.ts';
