// `/keyburn approve HANDLE` in a comment: a person's yes to one key. The law of this file: only of somebody who may write to
// the repository, and only for what the policy asks about.

import { type PullRequest, payloadSchema } from './event.ts';
import type { GitHub } from './github.ts';
import type { Plan } from './plan.ts';

export type Approval = Extract<Plan, { kind: 'approval' }>;

export type Granted =
  /** `pull` is where the key is; undefined for an issue: the key is looked for in the whole repository. */
  | { readonly kind: 'granted'; readonly pull: PullRequest | undefined }
  | { readonly kind: 'denied'; readonly because: string };

export async function grant(approval: Approval, github: GitHub): Promise<Granted> {
  const may = await github.mayWrite(approval.by);
  if (!may.ok) return denied(`who may write to this repository cannot be told (${may.why})`);
  if (!may.value) return denied(`${approval.by} has no write access to this repository`);
  if (!approval.isPull) return { kind: 'granted', pull: undefined };
  const asked = await github.pull(approval.number);
  if (!asked.ok) return denied(`pull request ${approval.number} cannot be read (${asked.why})`);
  const pull = payloadSchema.shape.pull_request.parse(asked.value);
  return pull === undefined
    ? denied(`pull request ${approval.number} is not what GitHub documents`)
    : { kind: 'granted', pull };
}

function denied(because: string): Granted {
  return { kind: 'denied', because };
}
