import type { HttpBindings } from '@hono/node-server';
import type { KeyRecord } from './record.ts';
import type { Code } from './words.ts';

/** What a request carries through the app. */
export interface Env {
  /** Missing where the app is called without a socket. */
  Bindings: Partial<HttpBindings>;
  Variables: {
    /** A UUID; the caller's own X-Request-ID where that is one. */
    requestId: string;
    /** Where this service is reached, without a slash at the end. */
    baseUrl: string;
    /** Who calls; behind the operator's own proxies, whoever called those. */
    address: string;
    /** The live key that opened the route. */
    caller: KeyRecord;
    /** For the log line. */
    code: Code;
    keyId: string;
  };
}
