export { type AskOptions, createAsk } from './ask.ts';
export { credentials } from './credential.ts';
export { commandRunner, type RunOptions } from './run.ts';
export { createVerifier, type VerdictCache, type Verifier, type VerifierOptions } from './verifier.ts';
