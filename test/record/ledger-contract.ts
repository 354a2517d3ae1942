// What every store of keyburn must do, whatever database is behind it.

import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type Exposure, widest } from '../../src/model/index.ts';
import type { Ledger } from '../../src/record/index.ts';
import { at, entry, idOf, live, orderFor, place, receipt, revoked } from './sample.ts';

interface Clock {
  minute: number;
}

export function ledgerContract(
  engine: string,
  open: (now: () => Date) => Promise<{ ledger: Ledger; drop: () => Promise<void> }>,
): void {
  describe(`the contract of a ledger on ${engine}`, () => {
    let ledger: Ledger;
    let drop: () => Promise<void>;
    let clock: Clock;

    beforeEach(async () => {
      clock = { minute: 0 };
      ({ ledger, drop } = await open(() => new Date(at(clock.minute))));
    });
    afterEach(() => drop());

    const stateOf = async (id = idOf('a')): Promise<string> => {
      const found = await ledger.incident(id);
      return found.kind === 'one' ? found.incident.state : found.kind;
    };
    const trail = async (id = idOf('a')): Promise<string[]> => {
      const found = await ledger.incident(id);
      return found.kind === 'one' ? found.steps.map((step) => `${step.who} ${step.what}: ${step.note}`) : [];
    };

    it('gives back what it was told', async () => {
      const told = entry({
        otherPlaces: [place({ kind: 'blob', object: 'b'.repeat(40), commit: 'c'.repeat(40), author: 'Ann' })],
      });
      clock.minute = 4;
      const incident = await ledger.upsert(told);
      expect(incident).toEqual({ ...told, state: 'open', firstSeen: at(4), lastSeen: at(4) });
      expect(await ledger.incidents()).toEqual([incident]);
      expect(await ledger.incident(told.id.slice(0, 6))).toMatchObject({ kind: 'one', incident });
    });

    it('takes many at once as it takes one after the other', { timeout: 120_000 }, async () => {
      const many = Array.from({ length: 1001 }, (_, index) =>
        entry({ id: idOf(index.toString(16).padStart(4, '0')) }),
      );
      await ledger.upsertAll(many);
      await ledger.upsertAll([]);
      expect(await ledger.incidents()).toHaveLength(1001);
      const [one] = await ledger.incidents({ limit: 1 });
      expect(one).toEqual(await ledger.upsert(entry({ id: idOf('0000') })));
    });

    it('keeps the first sighting and moves the last', async () => {
      await ledger.upsert(entry());
      clock.minute = 9;
      expect(await ledger.upsert(entry())).toMatchObject({ firstSeen: at(0), lastSeen: at(9) });
      expect(await trail()).toHaveLength(1);
    });

    it('adds places up, and moves a file that was edited', async () => {
      const blob = place({ kind: 'blob', object: 'b'.repeat(40) });
      await ledger.upsert(entry({ otherPlaces: [blob] }));
      clock.minute = 1;
      const other = place({ path: 'README.md' });
      const incident = await ledger.upsert(entry({ place: place({ line: 40 }), otherPlaces: [other] }));
      expect([incident.place, ...incident.otherPlaces]).toEqual([place({ line: 40 }), other, blob]);
    });

    it('keeps two places in one file, and thousands in all', async () => {
      const many = Array.from({ length: 1500 }, (_, line) => place({ line }));
      const incident = await ledger.upsert(entry({ place: place({ path: 'other' }), otherPlaces: many }));
      expect(incident.otherPlaces).toEqual(many);
    });

    describe('the state of an incident', () => {
      it.each(['expired', 'disabled', 'revoked', 'rejected', 'malformed'] as const)(
        'is closed when %s',
        async (state) => {
          await ledger.upsert(entry({ verdict: { state, checkedAt: at(0), why: 'x' } }));
          expect(await stateOf()).toBe('closed');
        },
      );

      it.each(['live', 'limited'] as const)('is open when %s', async (state) => {
        await ledger.upsert(entry({ verdict: { state, checkedAt: at(0), why: 'x' } }));
        expect(await stateOf()).toBe('open');
      });

      it('is open when unknown, and unknown hides nothing that was known', async () => {
        await ledger.upsert(entry({ verdict: { state: 'unknown', why: 'timeout' } }));
        expect(await stateOf()).toBe('open');
        await ledger.upsert(entry({ verdict: live(2) }));
        const later = await ledger.upsert(
          entry({
            verdict: { state: 'unknown', why: 'offline' },
            exposure: 'unknown',
            decision: { act: 'notify', because: 'x' },
          }),
        );
        expect(later).toMatchObject({ verdict: live(2), exposure: 'public', decision: { act: 'burn' } });
      });

      it('does not let an older verdict overwrite a newer one', async () => {
        await ledger.upsert(entry({ verdict: revoked(5) }));
        expect(await ledger.upsert(entry({ verdict: live(3) }))).toMatchObject({
          state: 'closed',
          verdict: revoked(5),
        });
      });

      it('opens again when a dead key lives again', async () => {
        await ledger.upsert(entry({ verdict: revoked(5) }));
        expect(await ledger.upsert(entry({ verdict: live(6) }))).toMatchObject({
          state: 'open',
          receipt: null,
        });
        expect(await trail()).toContain('keyburn reopened: it is live again');
      });

      it('widens with its exposure', async () => {
        await ledger.upsert(entry({ exposure: 'private' }));
        expect(await ledger.upsert(entry({ exposure: 'public' }))).toMatchObject({ exposure: 'public' });
        expect(await trail()).toContain('keyburn exposure: private → public');
      });

      it('never narrows by itself, in whatever order it was seen; a person may say so', async () => {
        const seen = fc.array(
          fc.constantFrom<Exposure>('public', 'internal', 'private', 'unknown', 'local'),
          {
            minLength: 1,
            maxLength: 6,
          },
        );
        let n = 0;
        await fc.assert(
          fc.asyncProperty(seen, async (exposures) => {
            n += 1;
            const id = idOf(n.toString(16).padStart(4, '0'));
            let before: Exposure | undefined;
            for (const exposure of exposures) {
              const after = (await ledger.upsert(entry({ id, exposure }))).exposure;
              expect(after).toBe(widest(before === undefined ? [exposure] : [before, exposure]));
              before = after;
            }
            const said = await ledger.upsert(entry({ id, exposure: 'private' }), { saidExposure: true });
            expect(said.exposure).toBe('private');
            const word = `keyburn exposure: ${before} → private, by the word of --exposure`;
            expect((await trail(id)).includes(word)).toBe(before !== 'private');
          }),
          { numRuns: 20 },
        );
      });
    });

    describe('the journal', () => {
      const order = orderFor(entry());

      it('refuses an intent that it knows no incident for', async () => {
        await expect(ledger.intend(order, 'revoke')).rejects.toThrow('upsert');
      });

      it('remembers an intent until the receipt comes', async () => {
        await ledger.upsert(entry());
        expect(await ledger.unfinished()).toEqual([]);
        await ledger.intend(order, 'contain');
        expect(await ledger.unfinished()).toMatchObject([{ step: 'contain', incident: { id: order.id } }]);
        await ledger.intend(order, 'revoke');
        expect(await ledger.unfinished()).toMatchObject([{ step: 'revoke' }]);
        await ledger.settle(order.id, receipt('revoked', 3));
        expect(await ledger.unfinished()).toEqual([]);
        expect(await trail()).toEqual([
          'keyburn opened: Acme key, live, public',
          'keyburn intended: contain at acme: public and live (policy: default)',
          'keyburn intended: revoke at acme: public and live (policy: default)',
          'keyburn settled: revoked: DELETE /keys/42: 204',
          'keyburn closed: proved revoked',
        ]);
      });

      it('keeps an intent whatever is seen meanwhile', async () => {
        await ledger.upsert(entry());
        await ledger.intend(order, 'revoke');
        await ledger.upsert(entry({ verdict: revoked(8) }));
        await ledger.upsert(entry({ verdict: { state: 'unknown', why: 'offline' } }));
        await ledger.settle(order.id, { outcome: 'held', at: at(9), note: 'the breaker' });
        expect(await ledger.unfinished()).toMatchObject([
          { step: 'revoke', incident: { verdict: live(), decision: { act: 'burn' } } },
        ]);
        expect(await ledger.close(order.id, 'ann', 'done')).toBe('unfinished');
      });

      it.each(['revoked', 'contained', 'already-dead'] as const)(
        'closes on a dead proof: %s',
        async (outcome) => {
          await ledger.upsert(entry());
          await ledger.intend(order, 'revoke');
          await ledger.settle(order.id, receipt(outcome, 3));
          expect(await ledger.incidents({ state: 'closed' })).toMatchObject([
            { verdict: revoked(3), receipt: receipt(outcome, 3) },
          ]);
        },
      );

      it.each([
        receipt('accepted', 3),
        { outcome: 'failed', at: at(3), note: 'timeout' } as const,
        { outcome: 'manual', at: at(3), note: 'x', steps: ['go there'] } as const,
      ])('stays open without one: $outcome', async (given) => {
        await ledger.upsert(entry());
        await ledger.intend(order, 'revoke');
        await ledger.settle(order.id, given);
        expect(await ledger.incidents({ state: 'open' })).toMatchObject([{ receipt: given }]);
        expect(await ledger.unfinished()).toEqual([]);
      });

      it('does not open again for the verdict that led to the burn', async () => {
        await ledger.upsert(entry({ verdict: live(1) }));
        await ledger.intend(order, 'revoke');
        await ledger.settle(order.id, receipt('revoked', 3));
        await ledger.upsert(entry({ verdict: live(1), receipt: receipt('revoked', 3) }));
        expect(await stateOf()).toBe('closed');
      });

      it('does not write a plan over what was done', async () => {
        await ledger.upsert(entry());
        await ledger.settle(order.id, { outcome: 'failed', at: at(3), note: 'timeout' });
        const planned = { outcome: 'planned', at: at(4), note: 'x' } as const;
        expect(await ledger.upsert(entry({ receipt: planned }))).toMatchObject({
          receipt: { outcome: 'failed' },
        });
      });
    });

    describe('the verdict cache', () => {
      it('keeps verdicts for each key and service, but no unknown', async () => {
        await ledger.put(idOf('a'), 'acme', live(1));
        await ledger.put(idOf('a'), 'other', revoked(1));
        await ledger.put(idOf('b'), 'acme', { state: 'unknown', why: 'timeout' });
        await ledger.put(idOf('a'), 'acme', live(2));
        expect(await ledger.get(idOf('a'), 'acme')).toEqual(live(2));
        expect(await ledger.get(idOf('a'), 'other')).toEqual(revoked(1));
        expect(await ledger.get(idOf('b'), 'acme')).toBeUndefined();
      });

      it('forgets what was known before the key was acted upon', async () => {
        const order = orderFor(entry());
        await ledger.put(order.id, 'acme', live(1));
        await ledger.upsert(entry());
        await ledger.intend(order, 'revoke');
        await ledger.settle(order.id, { outcome: 'failed', at: at(2), note: 'reset' });
        expect(await ledger.get(order.id, 'acme')).toBeUndefined();
        await ledger.settle(order.id, receipt('revoked', 3));
        expect(await ledger.get(order.id, 'acme')).toEqual(revoked(3));
      });
    });

    describe('people', () => {
      it('close with a reason, and it stays closed while nothing is new', async () => {
        await ledger.upsert(entry());
        expect(await ledger.close(idOf('a'), 'ann', 'a demo key')).toBe('done');
        const before = await ledger.incident(idOf('a'));
        expect(await ledger.close(idOf('a'), 'ben', 'again')).toBe('closed');
        expect(await ledger.incident(idOf('a'))).toEqual(before);
        await ledger.upsert(entry({ verdict: live(7) }));
        expect(await stateOf()).toBe('closed');
        expect(await trail()).toContain('ann closed: a demo key');
        expect(await ledger.reopen(idOf('a'), 'bob', 'it is not')).toBe('done');
        expect(await stateOf()).toBe('open');
      });

      it('cannot hide a key that turns out to be live after all', async () => {
        await ledger.upsert(entry({ verdict: { state: 'unknown', why: 'timeout' } }));
        await ledger.close(idOf('a'), 'ann', 'surely dead');
        await ledger.upsert(entry({ verdict: live(7) }));
        expect(await stateOf()).toBe('open');
      });

      it('approve what is open, until it is dead', async () => {
        const order = orderFor(entry());
        await ledger.upsert(entry());
        expect(await ledger.approval(order.id)).toBeUndefined();
        expect(await ledger.approve(order.id, 'ann', 'rotated')).toBe('done');
        expect(await ledger.approval(order.id)).toEqual({ by: 'ann', reason: 'rotated', at: at(0) });
        await ledger.intend(order, 'revoke');
        await ledger.settle(order.id, receipt('revoked', 3));
        expect(await ledger.approval(order.id)).toBeUndefined();
        expect(await ledger.approve(order.id, 'ann', 'again')).toBe('closed');
      });

      it('are told when there is no such incident', async () => {
        expect(await ledger.close(idOf('f'), 'ann', 'x')).toBe('missing');
        expect(await ledger.reopen(idOf('f'), 'ann', 'x')).toBe('missing');
        expect(await ledger.approve(idOf('f'), 'ann', 'x')).toBe('missing');
      });
    });

    describe('looking up', () => {
      beforeEach(async () => {
        clock.minute = 1;
        await ledger.upsert(entry({ id: idOf('ab') }));
        clock.minute = 2;
        await ledger.upsert(entry({ id: idOf('ac'), service: 'other', exposure: 'private' }));
        clock.minute = 3;
        await ledger.upsert(entry({ id: idOf('b'), verdict: revoked(1) }));
      });

      it('finds by prefix, and says when it fits several or none', async () => {
        expect(await ledger.incident('a')).toEqual({ kind: 'several', ids: [idOf('ab'), idOf('ac')] });
        expect(await ledger.incident('ab')).toMatchObject({ kind: 'one', incident: { id: idOf('ab') } });
        expect(await ledger.incident('c')).toEqual({ kind: 'none' });
        expect(await ledger.incident("%' or 1=1")).toEqual({ kind: 'none' });
        expect(await ledger.incident('')).toEqual({ kind: 'none' });
      });

      it('filters, newest first', async () => {
        const ids = async (filter: Parameters<Ledger['incidents']>[0]): Promise<string[]> =>
          (await ledger.incidents(filter)).map((incident) => incident.id.slice(0, 2));
        expect(await ids({})).toEqual(['bb', 'ac', 'ab']);
        expect(await ids({ state: 'open' })).toEqual(['ac', 'ab']);
        expect(await ids({ service: 'other' })).toEqual(['ac']);
        expect(await ids({ exposure: 'public' })).toEqual(['bb', 'ab']);
        expect(await ids({ verdict: 'revoked' })).toEqual(['bb']);
        expect(await ids({ limit: 1 })).toEqual(['bb']);
        expect(await ids({ offset: 2 })).toEqual(['ab']);
        expect(await ids({ limit: 1, offset: 1 })).toEqual(['ac']);
      });
    });

    describe('the outbox', () => {
      beforeEach(async () => {
        await ledger.upsert(entry());
      });

      it('takes a message once for each incident, channel and kind', async () => {
        const { outbox } = ledger;
        expect(await outbox.enqueue(idOf('a'), 'slack', 'opened', { text: 'x' })).toBe(true);
        expect(await outbox.enqueue(idOf('a'), 'slack', 'opened', { text: 'y' })).toBe(false);
        expect(await outbox.enqueue(idOf('a'), 'slack', 'revoked', {})).toBe(true);
        expect(await outbox.enqueue(idOf('a'), 'mail', 'opened', {})).toBe(true);
        expect(await outbox.waiting()).toBe(3);
        const [message] = await outbox.pending({ limit: 1 });
        expect(message).toMatchObject({
          key: `${idOf('a')}:slack:opened`,
          incident: idOf('a'),
          channel: 'slack',
          kind: 'opened',
          payload: { text: 'x' },
          attempts: 1,
        });
      });

      it('gives a message to one taker, and again only when that one was lost', async () => {
        const { outbox } = ledger;
        await outbox.enqueue(idOf('a'), 'slack', 'opened', {});
        expect(await outbox.pending({ leaseMs: 60_000 })).toHaveLength(1);
        expect(await outbox.pending()).toEqual([]);
        clock.minute = 1;
        expect(await outbox.pending()).toMatchObject([{ attempts: 2 }]);
      });

      it('never gives out again what was sent, also after it was enqueued again', async () => {
        const { outbox } = ledger;
        await outbox.enqueue(idOf('a'), 'slack', 'opened', {});
        for (const message of await outbox.pending()) await outbox.sent(message);
        await outbox.enqueue(idOf('a'), 'slack', 'opened', {});
        clock.minute = 600;
        expect(await outbox.pending()).toEqual([]);
        expect(await outbox.waiting()).toBe(0);
      });

      it('waits until a failed message is due, and gives up when told', async () => {
        const { outbox } = ledger;
        await outbox.enqueue(idOf('a'), 'slack', 'opened', {});
        for (const message of await outbox.pending()) await outbox.failed(message, new Date(at(5)), '503');
        clock.minute = 4;
        expect(await outbox.pending()).toEqual([]);
        clock.minute = 5;
        const [again] = await outbox.pending();
        expect(again).toMatchObject({ attempts: 2 });
        if (again) await outbox.failed(again, null, '404');
        clock.minute = 1_000_000;
        expect(await outbox.pending()).toEqual([]);
        expect(await outbox.waiting()).toBe(0);
      });
    });
  });
}
