// The embedded key service: a small real issuer whose 401 tells the truth.
export { createKeyService, type KeyService, type KeyServiceOptions } from './app.ts';
export {
  type ContractKeys,
  conformToContract,
  conformToOAuth,
  type OAuthKeys,
  type Result,
  UNREACHED,
} from './conformance/index.ts';
export { issuerDocument } from './document.ts';
export type { Attempt, Burned, Issuer, Leak } from './issuers.ts';
export { createLeakDesk, type LeakDesk } from './leaks/desk.ts';
export type { LeakOptions } from './leaks/routes.ts';
export type { Concluded } from './leaks/telling.ts';
export { isLoopback } from './loopback.ts';
export { type Problem, problemSchema } from './problem.ts';
export { type Running, type ServeOptions, serve } from './serve.ts';
export { openStore, type Store } from './store.ts';
