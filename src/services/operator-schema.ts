// How an operator describes an issuer of the company's own in keyburn.toml ([[service]]). Data, not code: it says where the
// key travels and what the answers mean. Keys that the schema does not know are refused, and all faults are told at once.

import { z } from 'zod';
import { judgeDescription } from './operator-judge.ts';

const id = z.string().regex(/^[a-z][a-z0-9]*(?:-[a-z0-9]+)*$/, 'lower-case words with hyphens');
const credential = z
  .string()
  .regex(
    /^[A-Z][A-Z0-9_]*$/,
    'the name of an environment variable, in capitals: the credential itself has no place here',
  );
const host = z
  .string()
  .regex(/^[a-z0-9.-]+(?::\d{1,5})?$/, 'a host name, with a port where it is not the usual one');
const field = z.string().regex(/^[\w-]+(?:\.[\w-]+)*$/, 'a path into the JSON body, such as "user.id"');
const headerName = z.string().regex(/^[\w!#$%&'*+.^`|~-]+$/, 'a header name');
const status = z.string().regex(/^[1-5]\d\d$/, 'a status code in quotes, such as "401"');
/** `/path`, or a whole address at one of the service's hosts. */
const address = z
  .string()
  .refine(
    (text) => /^\/(?!\/)/.test(text) || URL.canParse(text),
    'a path that starts with one slash, or a whole web address',
  );
const headers = z.record(headerName, z.string()).default({});
const json = z.record(z.string(), z.json()).optional();

/** Where the key travels. */
const travels = z.discriminatedUnion('in', [
  z.strictObject({ in: z.literal('bearer') }),
  /** `scheme`: a word before the key, as in `Authorization: ApiKey …`. */
  z.strictObject({
    in: z.literal('header'),
    name: headerName,
    scheme: z
      .string()
      .regex(/^[\w-]+$/)
      .optional(),
  }),
  /** Only where the issuer offers nothing else: addresses land in logs. */
  z.strictObject({ in: z.literal('query'), name: z.string().min(1) }),
  z.strictObject({ in: z.literal('cookie'), name: headerName }),
]);

/** `dead`: refused; the words of the reply refine it to expired, disabled, revoked or rejected. */
const meaning = z.enum(['live', 'limited', 'dead', 'expired', 'disabled', 'revoked', 'rejected', 'unknown']);

const check = z.strictObject({
  method: z.enum(['GET', 'POST']).default('GET'),
  url: address,
  headers,
  /** Sent as JSON; for an issuer whose read-only question is a POST. */
  json,
  /** What a live reply must show. Without it, any JSON without an error in it will do. */
  shows: z.array(field).default([]),
  means: z.record(status, meaning).default({}),
});

/** RFC 7662. */
const introspection = z.strictObject({
  url: address,
  credential,
  as: z.enum(['bearer', 'basic']).default('basic'),
});

/** Who asks: the key itself where no `credential` is named. `key`: the credential travels as keys do. */
const by = {
  credential: credential.optional(),
  as: z.enum(['key', 'bearer', 'basic']).default('key'),
} as const;

/** How the issuer tells the key's own id, for the `{id}` of the calls below. `{sha256}` stands for the key's hash, in hex. */
const lookup = z.strictObject({
  method: z.enum(['GET', 'POST']).default('GET'),
  url: address,
  headers,
  json,
  ...by,
  /** The list, where the reply is one; `.` where it is the whole body. */
  rows: z.union([z.literal('.'), field]).optional(),
  id: field,
  /** What a row shows of its key: its beginning, its ending, or both with dots between. */
  shows: field.optional(),
});

/** One call, with the key itself where it always travels, or with a credential and the `{id}` that the lookup told. */
const act = {
  method: z.enum(['POST', 'DELETE', 'PUT', 'PATCH']),
  url: address,
  headers,
  json,
  ...by,
  done: z.array(status).min(1).default(['200', '202', '204']),
  already: z.array(status).default([]),
} as const;

const revoke = z.discriminatedUnion('kind', [
  /** RFC 7009. `credential` is `id:secret`; public clients give `client-id` instead. */
  z.strictObject({
    kind: z.literal('rfc7009'),
    url: address,
    hint: z.enum(['access_token', 'refresh_token']).optional(),
    'client-id': z.string().optional(),
    credential: credential.optional(),
  }),
  z.strictObject({ kind: z.literal('http'), ...act }),
]);

const rate = z.strictObject({
  requests: z.int().positive().default(5),
  'per-ms': z.int().positive().default(1_000),
  concurrency: z.int().positive().max(50).default(2),
});

export const operatorServiceSchema = z
  .strictObject({
    id,
    name: z.string().min(1),
    docs: z.url({ protocol: /^https?$/ }),
    base: z.url({ protocol: /^https?$/ }),
    /** Further hosts, for endpoints that stand elsewhere. */
    hosts: z.array(host).default([]),
    /** An issuer inside the company: http and private addresses are allowed for its hosts, and for nothing else. */
    internal: z.boolean().default(false),
    rate: rate.default({ requests: 5, 'per-ms': 1_000, concurrency: 2 }),
    /** Its keys begin with it: nothing else is ever shown to it. */
    prefix: z
      .string()
      .regex(/^[\w.~-]{2,40}$/, 'two to forty letters, digits, or any of _ - . ~')
      .optional(),
    key: travels.default({ in: 'bearer' }),
    /**
     * It speaks keyburn's open contract: all the rest is in there. `root`: its root key, for what a key may not do itself. `report`:
     * the secret that its leak receiver shares with us, for burning by a signed report instead of a root key.
     */
    contract: z.strictObject({ root: credential.optional(), report: credential.optional() }).optional(),
    check: check.optional(),
    introspection: introspection.optional(),
    lookup: lookup.optional(),
    contain: z.strictObject(act).optional(),
    restore: z.strictObject(act).optional(),
    revoke: revoke.optional(),
    'by-hand': z.array(z.string().min(1)).default([]),
    'settles-ms': z.int().nonnegative().max(600_000).optional(),
    'side-effect': z.string().min(1).optional(),
  })
  .superRefine((service, context) => {
    for (const { path, message } of judgeDescription(service))
      context.addIssue({ code: 'custom', path: [...path], message });
  });

export type OperatorService = z.infer<typeof operatorServiceSchema>;
export type OperatorLookup = NonNullable<OperatorService['lookup']>;
export type OperatorAct = NonNullable<OperatorService['contain']>;
