// The `[[notify]]` entries of keyburn.toml. An address or credential that is itself a secret comes from an environment variable
// or a file, never from the configuration, which people commit.

import { z } from 'zod';
import { NOTICE_KINDS, TOLD_KINDS } from './outbox.ts';

const variable = z.string().regex(/^[A-Za-z_][A-Za-z0-9_]*$/, 'is not the name of an environment variable');
const path = z.string().min(1);
const email = z
  .string()
  .max(320)
  .regex(/^[^\s@<>,;"]+@[^\s@<>,;"]+$/, 'is not an e-mail address');

const common = {
  name: z
    .string()
    .regex(/^[a-z0-9]+(?:-[a-z0-9]+)*$/, 'must be a kebab-case name')
    .max(60),
  kinds: z
    .array(z.enum(TOLD_KINDS))
    .min(1)
    .default([...NOTICE_KINDS])
    .describe('what this channel is told; all about incidents where it is left out, and no digest'),
};

const remote = {
  ...common,
  internal: z.boolean().default(false).describe('true allows http to a host other than this machine'),
};

const slack = z.strictObject({
  ...remote,
  kind: z.literal('slack'),
  'url-env': variable.optional().describe('environment variable that holds the webhook address, a secret'),
  'url-file': path.optional(),
});

const teams = z.strictObject({
  ...remote,
  kind: z.literal('teams'),
  'url-env': variable.optional().describe('environment variable that holds the webhook address, a secret'),
  'url-file': path.optional(),
});

const webhook = z.strictObject({
  ...remote,
  kind: z.literal('webhook'),
  url: z
    .url({ protocol: /^https?$/ })
    .optional()
    .describe('the address, where it is no secret'),
  'url-env': variable.optional(),
  'url-file': path.optional(),
  'secret-env': variable
    .optional()
    .describe('environment variable that holds the signing secret: whsec_… or plain'),
  'secret-file': path.optional(),
});

const smtp = z.strictObject({
  ...remote,
  kind: z.literal('smtp'),
  host: z.string().min(1),
  port: z.int().min(1).max(65535).default(587),
  security: z
    .enum(['starttls', 'tls', 'none'])
    .default('starttls')
    .describe('none is for this machine alone, unless internal is true'),
  from: email,
  to: z.array(email).min(1).max(50),
  'to-owner': z
    .boolean()
    .default(false)
    .describe('true sends it to the owner whom the issuer names, and to `to` where it names no address'),
  'user-env': variable.optional(),
  'user-file': path.optional(),
  'password-env': variable.optional(),
  'password-file': path.optional(),
});

const file = z.strictObject({ ...common, kind: z.literal('file'), path });

/** Fields that come from an environment variable or a file: how many of the ways must, and may, be given. */
const SOURCES: Readonly<Record<string, readonly (readonly [field: string, needed: boolean])[]>> = {
  slack: [['url', true]],
  teams: [['url', true]],
  webhook: [
    ['url', true],
    ['secret', true],
  ],
  smtp: [
    ['user', false],
    ['password', false],
  ],
  file: [],
};

export const channelSchema = z
  .discriminatedUnion('kind', [slack, teams, webhook, smtp, file])
  .check((context) => {
    const channel = context.value as Readonly<Record<string, unknown>>;
    const complain = (field: string, message: string) =>
      context.issues.push({ code: 'custom', path: [field], message, input: context.value });
    for (const [field, needed] of SOURCES[context.value.kind] ?? []) {
      const ways = [field, `${field}-env`, `${field}-file`].filter((way) => channel[way] !== undefined);
      if (ways.length > 1) complain(ways[1] ?? field, `says the same as ${ways[0]}: give one of them`);
      if (ways.length === 0 && needed)
        complain(`${field}-env`, `is missing: give ${field}-env or ${field}-file`);
    }
    if (context.value.kind === 'smtp') {
      const given = (field: string) =>
        channel[`${field}-env`] !== undefined || channel[`${field}-file`] !== undefined;
      if (given('user') !== given('password'))
        complain(given('user') ? 'password-env' : 'user-env', 'is missing: user and password come together');
    }
  });

export type ChannelConfig = z.output<typeof channelSchema>;

export const channelsSchema = z
  .array(channelSchema)
  .max(50)
  .check((context) => {
    const names = context.value.map(({ name }) => name);
    for (const [index, name] of names.entries()) {
      if (names.indexOf(name) === index) continue;
      context.issues.push({
        code: 'custom',
        path: [index, 'name'],
        message: `is taken already: ${name}`,
        input: context.value,
      });
    }
  });
