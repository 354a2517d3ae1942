// The embedded key service: a small real issuer whose 401 tells the truth.
export { createKeyService, type KeyService, type KeyServiceOptions } from './app.ts';
export { type Problem, problemSchema } from './problem.ts';
export { isLoopback, type Running, type ServeOptions, serve } from './serve.ts';
export { openStore, type Store } from './store.ts';
