// The contract of an issuer. The laws of services/: `check` is read-only and safe to repeat; a key never travels in
// a URL unless the issuer offers no other way; only the hosts that the service names are asked; `live` needs a parsed,
// affirmative reply; `revoke` is idempotent and hits only the key that leaked: by the key itself, by an id inside
// it, by a self endpoint or by one unique match. Anything less goes to a person.

import type { RevokeOrder, Secret, ServiceId, UnknownWhy, Verdict } from '../model/index.ts';

/** A request to an issuer. `what` is all of it that may ever be printed. */
export interface IssuerRequest {
  readonly method: 'GET' | 'POST' | 'PATCH' | 'PUT' | 'DELETE';
  readonly url: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string;
  /** `GET /user`: method and path in words, never a query or a secret. */
  readonly what: string;
  /** Once it is aborted, what still waits for its turn is not sent any more. */
  readonly unless?: AbortSignal;
}

/** What came back. `body` is bounded; `json` is undefined where the body is not JSON. */
export type IssuerReply =
  | {
      readonly kind: 'answered';
      readonly status: number;
      /** Names in lower case. */
      readonly headers: Readonly<Record<string, string>>;
      readonly body: string;
      readonly json: unknown;
    }
  | { readonly kind: 'unanswered'; readonly why: UnknownWhy; readonly detail: string };

/** The way to an issuer that verify/ask.ts gives out: it refuses hosts that the service does not name. */
export type Ask = (request: IssuerRequest) => Promise<IssuerReply>;

/** A vendor's own command-line tool that the operator switched on. Arguments, no shell; never a secret among them. */
export type Run = (args: readonly string[]) => Promise<RunReply>;
export type RunReply =
  | { readonly kind: 'ran'; readonly exitCode: number; readonly stdout: string }
  | { readonly kind: 'failed'; readonly detail: string };

export interface Tools {
  readonly ask: Ask;
  /** Command-line tools by program name; absent unless the operator switched them on. */
  readonly run?: Readonly<Record<string, Run>>;
  /** An admin credential from the environment or a `*_FILE`; undefined where the operator gave none. */
  readonly credential: (name: string) => Secret | undefined;
  readonly now: () => Date;
}

export interface Key {
  readonly secret: Secret;
  readonly parts: Readonly<Record<string, Secret>>;
}

/** Whose key it is, as far as the issuer tells. */
export interface Owner {
  readonly account: string;
  readonly email?: string;
}

export interface Usage {
  /** RFC 3339. */
  readonly lastUsed?: string;
  readonly note?: string;
}

export type RevokeReply =
  | { readonly outcome: 'accepted'; readonly note: string }
  | { readonly outcome: 'already-dead'; readonly note: string }
  | { readonly outcome: 'refused'; readonly note: string }
  | { readonly outcome: 'manual'; readonly note: string; readonly steps: readonly string[] }
  | { readonly outcome: 'unanswered'; readonly why: UnknownWhy; readonly detail: string };

/** What an issuer tells of a key that it has stopped: for `keyburn why`. All of it is the issuer's own word. */
export interface Story {
  readonly stopped: 'revoked' | 'disabled';
  /** RFC 3339. */
  readonly at?: string;
  readonly by?: string;
  readonly reason?: string;
  readonly foundAt?: {
    readonly url?: string;
    readonly repository?: string;
    readonly path?: string;
    readonly commit?: string;
    readonly line?: number;
    readonly exposure?: string;
  };
  readonly foundTime?: string;
}

/** Causes of a refusal that `keyburn why` can name. */
export type Cause =
  | 'missing'
  | 'malformed'
  | 'expired'
  | 'disabled'
  | 'revoked'
  | 'dead'
  | 'rejected'
  | 'forbidden'
  | 'live-but-incomplete'
  | 'throttled'
  | 'issuer-fault'
  | 'not-the-api'
  | 'unclear';

export interface Explanation {
  readonly cause: Cause;
  /** One sentence: what the issuer means. */
  readonly meaning: string;
  /** What to do next, in order. */
  readonly steps: readonly string[];
  readonly docs?: string;
  /** The issuer's own request id, to quote to its support. */
  readonly requestId?: string;
  /** Where the key was found and who stopped it, where the response itself tells. */
  readonly story?: Story;
  /** The issuer that recognised its own response. */
  readonly service?: ServiceId;
}

/** A raw HTTP response, as `keyburn why` reads it. */
export interface HttpResponse {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
  readonly json: unknown;
}

export interface Service {
  readonly id: ServiceId;
  readonly name: string;
  /** The page that documents authentication and revocation. */
  readonly docs: string;
  /** Host names (with port where it is not the scheme's own) that may be asked: nothing else ever is. */
  readonly hosts: readonly string[];
  /** Domains of the issuer whose subdomains are its customers' (`okta.com`): a name below one may be asked as well. */
  readonly domains?: readonly string[];
  /** Names of operator settings (`KEYBURN_VAULT_URL`) that hold a base URL of this issuer: http and private addresses are allowed there. */
  readonly settings?: readonly string[];
  /** Everything that an operator may set for this issuer, addresses and credentials: environment variable -> what it is and where to get it. */
  readonly asks?: Readonly<Record<string, string>>;
  /** Its keys begin with it: set by an operator, who has no other one shown to the issuer. */
  readonly prefix?: string;
  /** Set by an operator for an issuer inside the company: http and private addresses are allowed for `hosts`. */
  readonly internal?: boolean;
  /** At most `requests` in `perMs`, and `concurrency` at once. */
  readonly rate: { readonly requests: number; readonly perMs: number; readonly concurrency: number };
  readonly check?: (key: Key, tools: Tools) => Promise<Verdict>;
  /** Before a `live` is believed, a random key of the same shape is asked about once a run: nobody has vouched for this issuer's replies. */
  readonly control?: boolean;
  readonly owner?: (key: Key, tools: Tools) => Promise<Owner | undefined>;
  readonly usage?: (key: Key, tools: Tools) => Promise<Usage | undefined>;
  /** Why it was stopped, by whom, and where it had been found. */
  readonly story?: (key: Key, tools: Tools) => Promise<Story | undefined>;
  /** Stops the key in a way that `restore` undoes. */
  readonly contain?: (order: RevokeOrder, tools: Tools) => Promise<RevokeReply>;
  readonly restore?: (key: Key, tools: Tools) => Promise<RevokeReply>;
  readonly revoke?: (order: RevokeOrder, tools: Tools) => Promise<RevokeReply>;
  /** Several keys in one call, for issuers that offer it: one reply for all of them. */
  readonly revokeMany?: {
    readonly most: number;
    /** Whether a key may be among them; the others go one by one. */
    readonly takes: (order: RevokeOrder) => boolean;
    readonly revoke: (orders: readonly RevokeOrder[], tools: Tools) => Promise<RevokeReply>;
  };
  /** How long the issuer may take until a revoked key is dead everywhere, in ms: how long the proof is waited for. */
  readonly settlesInMs?: number;
  /** What else dies with the key; said before, and it needs the policy's own yes. */
  readonly sideEffect?: string;
  /** The exact steps and commands for a person, where a program cannot or may not. */
  readonly byHand: (about: { readonly preview: string }) => readonly string[];
  /** Recognises this issuer's own refusals; undefined where the response is not its. */
  readonly explain?: (response: HttpResponse) => Explanation | undefined;
}
