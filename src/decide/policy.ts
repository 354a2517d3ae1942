// The law of this file: a policy that says more than it may is refused when it is read, not when a key is at stake.
// `burn` and `contain` follow from live or limited alone, never from a key that has not left the machine.

// A door of its own: zod is loaded where there is a policy to read, and nowhere else.

import { z } from 'zod';

const EXPOSURES = ['public', 'internal', 'private', 'local', 'unknown'] as const;
const VERDICTS = [
  'live',
  'limited',
  'expired',
  'disabled',
  'revoked',
  'rejected',
  'malformed',
  'unknown',
] as const;
const USABLE: readonly string[] = ['live', 'limited'];

const oneOrMore = <Item extends z.ZodType>(item: Item) =>
  z.union([item.transform((one): z.output<Item>[] => [one]), z.array(item).min(1)]);

const kebab = z.string().regex(/^[a-z0-9]+(?:-[a-z0-9]+)*$/, 'must be a kebab-case id');

const whenSchema = z.strictObject({
  service: oneOrMore(kebab).optional(),
  rule: oneOrMore(kebab).optional(),
  exposure: oneOrMore(z.enum(EXPOSURES)).optional(),
  environment: oneOrMore(z.enum(['live', 'test', 'unknown'])).optional(),
  severity: oneOrMore(z.enum(['critical', 'high', 'medium', 'low'])).optional(),
  /** Left out, a row speaks of usable keys: live or limited. */
  verdict: oneOrMore(z.enum(VERDICTS)).optional(),
  /** Globs. Every place that the key was found in must match one. */
  path: oneOrMore(z.string().min(1)).optional(),
});

const rowSchema = z
  .strictObject({
    /** For people: it appears in the reason of the decision. */
    name: z.string().min(1).max(80).optional(),
    when: whenSchema,
    act: z.enum(['burn', 'contain', 'ask', 'notify', 'block', 'leave']),
  })
  .superRefine((row, context) => {
    const fault = (field: string, message: string): void => {
      context.addIssue({ code: 'custom', path: ['when', field], message });
    };
    if (row.act === 'burn' || row.act === 'contain') {
      if (row.when.verdict?.some((state) => !USABLE.includes(state))) {
        fault('verdict', `${row.act} follows from live or limited only; take the other states out`);
      }
      if (row.when.exposure?.includes('local')) {
        fault('exposure', `a local key has not been pushed, there is nothing to ${row.act}; say block`);
      }
    }
    if (row.act === 'block' && !(row.when.exposure?.every((exposure) => exposure === 'local') ?? false)) {
      fault('exposure', 'only a local key can still be blocked; say exposure = "local"');
    }
  });

/** The `[policy]` part of keyburn.toml. Unknown keys are refused. */
export const policySchema = z.strictObject({
  /** Rows are tried in order, the first that matches decides; behind them stands the built-in policy. */
  rule: z.array(rowSchema).default([]),
  /** The most keys that one run may contain or revoke; the next ones are held. */
  breaker: z.int().min(0).max(100_000).default(10),
  /** Services whose side effect (an app uninstalled, a whole grant dropped) the operator accepts. */
  'side-effects': z.array(kebab).default([]),
});

export type Policy = z.output<typeof policySchema>;
export type PolicyRow = Policy['rule'][number];
