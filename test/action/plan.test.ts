// The table: which event means which commits, and from which side its configuration comes.
import { describe, expect, it } from 'vitest';
import { type Event, payloadSchema } from '../../src/action/event.ts';
import { others, type Plan, planOf, situationOf, type Wishes } from '../../src/action/plan.ts';

const [A, B, ZERO] = ['a'.repeat(40), 'b'.repeat(40), '0'.repeat(40)];
const NO_WISHES: Wishes = { base: undefined, head: undefined, history: true };
const repository = { full_name: 'acme/shop', default_branch: 'main', visibility: 'public' };
const pull = (full_name: string | undefined = 'acme/shop') => ({
  number: 7,
  commits: 3,
  head: { sha: A, repo: full_name === undefined ? null : { full_name } },
  base: { sha: B, repo: { full_name: 'acme/shop' } },
});

function event(name: string, payload: unknown = {}, more: Partial<Event> = {}): Event {
  return { name, sha: A, ref: 'refs/heads/main', payload: payloadSchema.parse(payload), ...more };
}

function short(plan: Plan): string {
  if (plan.kind !== 'range') return plan.kind;
  const join = plan.bothSides ? '...' : ' ';
  const not = plan.not.map((oid) => ` ^${oid.slice(0, 1)}`).join('');
  const without = plan.without === 'none' ? '' : ` --not ${plan.without}`;
  return `${plan.tips.map((oid) => oid.slice(0, 1)).join(join)}${not}${without}`;
}

const main = 'refs/heads/main';
describe('an event becomes a plan', () => {
  it.each<[string, string, unknown, string]>([
    ['a push', 'push', { ref: main, before: B, after: A }, 'a ^b'],
    [
      'a first push',
      'push',
      { ref: main, before: ZERO, after: A, created: true },
      'a --not earlier-branches',
    ],
    [
      'a ref that is new though nobody says created',
      'push',
      { ref: main, before: ZERO, after: A },
      'a --not earlier-branches',
    ],
    ['a forced push', 'push', { ref: main, before: B, after: A, forced: true }, 'a...b'],
    ['a deletion', 'push', { ref: main, before: B, after: ZERO, deleted: true }, 'nothing'],
    ['a deletion that is only told by zeros', 'push', { ref: main, before: B, after: ZERO }, 'nothing'],
    ['a tag', 'push', { ref: 'refs/tags/v1', before: ZERO, after: A, created: true }, 'a --not branches'],
    [
      'a tag that was moved',
      'push',
      { ref: 'refs/tags/v1', before: B, after: A, forced: true },
      'a b --not branches',
    ],
    ['a push of nothing', 'push', { ref: main, before: A, after: A }, 'nothing'],
    ['a push without before', 'push', { ref: main, after: A }, 'a'],
    ['a push whose before is no commit', 'push', { ref: main, before: '--all', after: A }, 'a'],
    ['a pull request', 'pull_request', { pull_request: pull() }, 'a ^b'],
    ['a pull request into the base', 'pull_request_target', { pull_request: pull() }, 'a ^b'],
    ['a review', 'pull_request_review', { pull_request: pull() }, 'a ^b'],
    ['the merge queue', 'merge_group', { merge_group: { head_sha: A, base_sha: B } }, 'a ^b'],
    ['the merge queue without commits', 'merge_group', {}, 'a'],
    ['a schedule', 'schedule', {}, 'whole'],
    ['by hand', 'workflow_dispatch', { repository }, 'whole'],
    ['another workflow', 'workflow_call', {}, 'a'],
    ['another repository', 'repository_dispatch', {}, 'a'],
    ['an event that nobody knows', 'gollum', {}, 'a'],
    ['a comment without a command', 'issue_comment', { action: 'created' }, 'nothing'],
  ])('%s', (_what, name, payload, expected) => {
    expect(short(planOf(event(name, payload), NO_WISHES))).toBe(expected);
  });

  it('takes what the workflow says before what the event says', () => {
    const push = event('push', { ref: main, before: B, after: A });
    expect(short(planOf(push, { ...NO_WISHES, base: 'dev' }))).toBe('a ^d');
    expect(short(planOf(push, { ...NO_WISHES, head: 'next' }))).toBe('n');
    expect(short(planOf(push, { ...NO_WISHES, base: ZERO, head: 'next' }))).toBe('n');
    expect(short(planOf(event('schedule', {}), { ...NO_WISHES, history: false }))).toBe('files');
  });

  it('never reads nothing where it knows nothing', () => {
    for (const name of ['push', 'gollum', 'merge_group', 'workflow_call'])
      expect(planOf(event(name, {}, { sha: undefined }), NO_WISHES).kind).toBe('refused');
  });
});

describe('a new branch leaves out', () => {
  const branches = new Map([
    ['refs/heads/aaa', 'a'],
    ['refs/heads/main', 'm'],
    ['refs/heads/zzz', 'z'],
  ]);
  const left = (ref: string, without: 'earlier-branches' | 'branches' | 'none' = 'earlier-branches') =>
    others({ ref, without }, branches, 'main').sort();

  it('those before it alone: of two that share commits, one shows them', () => {
    expect(left('refs/heads/main')).toEqual([]);
    expect(left('refs/heads/aaa')).toEqual(['m']);
    expect(left('refs/heads/zzz')).toEqual(['a', 'm']);
  });

  it('for a tag, every branch', () => {
    expect(left('refs/tags/v1', 'branches')).toEqual(['a', 'm', 'z']);
    expect(left('refs/heads/zzz', 'none')).toEqual([]);
  });
});

describe('the configuration comes from', () => {
  it.each<[string, string, unknown, unknown]>([
    [
      'the base of a pull request',
      'pull_request',
      { pull_request: pull(), repository },
      { kind: 'commit', oid: B },
    ],
    [
      'the base of a merge group',
      'merge_group',
      { merge_group: { head_sha: A, base_sha: B } },
      { kind: 'commit', oid: B },
    ],
    [
      'what the default branch had before',
      'push',
      { ref: main, before: B, after: A, repository },
      { kind: 'commit', oid: B },
    ],
    [
      'the default branch, for another one',
      'push',
      { ref: 'refs/heads/x', before: B, after: A, repository },
      { kind: 'branch', name: 'main' },
    ],
    ['the default branch, for a comment', 'issue_comment', { repository }, { kind: 'branch', name: 'main' }],
    ['the commit of a schedule', 'schedule', {}, { kind: 'commit', oid: A }],
  ])('%s', (_what, name, payload, expected) => {
    expect(situationOf(event(name, payload), NO_WISHES).trusted).toEqual(expected);
  });

  it('nowhere, where nothing is trusted', () => {
    const first = event('push', { ref: main, before: ZERO, after: A, created: true, repository });
    expect(situationOf(first, NO_WISHES).trusted.kind).toBe('none');
    expect(situationOf(event('gollum', {}), NO_WISHES).trusted.kind).toBe('none');
  });
});

describe('a pull request is from a fork', () => {
  it.each([
    ['acme/shop', false],
    ['stranger/shop', true],
  ])('of %s: %s', (name, expected) => {
    const { fork } = situationOf(event('pull_request', { pull_request: pull(name), repository }), NO_WISHES);
    expect(fork).toBe(expected);
  });

  it('where its repository is gone', () => {
    const gone = { ...pull(), head: { sha: A, repo: null } };
    expect(situationOf(event('pull_request', { pull_request: gone }), NO_WISHES).fork).toBe(true);
  });
});

describe('exposure is the host’s own word', () => {
  it.each([
    [{ visibility: 'public', private: false }, 'public'],
    [{ visibility: 'internal', private: true }, 'internal'],
    [{ private: true }, 'private'],
    [{ private: false }, 'public'],
    [{}, undefined],
  ])('%o', (said, expected) => {
    expect(situationOf(event('push', { repository: said }), NO_WISHES).exposure).toBe(expected);
  });
});

describe('a comment approves', () => {
  const comment = (body: string, type = 'User', action = 'created') =>
    planOf(
      event('issue_comment', {
        action,
        comment: { body, user: { login: 'ada', type } },
        issue: { number: 7, pull_request: {} },
      }),
      NO_WISHES,
    );

  it('with the command, the handle and nothing before', () => {
    const expected = { kind: 'approval', handle: '0123456789ab', by: 'ada', number: 7, isPull: true };
    expect(comment('/keyburn approve 0123456789ab')).toEqual(expected);
    expect(comment('/keyburn approve 0123456789ab\r\nplease')).toEqual(expected);
  });

  it.each([
    'please /keyburn approve 0123456789ab',
    '> /keyburn approve 0123456789ab',
    '/keyburn approve',
    '/keyburn approve 0123',
    '/keyburn approve 0123456789ab; rm -rf /',
    '/keyburn close 0123456789ab',
    '/keyburnapprove 0123456789ab',
  ])('not with %j', (body) => {
    expect(comment(body).kind).toBe('nothing');
  });

  it('not by a bot, not when it is edited', () => {
    expect(comment('/keyburn approve 0123456789ab', 'Bot').kind).toBe('nothing');
    expect(comment('/keyburn approve 0123456789ab', 'User', 'edited').kind).toBe('nothing');
  });
});
