// The border to the workflow: every input is a string of the environment, and becomes a typed value here or a SetupError.

import { z } from 'zod';
import { SetupError } from '../model/index.ts';

type Environment = Readonly<Record<string, string | undefined>>;

// What YAML calls a boolean, as the runner writes it: https://yaml.org/spec/1.2.2/#10212-boolean
const flag = z
  .enum(['true', 'True', 'TRUE', 'false', 'False', 'FALSE'], 'is neither true nor false')
  .transform((text) => text.toLowerCase() === 'true');
const text = z.string();
const optional = z.string().transform((value) => (value === '' ? undefined : value));
// Whatever is given here is handed to git as a name: it must not look like an option or like two revisions.
const revision = z
  .string()
  .regex(/^(?!-)[^\s~^:?*[\\\0]*$/, 'is not the name of a branch, a tag or a commit')
  .refine((value) => !value.includes('..'), 'is not the name of a branch, a tag or a commit')
  .transform((value) => (value === '' ? undefined : value));
const hexKey = z
  .string()
  .regex(/^(?:(?:[0-9a-fA-F]{2}){16,})?$/, 'is not 32 or more hex digits (openssl rand -hex 32)')
  .transform((value) => (value === '' ? undefined : value));

/** Every input of action.yml; a test compares the two lists. */
export const inputsSchema = z.object({
  'github-token': optional,
  config: text,
  'ignore-file': optional,
  'fail-on': z.enum(['live', 'any', 'none'], 'is none of live, any, none'),
  verify: flag,
  revoke: flag,
  base: revision,
  head: revision,
  history: flag,
  'sarif-file': optional,
  'report-file': optional,
  'upload-sarif': flag,
  comment: flag,
  'slack-webhook': optional,
  'fingerprint-key': hexKey,
  cache: flag,
});

export type Inputs = z.output<typeof inputsSchema>;

/** Reads `INPUT_*`. All faults come at once. No value appears in a message: some inputs are secrets. */
export function readInputs(env: Environment): Inputs {
  const given = Object.fromEntries(
    Object.keys(inputsSchema.shape).map((name) => [name, (env[variableOf(name)] ?? '').trim()]),
  );
  const result = inputsSchema.safeParse(given);
  if (result.success) return result.data;
  const faults = result.error.issues.map(
    (issue) => `input ${issue.path.map(String).join('.')} ${issue.message}`,
  );
  throw new SetupError(faults.join('\n'), { hint: 'action.yml describes every input' });
}

/** How the runner names an input's variable: upper case, spaces to `_`, hyphens stay. */
export function variableOf(name: string): string {
  return `INPUT_${name.replaceAll(' ', '_').toUpperCase()}`;
}
