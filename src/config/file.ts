// What may stand in keyburn.toml. Loaded where there is such a file: most runs have none, and zod takes longer to load than they do.

import { parse, TomlError } from 'smol-toml';
import { z } from 'zod';
import { policySchema } from '../decide/policy.ts';
import { SetupError, settingFaults } from '../model/index.ts';
import { channelsSchema } from '../notify/channels.ts';

const hostSchema = z.strictObject({
  host: z
    .string()
    .min(1)
    .describe('as it stands in remotes: ghe.example.com, with a port where there is one'),
  kind: z.literal('github'),
  api: z.url().describe('https://ghe.example.com/api/v3'),
  'token-env': z
    .string()
    .min(1)
    .optional()
    .describe('environment variable with a token that may read repositories'),
});

const fingerprintSchema = z.union([
  z.strictObject({
    env: z.string().min(1).describe('environment variable that holds the key, 32 hex digits or more'),
  }),
  z.strictObject({ file: z.string().min(1).describe('file that holds the key, 32 hex digits or more') }),
]);

const configSchema = z.strictObject({
  fingerprint: fingerprintSchema.optional().describe('the key that fingerprints are made under'),
  rules: z.array(z.string().min(1)).default([]).describe('folders with rules of your own'),
  ignore: z.string().min(1).optional().describe('file of ignored fingerprints'),
  policy: policySchema.prefault({}),
  host: z
    .array(hostSchema)
    .default([])
    .describe('GitHub Enterprise hosts that may be asked who can see a repository'),
  keyservice: z
    .strictObject({ url: z.url() })
    .optional()
    .describe('where the key service stands; KEYBURN_SERVICE_URL goes before it'),
  /** Judged by services/, which alone knows what an issuer is made of. */
  service: z.array(z.record(z.string(), z.unknown())).default([]).describe('issuers of your own'),
  run: z
    .array(z.enum(['oz']))
    .default([])
    .describe("vendors' own command-line tools that may be run"),
  notices: z
    .strictObject({
      templates: z
        .string()
        .min(1)
        .optional()
        .describe('folder with templates of your own, one folder a language'),
      language: z
        .string()
        .regex(/^[a-z]{2,3}(?:-[A-Za-z0-9]{2,8})*$/, 'is no language tag such as en or pt-BR')
        .default('en'),
    })
    .prefault({}),
  incidents: z
    .strictObject({
      oidc: z
        .strictObject({
          issuer: z.url(),
          'client-id': z.string().min(1),
          'client-secret-env': z
            .string()
            .min(1)
            .optional()
            .describe('environment variable that holds the secret of a confidential client'),
          allow: z
            .array(z.string().min(1))
            .min(1)
            .describe('who may sign in: verified addresses, *@example.com, or subjects'),
          name: z.string().min(1).max(60).optional().describe('what the button calls it'),
        })
        .optional()
        .describe('an identity provider for the incidents page'),
    })
    .prefault({}),
  notify: channelsSchema.prefault([]),
  /** Judged by connect/, which alone knows what a receiver is made of. */
  receiver: z.record(z.string(), z.unknown()).default({}).describe('leak reports that `keyburn serve` takes'),
  ledger: z
    .string()
    .regex(/^postgres(ql)?:\/\//, 'is no postgres:// address')
    .optional()
    .describe('the ledger of a team, postgres://host/database; KEYBURN_DATABASE_URL goes before it'),
});

export type Settings = z.output<typeof configSchema>;

export function parseConfig(text: string, file: string): Settings {
  let data: unknown;
  try {
    data = parse(text);
  } catch (error) {
    if (!(error instanceof TomlError)) throw error;
    throw new SetupError(`${file}:${error.line}:${error.column}: not TOML: ${firstLine(error.message)}`, {
      hint: 'docs/configuration.md shows a whole file',
    });
  }
  const result = configSchema.safeParse(data);
  if (result.success) return result.data;
  const faults = result.error.issues.flatMap((issue) =>
    settingFaults(issue).map((fault) => `${file}: ${fault}`),
  );
  throw new SetupError(faults.join('\n'), { hint: 'docs/configuration.md names every field' });
}

function firstLine(message: string): string {
  return message.split('\n')[0] ?? message;
}
