// What a purge may take and what it never does, on every engine.

import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Fingerprint, Verdict } from '../../src/model/index.ts';
import type { IncidentStory, Ledger, Purged } from '../../src/record/index.ts';
import { at, entry, idOf, live, orderFor, place, receipt, revoked } from './sample.ts';

const LATE = 1_000_000;
const NOTHING: Purged = {
  incidents: 0,
  places: 0,
  messages: 0,
  acts: 0,
  verdicts: 0,
  repositories: 0,
  answers: 0,
};

/** What may have become of a key. */
const FATES = [
  'dead when found',
  'open',
  'intended',
  'burned',
  'contained',
  'closed alive by a person',
  'burned, its notice waits',
  'burned, its log is being deleted',
  'burned, being undone',
] as const;
type Fate = (typeof FATES)[number];

const OVER: ReadonlySet<Fate> = new Set(['dead when found', 'burned']);

export function purgeContract(
  engine: string,
  open: (now: () => Date) => Promise<{ ledger: Ledger; drop: () => Promise<void> }>,
): void {
  describe(`the purge of a ledger on ${engine}`, () => {
    let ledger: Ledger;
    let drop: () => Promise<void>;
    let minute = 0;
    beforeEach(async () => {
      minute = 0;
      ({ ledger, drop } = await open(() => new Date(at(minute))));
    });
    afterEach(() => drop());

    async function comeTo(id: Fingerprint, fate: Fate): Promise<void> {
      const others = [place({ path: 'b', author: 'Bo', email: 'bo@example.com' }), place({ path: 'c' })];
      const verdict: Verdict = fate === 'dead when found' ? revoked(minute) : live(minute);
      const first = place({ author: 'Ann', email: 'ann@example.com' });
      const told = entry({ id, verdict, place: first, otherPlaces: others });
      await ledger.upsert(told);
      await ledger.board.learned(id, { owner: 'ann@example.com' });
      await ledger.put(id, 'acme', verdict);
      await ledger.outbox.enqueue(id, 'hook', 'found-live', { text: 'of Ann' });
      if (fate !== 'burned, its notice waits')
        for (const message of await ledger.outbox.pending())
          if (message.incident === id) await ledger.outbox.sent(message);
      if (fate === 'closed alive by a person') await ledger.close(id, 'ann', 'it is a demo');
      if (fate === 'dead when found' || fate === 'open' || fate === 'closed alive by a person') return;
      await ledger.intend(orderFor(told), 'revoke', { run: 'r1' });
      if (fate === 'intended') return;
      const outcome = receipt('revoked', minute);
      if (fate === 'contained') {
        const proof = { state: 'disabled', checkedAt: at(minute), why: 'GET /me: 401' } as const;
        await ledger.settle(id, { outcome: 'contained', at: at(minute), proof, note: 'off' });
      } else await ledger.settle(id, outcome);
      if (fate === 'burned, its log is being deleted')
        await ledger.intendLog(id, { target: 'github:acme/shop', run: 7 });
      if (fate === 'burned, being undone') await ledger.intendUndo(id, { by: 'ann', reason: 'x' });
    }

    async function story(id: Fingerprint): Promise<IncidentStory> {
      const found = await ledger.incident(id);
      if (found.kind !== 'one') throw new Error(found.kind);
      return found;
    }

    const purge = (before: number, dry = false) => ledger.purge({ before: at(before), by: 'ann', dry });

    /** A purge that comes too early, the dry run, the purge. */
    async function purged(fate: Fate) {
      const id = idOf('a');
      await comeTo(id, fate);
      const was = { story: await story(id), card: await ledger.board.card(id) };
      const waiting = await ledger.outbox.waiting();
      minute = LATE;
      // Met since then: too young.
      expect(await purge(0)).toEqual(NOTHING);
      const counted = await purge(LATE - 1, true);
      expect({ story: await story(id), card: await ledger.board.card(id) }).toEqual(was);
      expect(await purge(LATE - 1)).toEqual(counted);
      expect(await ledger.outbox.waiting()).toBe(waiting);
      return { id, was, counted, now: { story: await story(id), card: await ledger.board.card(id) } };
    }

    it.each(FATES.filter((fate) => !OVER.has(fate)))('%s: nothing of it is touched', async (fate) => {
      const { was, counted, now } = await purged(fate);
      expect(counted).toEqual(NOTHING);
      expect(now).toEqual(was);
    });

    it.each([...OVER])(
      '%s: it keeps its name, its end and its story, and loses its details',
      async (fate) => {
        const { id, was, counted, now } = await purged(fate);
        expect(counted).toMatchObject({ incidents: 1, places: 2, messages: 1, verdicts: 1 });
        const { place: _place, otherPlaces: _others, ...rest } = was.story.incident;
        expect(now.story.incident).toEqual({ ...rest, place: place(), otherPlaces: [] });
        expect(now.story.steps.slice(0, -1)).toEqual(was.story.steps);
        expect(now.story.steps.at(-1)).toMatchObject({ who: 'ann', what: 'purged' });
        expect(now.card).toMatchObject({ owner: null });
        expect(await ledger.get(id, 'acme')).toBe(undefined);
        // That it was told stays known, and a second purge finds nothing.
        expect(await ledger.outbox.enqueue(id, 'hook', 'found-live', {})).toBe(false);
        expect(await purge(LATE - 1)).toEqual(NOTHING);
      },
    );

    it('whatever the ledger holds: a dry run counts what a purge takes, and only what is over is touched', async () => {
      const many = fc.array(fc.tuple(fc.constantFrom(...FATES), fc.integer({ min: 0, max: 9 })), {
        minLength: 1,
        maxLength: 6,
      });
      let made = 0;
      await fc.assert(
        fc.asyncProperty(many, fc.integer({ min: 0, max: 10 }), async (fates, before) => {
          const ids: [Fingerprint, Fate, number][] = [];
          for (const [fate, age] of fates) {
            made += 1;
            minute = LATE * made + age;
            const id = idOf(made.toString(16).padStart(6, '0'));
            await comeTo(id, fate);
            ids.push([id, fate, minute]);
          }
          const stories = new Map(await Promise.all(ids.map(async ([id]) => [id, await story(id)] as const)));
          const cutoff = LATE * made + before;
          minute = LATE * (made + 1);
          const counted = await purge(cutoff, true);
          expect(await purge(cutoff)).toEqual(counted);
          for (const [id, fate, seen] of ids) {
            const taken = OVER.has(fate) && seen < cutoff;
            const now = await story(id);
            expect(now.steps.some(({ what }) => what === 'purged')).toBe(taken);
            if (taken) stories.delete(id);
            expect(stories.get(id) ?? now).toEqual(now);
          }
          expect(await purge(cutoff, true)).toEqual(NOTHING);
        }),
        { numRuns: 8 },
      );
    });

    it('a key that turns up again is the same incident, with new places', async () => {
      const id = idOf('a');
      await comeTo(id, 'burned');
      minute = LATE;
      await purge(LATE - 1);
      await ledger.upsert(entry({ id, verdict: live(LATE), place: place({ path: 'again' }) }));
      const { incident, steps } = await story(id);
      expect(incident).toMatchObject({ state: 'open', place: { path: 'again' } });
      expect(steps.map(({ what }) => what)).toEqual(expect.arrayContaining(['opened', 'purged', 'reopened']));
      minute = LATE + 1;
      await ledger.upsert(entry({ id, verdict: revoked(LATE + 1) }));
      minute = 2 * LATE;
      expect(await purge(2 * LATE - 1)).toMatchObject({ incidents: 1 });
      expect(await ledger.shrink()).toBe(true);
      expect((await story(id)).incident.state).toBe('closed');
    });
  });
}
