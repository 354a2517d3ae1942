// Finding -> Verdict: the only folder that asks issuers about keys.
export type { AskOptions } from './ask.ts';
export { createVerifier, openAsk } from './create.ts';
export { credentials } from './credential.ts';
export { commandRunner, type RunOptions } from './run.ts';
export type { VerdictCache, Verifier, VerifierOptions } from './verifier.ts';
