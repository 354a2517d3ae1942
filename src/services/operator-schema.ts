// How an operator describes an issuer of the company's own in keyburn.toml ([[service]]). Data, not code: it says where the
// key travels and what the answers mean. Keys that the schema does not know are refused, and all faults are told at once.

import { z } from 'zod';

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
  headers: z.record(headerName, z.string()).default({}),
  /** Sent as JSON; for an issuer whose read-only question is a POST. */
  json: z.record(z.string(), z.json()).optional(),
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

const revoke = z.discriminatedUnion('kind', [
  /** RFC 7009. `credential` is `id:secret`; public clients give `client-id` instead. */
  z.strictObject({
    kind: z.literal('rfc7009'),
    url: address,
    hint: z.enum(['access_token', 'refresh_token']).optional(),
    'client-id': z.string().optional(),
    credential: credential.optional(),
  }),
  /** One call, with the key itself where it always travels: a self endpoint. */
  z.strictObject({
    kind: z.literal('http'),
    method: z.enum(['POST', 'DELETE', 'PUT', 'PATCH']),
    url: address,
    headers: z.record(headerName, z.string()).default({}),
    json: z.record(z.string(), z.json()).optional(),
    done: z.array(status).min(1).default(['200', '202', '204']),
    already: z.array(status).default([]),
  }),
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
    key: travels,
    check: check.optional(),
    introspection: introspection.optional(),
    revoke: revoke.optional(),
    'by-hand': z.array(z.string().min(1)).default([]),
    'settles-ms': z.int().nonnegative().max(600_000).optional(),
    'side-effect': z.string().min(1).optional(),
  })
  .superRefine((service, context) => {
    const fault = (path: PropertyKey[], message: string) =>
      context.addIssue({ code: 'custom', path, message });
    if (service.check && service.introspection)
      fault(['introspection'], 'there is a check already: keep one of the two');
    const hosts = hostsOf(service);
    if (!/^[^?#]*\/\/[^/?#@]+\/?$/.test(service.base))
      fault(['base'], 'scheme and host alone: paths stand in url');
    if (!service.internal && service.base.startsWith('http:'))
      fault(['base'], 'https only, unless internal = true');
    for (const part of ['check', 'introspection', 'revoke'] as const) {
      const url = service[part]?.url;
      const whole = url === undefined || url.startsWith('/') ? undefined : URL.parse(url);
      if (!whole) continue;
      if (!hosts.includes(whole.host))
        fault([part, 'url'], `${whole.host} is not one of the service's hosts`);
      if (whole.username !== '' || whole.password !== '')
        fault([part, 'url'], 'no user name or password in an address');
      if (whole.protocol !== 'https:' && !(service.internal && whole.protocol === 'http:'))
        fault([part, 'url'], 'https only, unless internal = true');
    }
    if (service.check?.method === 'GET' && service.check.json) fault(['check', 'json'], 'a GET has no body');
  });

export type OperatorService = z.infer<typeof operatorServiceSchema>;

export function hostsOf(service: {
  readonly base: string;
  readonly hosts: readonly string[];
}): readonly string[] {
  const own = URL.parse(service.base)?.host;
  return [...new Set([...(own ? [own] : []), ...service.hosts])];
}
