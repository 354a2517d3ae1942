// The format of a rule file: strict, so that a misspelt key is a fault and not a silence. A rule names services, never
// an address: a URL that a stranger can edit is a way to send keys anywhere.

import { parse, TomlError } from 'smol-toml';
import { z } from 'zod';
import { CONTEXT, NEAR, settingProblem } from '../model/index.ts';
import { CHECKSUMS } from './checksum.ts';
import type { Fault, Rule } from './rule.ts';

const kebab = z
  .string()
  .regex(/^[a-z0-9]+(?:-[a-z0-9]+)*$/, 'must be kebab-case: a-z, 0-9 and single hyphens');
const page = z.string().regex(/^https:\/\/[^\s]+$/, 'must be an https page that describes the key');
const sentence = z.string().min(1).max(120);
const examples = z.array(z.string().min(1)).min(1, 'needs an example or more');

const partSchema = z.strictObject({
  pattern: z.string().min(1),
  within: z.int().min(1).max(CONTEXT).default(400),
  required: z.boolean().default(false),
});

const ruleSchema = z.strictObject({
  id: kebab,
  title: sentence,
  severity: z.enum(['critical', 'high', 'medium', 'low']),
  docs: page.optional(),
  services: z.array(kebab).default([]),
  environment: z.enum(['live', 'test']).optional(),
  literals: z.array(z.string().min(2, 'two characters or more')).min(1, 'needs a literal or more'),
  fold: z.boolean().default(false),
  value: z.enum(['assignment']).optional(),
  pattern: z.string().min(1).optional(),
  more: z.string().min(1).optional(),
  reach: z.int().min(16).max(CONTEXT).default(NEAR),
  checksum: z.enum(CHECKSUMS).optional(),
  near: z.array(z.string().min(2)).optional(),
  randomness: z.union([z.boolean(), z.literal('no-word')]).default(false),
  generic: z.boolean().default(false),
  encoded: z.boolean().optional(),
  parts: z.record(z.string().regex(/^[a-z][A-Za-z0-9]*$/, 'camelCase'), partSchema).default({}),
  match: examples,
  miss: z.array(z.string().min(1)).default([]),
});

const fileSchema = z.strictObject({
  provider: sentence,
  docs: page.optional(),
  rule: z.array(ruleSchema).min(1, 'needs a [[rule]] or more'),
});

export type RuleText = z.output<typeof ruleSchema>;

function nameOf(raw: unknown, index: number): string {
  if (raw !== null && typeof raw === 'object' && 'id' in raw && typeof raw.id === 'string') return raw.id;
  return `rule ${index + 1}`;
}

const URL_FIELD = /^(?:url|uri|endpoint|host|verify|validate|validation|check|revoke|request|http)$/i;

function faultOf(file: string, raw: unknown, issue: z.core.$ZodIssue): Fault[] {
  const rules =
    raw !== null && typeof raw === 'object' && 'rule' in raw && Array.isArray(raw.rule) ? raw.rule : [];
  const inRule = issue.path[0] === 'rule' && typeof issue.path[1] === 'number';
  const rule = inRule ? { rule: nameOf(rules[Number(issue.path[1])], Number(issue.path[1])) } : {};
  const fields = (inRule ? issue.path.slice(2) : issue.path).map(String);
  if (issue.code === 'unrecognized_keys') {
    return issue.keys.map((key) => ({
      file,
      ...rule,
      field: [...fields, key].join('.'),
      problem: URL_FIELD.test(key)
        ? 'a rule never says where to send a key; name a service in `services` instead'
        : 'unknown key; remove it or correct its spelling (rules/README.md lists them)',
    }));
  }
  const field = fields.join('.');
  return [{ file, ...rule, ...(field === '' ? {} : { field }), problem: settingProblem(issue) }];
}

/** Reads one rule file. All of its faults come at once; a rule with a fault is left out of `rules`. */
export function parseRuleFile(text: string, file: string): { rules: Rule[]; faults: Fault[] } {
  let raw: unknown;
  try {
    raw = parse(text);
  } catch (error) {
    if (!(error instanceof TomlError)) throw error;
    const problem = `not valid TOML: ${error.message.split('\n', 1)[0]?.replace(/^Invalid TOML document: /, '')}`;
    return { rules: [], faults: [{ file, line: error.line, problem }] };
  }
  const parsed = fileSchema.safeParse(raw);
  if (!parsed.success)
    return { rules: [], faults: parsed.error.issues.flatMap((issue) => faultOf(file, raw, issue)) };
  const { provider, docs, rule } = parsed.data;
  const rules = rule.map((one) => ({
    ...one,
    ...((one.docs ?? docs) ? { docs: one.docs ?? docs } : {}),
    file,
    provider,
  }));
  return { rules, faults: [] };
}
