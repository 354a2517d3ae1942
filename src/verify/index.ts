// Finding -> Verdict: the only folder that asks issuers about keys.
export { type AskOptions, createAsk } from './ask.ts';
export { createVerifier } from './create.ts';
export { credentials } from './credential.ts';
export { commandRunner, type RunOptions } from './run.ts';
export type { VerdictCache, Verifier, VerifierOptions } from './verifier.ts';
