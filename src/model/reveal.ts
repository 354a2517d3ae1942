// The second door of model: opened by services/ (a key goes to its issuer) and action/ (masking) alone.
// test/architecture.test.ts holds that.
export { reveal } from './secret.ts';
