// `[receiver]` of keyburn.toml: whose reports are taken, and whose keys they may burn. Secrets have no place in it: it
// names the environment variables that hold them. Nothing is on unless it is named.

import { z } from 'zod';
import { SetupError, settingFaults } from '../model/index.ts';

export const GITHUB_KEYS = 'https://api.github.com/meta/public_keys/secret_scanning';

const variable = z
  .string()
  .regex(/^[A-Z][A-Z0-9_]*$/, 'the name of an environment variable, in capitals: a secret has no place here');
const id = z.string().regex(/^[a-z0-9]+(?:-[a-z0-9]+)*$/, 'lower-case words with hyphens');
const web = z.url({ protocol: /^https?$/ });
const pattern = z
  .string()
  .min(1)
  .max(500)
  .superRefine((text, context) => {
    try {
      new RegExp(text, 'u');
    } catch {
      context.addIssue({ code: 'custom', message: 'not a regular expression' });
    }
  });
const inside = z.boolean().default(false).describe('http and private addresses are allowed for this address');

const issuer = z.discriminatedUnion('kind', [
  z.strictObject({
    kind: z.literal('service'),
    service: id.describe('an issuer that keyburn knows, or a [[service]] of this file'),
    name: id.optional(),
    pattern: pattern.describe('the whole key must fit: nothing else is shown to the issuer'),
  }),
  z.strictObject({
    kind: z.literal('postgres'),
    name: id,
    'url-env': variable,
    find: z.string().min(1),
    burn: z.string().min(1),
    hash: z.enum(['sha256-hex', 'sha256-base64', 'sha256-bytea']).default('sha256-hex'),
    pepper: z
      .strictObject({
        env: variable,
        as: z
          .enum(['hmac', 'before', 'after'])
          .default('hmac')
          .describe('the key of an HMAC, or before or after the characters of the key'),
        written: z.enum(['text', 'hex', 'base64']).default('text'),
      })
      .optional()
      .describe('a secret of yours that goes into every hash'),
    pattern: pattern.optional(),
  }),
  z.strictObject({
    kind: z.literal('webhook'),
    name: id,
    url: web,
    internal: inside,
    'secret-env': variable,
    pattern: pattern.optional(),
  }),
]);

const whole = z.int().min(1).max(100_000);

const receiverSchema = z.strictObject({
  github: z
    .strictObject({
      'public-keys': web.default(GITHUB_KEYS),
      internal: inside,
      'token-env': variable.optional().describe('raises the limit on asking for the public keys'),
    })
    .optional(),
  gitlab: z.strictObject({ 'public-keys': web, internal: inside }).optional(),
  'gitlab-revocation': z
    .strictObject({
      'token-env': variable.default('KEYBURN_GITLAB_TOKEN'),
      types: z.array(z.string().min(1).max(200)).min(1),
    })
    .optional(),
  scanner: z.strictObject({ 'secret-env': variable.default('KEYBURN_REPORT_SECRET') }).optional(),
  anybody: z.strictObject({ 'per-address': whole.default(10), 'per-minute': whole.default(300) }).optional(),
  proxies: z
    .array(z.union([z.ipv4(), z.ipv6()]))
    .default([])
    .describe('addresses of your own proxies: their X-Forwarded-For is believed'),
  issuer: z.array(issuer).default([]),
});

export type Receiver = z.output<typeof receiverSchema>;
export type IssuerSettings = Receiver['issuer'][number];
export type PepperSettings = NonNullable<Extract<IssuerSettings, { kind: 'postgres' }>['pepper']>;

/** Reporters that need nothing more than to be named. */
export type Acceptable = 'github' | 'scanner' | 'anybody';

/**
 * All faults at once, as one SetupError.
 * @param table `[receiver]`, parsed and not yet judged
 * @param accept switched on by a flag: their defaults hold where the file says nothing more
 */
export function receiverSettings(
  table: Readonly<Record<string, unknown>>,
  accept: readonly Acceptable[] = [],
  file = 'keyburn.toml',
): Receiver {
  const flagged = Object.fromEntries(accept.map((name) => [name, {}]));
  const result = receiverSchema.safeParse({ ...flagged, ...table });
  if (result.success) return result.data;
  const faults = result.error.issues.flatMap((issue) =>
    settingFaults(issue, ['receiver']).map((fault) => `${file}: ${fault}`),
  );
  throw new SetupError(faults.join('\n'), { hint: 'docs/issuer-contract.md shows a whole [receiver]' });
}
