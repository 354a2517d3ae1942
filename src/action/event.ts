// What the runner says of the event, parsed at the border. Only the fields that are used, none of them required: which of
// them an event brings is the plan's business.

import { readFileSync } from 'node:fs';
import { z } from 'zod';
import { type Exposure, SetupError, widest } from '../model/index.ts';

const oid = z.string().regex(/^(?:[0-9a-f]{40}|[0-9a-f]{64})$/);
const lenient = <T extends z.ZodType>(schema: T) => schema.optional().catch(undefined);

const repositorySchema = z.object({
  full_name: lenient(z.string()),
  default_branch: lenient(z.string()),
  private: lenient(z.boolean()),
  visibility: lenient(z.string()),
});
const sideSchema = z.object({
  sha: oid,
  ref: lenient(z.string()),
  repo: lenient(repositorySchema.nullable()),
});

/** https://docs.github.com/webhooks/webhook-events-and-payloads, read on 2026-11-20. */
export const payloadSchema = z.object({
  action: lenient(z.string()),
  ref: lenient(z.string()),
  before: lenient(oid),
  after: lenient(oid),
  created: lenient(z.boolean()),
  deleted: lenient(z.boolean()),
  forced: lenient(z.boolean()),
  // At most 2,048 come: only good for a guess at the depth, never for the range.
  commits: lenient(z.array(z.unknown())),
  repository: lenient(repositorySchema),
  pull_request: lenient(
    z.object({
      number: lenient(z.int().positive()),
      commits: lenient(z.int().nonnegative()),
      head: sideSchema,
      base: sideSchema,
    }),
  ),
  merge_group: lenient(z.object({ head_sha: oid, base_sha: oid })),
  issue: lenient(z.object({ number: z.int().positive(), pull_request: lenient(z.object({})) })),
  comment: lenient(
    z.object({
      body: z.string(),
      user: z.object({ login: z.string(), type: lenient(z.string()) }),
    }),
  ),
});

export type Payload = z.output<typeof payloadSchema>;
export type PullRequest = NonNullable<Payload['pull_request']>;

export interface Event {
  /** `push`, `pull_request`, … */
  readonly name: string;
  /** The commit that the runner says the event is about; for a pull request that is a merge made for the test. */
  readonly sha: string | undefined;
  /** `refs/heads/main` */
  readonly ref: string | undefined;
  readonly payload: Payload;
}

export const ZERO = /^0+$/;

export function readEvent(env: Readonly<Record<string, string | undefined>>): Event {
  const file = env.GITHUB_EVENT_PATH;
  let data: unknown = {};
  if (file) {
    try {
      data = JSON.parse(readFileSync(file, 'utf8'));
    } catch {
      // The reason may hold a piece of the file, and so a stranger's words.
      throw new SetupError(`GITHUB_EVENT_PATH: ${file} holds no event that can be read`, {
        hint: 'the runner writes this file; run this as a step of a workflow',
      });
    }
  }
  const payload = payloadSchema.safeParse(data);
  if (!payload.success) throw new SetupError('GITHUB_EVENT_PATH: the event is not an object');
  const sha = oid.safeParse(env.GITHUB_SHA);
  return {
    name: env.GITHUB_EVENT_NAME ?? '',
    sha: sha.success ? sha.data : undefined,
    ref: env.GITHUB_REF || undefined,
    payload: payload.data,
  };
}

/** Who can read what was pushed, in the host's own words; undefined where the event says nothing (a schedule). */
export function exposureOf(payload: Payload): Exposure | undefined {
  const said = [payload.repository, payload.pull_request?.head.repo]
    .map(visibilityOf)
    .filter((one) => one !== undefined);
  return said.length === 0 ? undefined : widest(said);
}

const VISIBILITIES = ['public', 'internal', 'private'] as const;

function visibilityOf(
  repository: z.output<typeof repositorySchema> | null | undefined,
): Exposure | undefined {
  const said = VISIBILITIES.find((one) => one === repository?.visibility);
  if (said !== undefined || repository?.private === undefined) return said;
  return repository.private ? 'private' : 'public';
}

/** Whether a pull request's commits come from somewhere that others control; where it cannot be told, they do. */
export function isFork(pull: PullRequest): boolean {
  const head = pull.head.repo?.full_name;
  return head === undefined || head !== pull.base.repo?.full_name;
}
