// Pure: the same event always gives the same plan; test/action/plan.test.ts is its table. The law of this file: never a
// range that is shorter than what the event brought. Where an event does not say, the plan is more, not less.

import type { Exposure } from '../model/index.ts';
import { type Event, exposureOf, isFork, type PullRequest, ZERO } from './event.ts';

/** A full object id, or the name of a branch or tag that the remote is asked about. */
type Point = string;

export type Plan =
  | { readonly kind: 'nothing'; readonly because: string }
  /** Every branch and tag with its history. */
  | { readonly kind: 'whole'; readonly because: string }
  /** The files of the checkout alone. */
  | { readonly kind: 'files'; readonly because: string }
  | RangePlan
  /** Somebody says yes to a key that the policy asks about. */
  | {
      readonly kind: 'approval';
      readonly handle: string;
      readonly by: string;
      readonly number: number;
      readonly isPull: boolean;
    }
  /** The event lacks what any plan needs. */
  | { readonly kind: 'refused'; readonly because: string };

export interface RangePlan {
  readonly kind: 'range';
  readonly because: string;
  readonly tips: readonly Point[];
  readonly not: readonly Point[];
  /** Both sides of a forced push: what it brought, and what it threw away, which stays fetchable by its id. */
  readonly bothSides: boolean;
  /** Branches whose commits an event of their own has shown or will show: see `others` below. */
  readonly without: 'none' | 'earlier-branches' | 'branches';
  /** The full name of the ref that was pushed. */
  readonly ref?: string;
  /** A first guess at how many commits there are. */
  readonly guess: number;
}

/** Where the configuration is read from: never from the change under scan. */
type Trusted =
  | { readonly kind: 'commit'; readonly oid: string }
  | { readonly kind: 'branch'; readonly name: string }
  | { readonly kind: 'none'; readonly because: string };

export interface Situation {
  readonly plan: Plan;
  readonly trusted: Trusted;
  /** The default branch, by its short name. */
  readonly main: string | undefined;
  /** Whether the workflow runs on the default branch, as a schedule always does. */
  readonly onMain: boolean;
  /** A stranger's change: nothing is revoked, and no credential of an issuer is in reach. */
  readonly fork: boolean;
  /** The pull request that a comment would go to. */
  readonly pull: number | undefined;
  /** The host's own word; undefined where the event has none. */
  readonly exposure: Exposure | undefined;
  /** What an uploaded SARIF file is about. */
  readonly about: { readonly sha: string; readonly ref: string } | undefined;
}

/** What a workflow may say about the range itself. */
export interface Wishes {
  readonly base: string | undefined;
  readonly head: string | undefined;
  readonly history: boolean;
}

export function situationOf(event: Event, wishes: Wishes): Situation {
  const { payload } = event;
  const pull = payload.pull_request;
  const main = payload.repository?.default_branch;
  return {
    plan: planOf(event, wishes),
    trusted: trustedOf(event),
    main,
    onMain: event.name === 'schedule' || (main !== undefined && event.ref === `refs/heads/${main}`),
    fork: pull !== undefined && isFork(pull),
    pull: pull?.number ?? (payload.issue?.pull_request === undefined ? undefined : payload.issue.number),
    exposure: exposureOf(payload),
    about: aboutOf(event),
  };
}

export function planOf(event: Event, { base, head, history }: Wishes): Plan {
  const { name, payload, sha } = event;
  const pull = payload.pull_request;
  if (name === 'issue_comment') return approvalOf(event);
  if (base !== undefined || head !== undefined) {
    const tip = head ?? pull?.head.sha ?? payload.merge_group?.head_sha ?? sha;
    if (tip === undefined)
      return { kind: 'refused', because: 'base is given, but neither head nor GITHUB_SHA' };
    const from = base === undefined || ZERO.test(base) ? [] : [base];
    return range('the inputs base and head', [tip], from);
  }
  switch (name) {
    case 'push':
      return pushOf(event);
    case 'merge_group': {
      const group = payload.merge_group;
      if (group === undefined) return everythingAt(sha, 'a merge_group event without its commits');
      return range('merge queue', [group.head_sha], [group.base_sha]);
    }
    case 'schedule':
    case 'workflow_dispatch':
      if (!history) return { kind: 'files', because: `${name}, history: false` };
      return { kind: 'whole', because: name };
    case 'workflow_call':
    case 'repository_dispatch':
      return everythingAt(sha, `${name} without base and head`);
    default:
      // pull_request, pull_request_target, pull_request_review and the like.
      if (pull !== undefined) return rangeOfPull(pull);
      return everythingAt(sha, `a ${/^\w+$/.test(name) ? name : 'nameless'} event has no range of its own`);
  }
}

/** The checkout of a pull request is a merge made for the test: its own commits count, not GITHUB_SHA. */
export function rangeOfPull(pull: PullRequest): RangePlan {
  return range('pull request', [pull.head.sha], [pull.base.sha], { guess: pull.commits ?? 0 });
}

function pushOf({ payload, sha, ref: named }: Event): Plan {
  const ref = payload.ref ?? named;
  const { before, after = sha, commits, forced } = payload;
  if (payload.deleted === true || (after !== undefined && ZERO.test(after)))
    return { kind: 'nothing', because: 'a deleted branch or tag brings nothing' };
  if (after === undefined)
    return { kind: 'refused', because: 'a push event without the commit that was pushed' };
  const more = { guess: commits?.length ?? 0, ...(ref === undefined ? {} : { ref }) };
  const isNew = payload.created === true || (before !== undefined && ZERO.test(before));
  if (ref?.startsWith('refs/tags/') === true) {
    // A moved tag is a new one and one that was thrown away.
    const tips = isNew || before === undefined ? [after] : [after, before];
    return range('pushed tag', tips, [], { ...more, without: 'branches' });
  }
  if (isNew) return range('new branch', [after], [], { ...more, without: 'earlier-branches' });
  if (before === undefined) return everythingAt(after, 'a push event without `before`');
  if (before === after) return { kind: 'nothing', because: 'before and after are the same commit' };
  return forced === true
    ? range('forced push', [after, before], [], { ...more, bothSides: true })
    : range('push', [after], [before], more);
}

const COMMAND = /^\/keyburn[ \t]+(\S+)(?:[ \t]+(\S+))?[ \t]*(?:\r?\n|$)/;

function approvalOf({ payload }: Event): Plan {
  const { comment, issue, action } = payload;
  const nothing = (because: string): Plan => ({ kind: 'nothing', because });
  if (action !== 'created' || comment === undefined || issue === undefined)
    return nothing('not a new comment');
  const [, verb, handle] = COMMAND.exec(comment.body) ?? [];
  if (verb === undefined) return nothing('the comment is not for keyburn');
  if (verb !== 'approve') return nothing('the only command in a comment is /keyburn approve HANDLE');
  if (comment.user.type === 'Bot') return nothing('a person has to approve, not a bot');
  if (handle === undefined || !/^[0-9a-f]{12,64}$/.test(handle))
    return nothing('/keyburn approve takes the handle of one key: 12 or more hex digits');
  const isPull = issue.pull_request !== undefined;
  return { kind: 'approval', handle, by: comment.user.login, number: issue.number, isPull };
}

function everythingAt(sha: string | undefined, because: string): Plan {
  if (sha === undefined) return { kind: 'refused', because: `${because}, and there is no GITHUB_SHA` };
  return range(`${because}: everything that this commit reaches`, [sha], []);
}

function range(
  because: string,
  tips: readonly Point[],
  not: readonly Point[],
  more: Partial<RangePlan> = {},
): RangePlan {
  return { kind: 'range', because, tips, not, bothSides: false, without: 'none', guess: 0, ...more };
}

/**
 * The branches that a new branch or tag need not show again, because an event of their own shows them. Two branches that
 * were pushed together must not both leave out what they share: so a new branch leaves out those before it alone, the
 * default branch first, then by name.
 */
export function others(
  plan: Pick<RangePlan, 'without' | 'ref'>,
  branches: ReadonlyMap<string, string>,
  defaultBranch: string | undefined,
): string[] {
  if (plan.without === 'none') return [];
  const rank = (ref: string) => (ref === `refs/heads/${defaultBranch}` ? '' : ref);
  const own = plan.ref ?? '';
  const left = [...branches].filter(([ref]) => {
    if (plan.without === 'branches') return true;
    return ref !== own && rank(ref) < rank(own);
  });
  return [...new Set(left.map(([, oid]) => oid))];
}

function trustedOf({ name, payload, ref, sha }: Event): Trusted {
  if (payload.pull_request !== undefined) return { kind: 'commit', oid: payload.pull_request.base.sha };
  if (payload.merge_group !== undefined) return { kind: 'commit', oid: payload.merge_group.base_sha };
  const main = payload.repository?.default_branch;
  const pushed = payload.ref ?? ref;
  if (name === 'push' && main !== undefined && pushed === `refs/heads/${main}`) {
    const { before } = payload;
    if (before === undefined || ZERO.test(before))
      return { kind: 'none', because: 'the default branch had nothing before this push' };
    return { kind: 'commit', oid: before };
  }
  if (main !== undefined) return { kind: 'branch', name: main };
  // A schedule runs on the default branch, and its event names no repository.
  if (name === 'schedule' && sha !== undefined) return { kind: 'commit', oid: sha };
  return { kind: 'none', because: 'the event does not name the default branch' };
}

function aboutOf({ payload, ref, sha }: Event): Situation['about'] {
  const pull = payload.pull_request;
  if (pull?.number !== undefined) return { sha: pull.head.sha, ref: `refs/pull/${pull.number}/head` };
  return sha === undefined || ref === undefined ? undefined : { sha, ref };
}
