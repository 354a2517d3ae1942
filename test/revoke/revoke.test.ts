import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { isDead, type Receipt, type RevokeOrder } from '../../src/model/index.ts';
import {
  type Intent,
  type Journal,
  type RevokeUse,
  restore,
  resume,
  revoke,
} from '../../src/revoke/index.ts';
import type { Service } from '../../src/services/service.ts';
import {
  check,
  type Fate,
  ID,
  type Issuer,
  issuerOf,
  type KeyState,
  NOW,
  orderOf,
  serviceOf,
  tools,
} from './issuer.ts';

interface Run {
  readonly receipt: Receipt;
  /** Calls to the issuer and entries of the journal, as they came. */
  readonly story: string[];
  readonly waits: number[];
}

function journalOf(story: string[]): Journal {
  return {
    async intend(_: RevokeOrder, step: Intent) {
      story.push(`intend ${step}`);
    },
    async settle(_, receipt) {
      story.push(`settle ${receipt.outcome}`);
    },
  };
}

async function run(
  issuer: Issuer,
  has: Parameters<typeof serviceOf>[1] = 'both',
  about: Partial<RevokeUse> & { readonly act?: 'burn' | 'contain' } = {},
): Promise<Run> {
  const service = serviceOf(issuer, has);
  const waits: number[] = [];
  const { act, ...use } = about;
  const receipt = await revoke(orderOf(service, act), {
    service,
    tools,
    again: check(issuer),
    journal: journalOf(issuer.calls),
    now: NOW,
    delay: async (ms) => {
      waits.push(ms);
    },
    ...use,
  });
  return { receipt, story: issuer.calls, waits };
}

describe('a burn', () => {
  it('looks, contains, revokes and proves, with every intent before its call', async () => {
    const { receipt, story, waits } = await run(issuerOf());
    expect(story).toEqual([
      'check',
      'intend contain',
      'contain',
      'intend revoke',
      'revoke',
      'check',
      'settle revoked',
    ]);
    expect(receipt).toEqual({
      outcome: 'revoked',
      at: '2026-11-20T12:00:00.000Z',
      proof: { state: 'revoked', checkedAt: '2026-11-20T12:00:00.000Z', why: 'GET /me' },
      note: 'now revoked',
    });
    expect(waits).toEqual([]);
  });

  it('waits for the proof with growing pauses', async () => {
    const { receipt, waits } = await run(issuerOf({ lag: 6 }), 'revoke');
    expect(receipt.outcome).toBe('revoked');
    expect(waits).toEqual([250, 500, 1000, 2000, 4000, 5000]);
  });

  it('stays open where the issuer does not call it dead in time', async () => {
    const { receipt, waits } = await run(issuerOf({ lag: 1_000_000 }), 'revoke');
    expect(receipt).toMatchObject({ outcome: 'accepted', proof: { state: 'live' } });
    expect(waits.reduce((sum, ms) => sum + ms, 0)).toBe(60_000);
  });

  it('counts slow answers as waiting', async () => {
    let minutes = 0;
    const issuer = issuerOf({ lag: 1_000_000 });
    const look = check(issuer);
    const { receipt, waits } = await run(issuer, 'revoke', {
      again: async () => {
        minutes += 1;
        return look();
      },
      now: () => new Date(NOW().getTime() + minutes * 60_000),
    });
    expect(receipt.outcome).toBe('accepted');
    expect(waits).toEqual([]);
  });

  const table: [string, Partial<Issuer>, Parameters<typeof serviceOf>[1], Receipt['outcome'], string][] = [
    ['is dead already', { state: 'revoked' }, 'both', 'already-dead', 'before anything was sent'],
    ['cannot be seen', { silent: true }, 'both', 'failed', 'nothing was sent'],
    ['is limited', { state: 'limited' }, 'both', 'revoked', 'now revoked'],
    ['has no containment', {}, 'revoke', 'revoked', 'now revoked'],
    ['can only be contained', {}, 'contain', 'contained', 'delete acme_…ghij'],
    ['can only be treated by hand', {}, 'neither', 'manual', 'no way to revoke'],
    ['is refused', { revoke: 'refused' }, 'revoke', 'failed', 'refused: not allowed; asked again: live'],
    ['is not answered and did not work', { revoke: 'request-lost' }, 'revoke', 'failed', 'not answered'],
    ['is not answered and worked', { revoke: 'reply-lost' }, 'revoke', 'revoked', 'yet it worked'],
    ['meets a fault of the service', { revoke: 'throws' }, 'revoke', 'failed', 'TypeError'],
    ['goes to a person', { revoke: 'manual' }, 'revoke', 'manual', 'not this kind of key'],
    ['is contained and then refused', { revoke: 'refused' }, 'both', 'contained', 'refused: not allowed'],
    ['is contained and then not answered', { revoke: 'request-lost' }, 'both', 'contained', 'not answered'],
    ['is contained and worked unanswered', { revoke: 'reply-lost' }, 'both', 'revoked', 'yet it worked'],
    ['is contained, the rest by hand', { revoke: 'manual' }, 'both', 'contained', 'ask the owner'],
    [
      'is not contained, yet revoked',
      { contain: 'refused' },
      'both',
      'revoked',
      'to contain it first: refused',
    ],
    ['is refused twice', { contain: 'refused', revoke: 'refused' }, 'both', 'failed', 'refused'],
  ];
  it.each(table)('that %s', async (_, about, has, outcome, note) => {
    const { receipt, story } = await run(issuerOf(about), has);
    expect(receipt.outcome).toBe(outcome);
    expect(receipt.note).toContain(note);
    expect(story.at(-1)).toBe(`settle ${outcome}`);
  });

  it('gives the steps for a person', async () => {
    const { receipt, story } = await run(issuerOf(), 'neither');
    expect(receipt).toMatchObject({ steps: ['open the dashboard and delete acme_…ghij'] });
    expect(story).toEqual(['settle manual']);
  });

  it('sends nothing after a look that shows no live key', async () => {
    for (const about of [{ state: 'revoked' }, { state: 'disabled' }, { silent: true }] as const) {
      const { story } = await run(issuerOf(about));
      expect(story.filter((line) => line === 'contain' || line === 'revoke')).toEqual([]);
    }
  });

  it('never quotes what a service threw', async () => {
    const { receipt } = await run(issuerOf({ contain: 'throws', revoke: 'throws' }));
    expect(JSON.stringify(receipt)).not.toContain('0123456789');
    const thrown = await run(issuerOf(), 'both', {
      again: async () => {
        throw new Error('acme_0123456789abcdefghij');
      },
    });
    expect(thrown.receipt.outcome).toBe('failed');
    expect(JSON.stringify(thrown.receipt)).not.toContain('0123456789');
  });

  it('does not go to another service', async () => {
    const service = { ...serviceOf(issuerOf()), id: 'other' };
    const use = { service, tools, again: check(issuerOf()), journal: journalOf([]), now: NOW };
    await expect(revoke(orderOf(serviceOf(issuerOf())), use)).rejects.toThrow('came to other');
  });
});

describe('a containment', () => {
  it('never revokes', async () => {
    const { receipt, story } = await run(issuerOf(), 'both', { act: 'contain' });
    expect(story).toEqual(['check', 'intend contain', 'contain', 'check', 'settle contained']);
    expect(receipt).toMatchObject({ outcome: 'contained', proof: { state: 'disabled' } });
  });

  it('goes to a person where the service has none', async () => {
    const { receipt } = await run(issuerOf(), 'revoke', { act: 'contain' });
    expect(receipt).toMatchObject({ outcome: 'manual', note: 'Acme has no way to contain by program' });
  });

  it('is undone by restore, and proved', async () => {
    const issuer = issuerOf({ state: 'disabled' });
    const service = {
      ...serviceOf(issuer),
      restore: async () => {
        issuer.state = 'live';
        return { outcome: 'accepted', note: 'now live' } as const;
      },
    };
    const key = { secret: orderOf(service).secret, parts: {} };
    const use = { service, tools, again: async () => check(issuer)() };
    expect(await restore(key, use)).toMatchObject({ outcome: 'restored', proof: { state: 'live' } });
    expect(await restore(key, { ...use, again: check(issuerOf({ silent: true })) })).toMatchObject({
      outcome: 'unproved',
    });
    expect(await restore(key, { ...use, service: serviceOf(issuer) })).toMatchObject({ outcome: 'manual' });
  });
});

describe('after a run that was stopped', () => {
  it('finds the work done', async () => {
    const { receipt, story } = await run(issuerOf({ state: 'revoked' }), 'both', { resume: 'revoke' });
    expect(receipt).toMatchObject({ outcome: 'already-dead', note: expect.stringContaining('earlier run') });
    expect(story).toEqual(['check', 'settle already-dead']);
  });

  it.each(['contain', 'revoke'] as const)('revokes what was only contained (%s)', async (step) => {
    const { receipt, story } = await run(issuerOf({ state: 'disabled' }), 'both', { resume: step });
    expect(receipt.outcome).toBe('revoked');
    expect(story).toEqual(['check', 'intend revoke', 'revoke', 'check', 'settle revoked']);
  });

  it('does it all where nothing had worked', async () => {
    const { receipt } = await run(issuerOf(), 'both', { resume: 'contain' });
    expect(receipt.outcome).toBe('revoked');
  });

  it('leaves the intent on record while nobody can say', async () => {
    const { receipt, story } = await run(issuerOf({ silent: true }), 'both', { resume: 'revoke' });
    expect(receipt.outcome).toBe('failed');
    expect(story).toEqual(['check']);
  });

  it('looks, without acting, in a run that is not armed', async () => {
    const at = async (state: KeyState, step: Intent, silent = false, act: 'burn' | 'contain' = 'burn') => {
      const story: string[] = [];
      const issuer = issuerOf({ state, silent });
      const use = { service: serviceOf(issuer), again: check(issuer), journal: journalOf(story), now: NOW };
      const receipt = await resume({ id: ID, step, act }, use);
      return [receipt?.outcome, ...story];
    };
    expect(await at('revoked', 'revoke')).toEqual(['already-dead', 'settle already-dead']);
    expect(await at('disabled', 'contain')).toEqual([undefined]);
    expect(await at('disabled', 'revoke')).toEqual([undefined]);
    expect(await at('disabled', 'contain', false, 'contain')).toEqual([
      'already-dead',
      'settle already-dead',
    ]);
    expect(await at('live', 'revoke')).toEqual([undefined]);
    expect(await at('revoked', 'revoke', true)).toEqual([undefined]);
  });
});

describe('laws', () => {
  const anyFate = fc.constantFrom<Fate>('works', 'reply-lost', 'request-lost', 'refused', 'throws', 'manual');
  const anyIssuer = fc.record({
    state: fc.constantFrom<KeyState>('live', 'limited', 'disabled', 'revoked'),
    lag: fc.nat({ max: 4 }),
    contain: anyFate,
    revoke: anyFate,
    silent: fc.boolean(),
  });
  const anyHas = fc.constantFrom('both', 'revoke', 'contain', 'neither');
  const anyAct = fc.constantFrom('burn', 'contain');

  it('calls nothing done that the issuer does not call dead, and acts only on what it calls live', async () => {
    await fc.assert(
      fc.asyncProperty(anyIssuer, anyHas, anyAct, async (about, has, act) => {
        const { receipt, story } = await run(issuerOf({ ...about }), has, { act });
        const done = ['revoked', 'contained', 'already-dead'].includes(receipt.outcome);
        const acts = story.filter((line) => line === 'contain' || line === 'revoke');
        const unannounced = acts.filter((line) => story[story.indexOf(line) - 1] !== `intend ${line}`);
        expect({
          doneWithoutProof: done && !('proof' in receipt && isDead(receipt.proof)),
          doneUnseen: done && about.silent,
          actedOnNoLiveKey: acts.length > 0 && about.state !== 'live' && about.state !== 'limited',
          revokedUnasked: act === 'contain' && acts.includes('revoke'),
          unannounced,
          receipts: story.filter((line) => line.startsWith('settle')),
        }).toEqual({
          doneWithoutProof: false,
          doneUnseen: false,
          actedOnNoLiveKey: false,
          revokedUnasked: false,
          unannounced: [],
          receipts: [`settle ${receipt.outcome}`],
        });
      }),
      { numRuns: 500 },
    );
  });

  it('finishes in the next run wherever it was killed, with one receipt', async () => {
    await fc.assert(
      fc.asyncProperty(fc.nat({ max: 16 }), fc.constantFrom('both', 'revoke'), async (lifetime, has) => {
        const issuer = issuerOf();
        const service = serviceOf(issuer, has);
        // What survives the process: the issuer's state and the journal.
        let unfinished: Intent | undefined;
        const settled: Receipt[] = [];
        const journal: Journal = {
          async intend(_, step) {
            unfinished = step;
          },
          async settle(_, receipt) {
            unfinished = undefined;
            settled.push(receipt);
          },
        };
        // A killed process goes no further and says nothing: each of its waits, before and behind the effect, may be its last.
        let steps = 0;
        const death = Promise.withResolvers<void>();
        const tick = async (): Promise<void> => {
          steps += 1;
          if (steps <= lifetime) return;
          death.resolve();
          await new Promise<never>(() => {});
        };
        const mortal = async <T>(work: () => Promise<T>): Promise<T> => {
          await tick();
          const answer = await work();
          await tick();
          return answer;
        };
        const again = check(issuer);
        const { contain, revoke: burn } = service;
        const dying: Service = {
          ...service,
          ...(contain ? { contain: (made, use) => mortal(() => contain(made, use)) } : {}),
          ...(burn ? { revoke: (made, use) => mortal(() => burn(made, use)) } : {}),
        };
        const first = revoke(orderOf(service), {
          service: dying,
          tools,
          again: () => mortal(again),
          journal: {
            intend: (made, step) => mortal(() => journal.intend(made, step)),
            settle: (id, receipt) => mortal(() => journal.settle(id, receipt)),
          },
          now: NOW,
        });
        await Promise.race([first, death.promise]);
        if (settled.length === 0) {
          const left: Intent | undefined = unfinished;
          const use = { service, tools, again, journal, now: NOW };
          await revoke(orderOf(service), left === undefined ? use : { ...use, resume: left });
        }
        expect(issuer.state).toBe('revoked');
        expect(unfinished).toBeUndefined();
        expect(settled).toMatchObject([{ proof: { state: 'revoked' } }]);
      }),
      { numRuns: 300 },
    );
  });
});
