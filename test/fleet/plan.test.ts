import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { isIn, type PlanOptions, plan } from '../../src/fleet/plan.ts';
import type { Attention, KnownRepository } from '../../src/record/index.ts';

const now = new Date('2026-11-21T12:00:00.000Z');
const options: PlanOptions = { now, began: now, armed: false, recheckMs: 24 * 3_600_000, sweep: false };
const day = (number: number): string => new Date(Date.UTC(2026, 10, number)).toISOString();

function repository(id: number, more: Partial<KnownRepository> = {}): KnownRepository {
  return {
    key: `git.example.com/${id}`,
    host: 'git.example.com',
    name: `acme/r${id}`,
    url: `https://git.example.com/acme/r${id}.git`,
    exposure: 'public',
    archived: false,
    fork: false,
    sizeKb: 1,
    pushedAt: day(id),
    network: null,
    gone: false,
    scannedPush: day(id),
    scannedAt: day(20),
    problem: null,
    tries: 0,
    ...more,
  };
}

function attention(id: number, more: Partial<Attention> = {}): Attention {
  return {
    repository: `git.example.com/${id}`,
    source: 'git',
    intended: false,
    live: true,
    exposure: 'public',
    again: false,
    approved: false,
    checkedAt: day(1),
    ...more,
  };
}

const order = (
  repositories: KnownRepository[],
  about: Attention[],
  more: Partial<PlanOptions> = {},
): string[] =>
  plan(repositories, about, { ...options, ...more }).map(
    ({ repository: { name }, why, whole }) => `${name} ${why}${whole.length > 0 ? ' whole' : ''}`,
  );

describe('what to scan next', () => {
  it('is nothing where nothing is new', () => {
    expect(order([repository(1), repository(2)], [])).toEqual([]);
  });

  it('is the last pushed first', () => {
    const due = [1, 3, 2].map((id) => repository(id, { scannedPush: null }));
    expect(order(due, [])).toEqual(['acme/r3 pushed', 'acme/r2 pushed', 'acme/r1 pushed']);
  });

  it('puts keys that are not done with in front, the live and public ones before the others', () => {
    const known = [1, 2, 3, 4].map((id) => repository(id));
    const about = [
      attention(1, { live: false, again: true }),
      attention(2, { exposure: 'private' }),
      attention(3),
      attention(4, { intended: true, live: true }),
    ];
    expect(order([...known, repository(9, { scannedAt: null, scannedPush: null })], about)).toEqual([
      'acme/r4 unfinished whole',
      'acme/r3 live whole',
      'acme/r2 live whole',
      'acme/r1 again whole',
      'acme/r9 new',
    ]);
  });

  it('asks again about a living key when its time has come, at once where it may be burned', () => {
    const known = [repository(1)];
    const fresh = attention(1, { checkedAt: '2026-11-21T11:00:00.000Z' });
    expect(order(known, [fresh])).toEqual([]);
    expect(order(known, [fresh], { recheckMs: 3_600_000 })).toEqual(['acme/r1 live whole']);
    expect(order(known, [fresh], { armed: true })).toEqual(['acme/r1 live whole']);
    expect(order(known, [{ ...fresh, approved: true }])).toEqual(['acme/r1 live whole']);
    // What another worker of this very run has just asked is fresh for an armed one, too.
    const began = new Date('2026-11-21T10:00:00.000Z');
    expect(order(known, [fresh], { armed: true, began })).toEqual([]);
  });

  it('leaves out what is gone, and tries again what had a problem', () => {
    expect(
      order([repository(1, { gone: true, scannedPush: null }), repository(2, { problem: '404' })], []),
    ).toEqual(['acme/r2 pushed']);
  });

  it('sweeps what no push has touched, once a run', () => {
    const swept = repository(1, { scannedAt: '2026-11-21T12:30:00.000Z' });
    expect(order([repository(2), swept], [], { sweep: true })).toEqual(['acme/r2 sweep']);
  });

  it('gives every repository to exactly one shard, whatever it is called', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 40 }), fc.string({ minLength: 1 }), (of, key) => {
        const mine = Array.from({ length: of }, (_, index) => isIn(key, { index: index + 1, of }));
        expect(mine.filter(Boolean)).toHaveLength(1);
      }),
    );
  });

  it('spreads them about evenly', () => {
    const keys = Array.from({ length: 4_000 }, (_, id) => `github.com/${id}`);
    for (const index of [1, 2, 3, 4]) {
      const share = keys.filter((key) => isIn(key, { index, of: 4 })).length;
      expect(share).toBeGreaterThan(900);
      expect(share).toBeLessThan(1_100);
    }
  });
});

describe('beside the code', () => {
  const at = (pulse: string | undefined, lives = false, readAt = day(20)) => ({
    pulse,
    lives,
    readAt,
    asks: [],
  });
  const news = (
    heads: Record<string, ReturnType<typeof at>>,
    prose: string | undefined,
    sources = Object.keys(heads),
  ): PlanOptions['news'] => ({
    sources,
    heads: new Map([['git.example.com/1', new Map(Object.entries(heads))]]),
    pulses: new Map(
      prose === undefined ? [] : [['git.example.com/1', { prose, releases: '0', comments: '0' }]],
    ),
  });
  const only = (about: PlanOptions['news'], one: Partial<KnownRepository> = {}, more: object = {}) =>
    plan([repository(1, one)], [], { ...options, news: about, ...more }).map(({ only: names }) => names);

  it('nothing is asked where the pulse is as it was, and nothing has ever run', () => {
    expect(only(news({ issues: at('3 x'), logs: at(undefined), wiki: at(undefined) }, '3 x'))).toEqual([]);
  });

  it('what a pulse shows is read, and refs with it, as strangers open pull requests', () => {
    expect(only(news({ issues: at('3 x'), releases: at('0') }, '4 y'))).toEqual([['issues', 'git']]);
  });

  it('what no pulse shows is asked where there was something before, once in a run', () => {
    expect(only(news({ issues: at('3 x'), logs: at(undefined, true) }, '3 x'))).toEqual([['logs']]);
    const asked = at(undefined, true, now.toISOString());
    expect(only(news({ issues: at('3 x'), logs: asked }, '3 x'))).toEqual([]);
  });

  it('every source is asked where nobody has told, and one that was never read is read', () => {
    expect(only(news({ issues: at('3 x') }, undefined))).toEqual([['issues', 'git']]);
    expect(only(news({ issues: at('3 x') }, '3 x', ['issues', 'wiki']))).toEqual([['wiki']]);
  });

  it('an archived repository is left alone once it has been read', () => {
    expect(only(news({ issues: at('3 x') }, '4 y'), { archived: true })).toEqual([]);
    expect(only(news({ issues: at('3 x') }, '3 x', ['issues', 'wiki']), { archived: true })).toEqual([
      ['wiki'],
    ]);
  });

  it('a full scan trusts no pulse', () => {
    const full = plan([repository(1)], [], {
      ...options,
      sweep: true,
      news: news({ issues: at('3 x') }, '3 x'),
    });
    expect(full).toMatchObject([{ why: 'sweep', only: undefined, pulse: undefined }]);
  });

  it('a source is read from its beginning where its key is to be seen again, and no other', () => {
    const due = plan([repository(1)], [attention(1, { source: 'logs' })], options);
    expect(due).toMatchObject([{ why: 'live', whole: ['logs'], only: undefined }]);
  });
});
