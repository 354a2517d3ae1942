// What the incidents page reads must be the same on every engine.

import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Entry } from '../../src/model/index.ts';
import { type BoardQuery, type Card, type Ledger, SORTS, TABS } from '../../src/record/index.ts';
import { at, entry, idOf, live, place, receipt, revoked } from './sample.ts';

const id = (number: number) => idOf(number.toString(16).padStart(4, '0'));
const EXPOSURES = ['public', 'private', 'internal', 'unknown'] as const;
const SERVICES = ['github', 'aws', null] as const;
const SEVERITIES = ['critical', 'low'] as const;

/** What makes a ledger one of a keyburn that had no page yet. */
export const BEFORE_THE_BOARD =
  [
    'repositories_due',
    'repositories_at',
    'repositories_pushed',
    'findings_again',
    'cursors_gaps',
    'outbox_due',
  ]
    .map((index) => `drop index ${index};`)
    .join(' ') +
  " drop table acts; drop table cards; delete from kysely_migration where name >= '2026-11-21-page'";

interface Opened {
  readonly ledger: Ledger;
  /** Makes it a ledger of before there was a page, and opens it again. */
  withoutBoard(): Promise<Ledger>;
  drop(): Promise<void>;
}

export function boardContract(engine: string, open: (now: () => Date) => Promise<Opened>): void {
  describe(`the board on ${engine}`, () => {
    let opened: Opened;
    let ledger: Ledger;
    let clock: { minute: number };
    beforeEach(async () => {
      clock = { minute: 0 };
      opened = await open(() => new Date(at(clock.minute)));
      ledger = opened.ledger;
    });
    afterEach(() => opened.drop());

    /** Sixty incidents of many kinds; every seventh is dead, every fifth snoozed. */
    async function fill(): Promise<readonly Entry[]> {
      const entries = Array.from({ length: 60 }, (_, number) =>
        entry({
          id: id(number),
          exposure: EXPOSURES[number % 4] ?? 'public',
          service: SERVICES[number % 3] ?? null,
          severity: SEVERITIES[number % 2] ?? 'low',
          verdict:
            number % 7 === 0 ? revoked() : number % 11 === 0 ? { state: 'unknown', why: 'timeout' } : live(),
          place: place({
            path: `src/${number % 5}_%/app.env`,
            author: `Dev ${number % 6}`,
            repository: `/srv/r${number % 4}`,
          }),
        }),
      );
      for (const [number, one] of entries.entries()) {
        clock.minute = number % 13;
        await ledger.upsert(one);
      }
      clock.minute = 20;
      for (let number = 1; number < 60; number += 5)
        await ledger.board.snooze(id(number), 'ada', 'later', new Date(at(number % 2 === 0 ? 19 : 40)));
      return entries;
    }

    /** All pages of a list, forward, and back again. */
    async function walk(query: Omit<BoardQuery, 'limit'>, limit: number): Promise<readonly Card[]> {
      const cards: Card[] = [];
      let page = await ledger.board.list({ ...query, limit });
      const { matches } = page;
      cards.push(...page.cards);
      while (page.next !== undefined) {
        page = await ledger.board.list({ ...query, limit, after: page.next });
        expect(page.previous).toBeDefined();
        cards.push(...page.cards);
      }
      let back = [...page.cards];
      while (page.previous !== undefined) {
        page = await ledger.board.list({ ...query, limit, before: page.previous });
        back = [...page.cards, ...back];
      }
      expect(back.map((card) => card.incident.id)).toEqual(cards.map((card) => card.incident.id));
      expect(matches).toEqual({ count: cards.length, more: false });
      return cards;
    }

    it('gives every incident that fits once, page by page, forward and back', async () => {
      await fill();
      const every = await walk({ tab: 'all', sort: 'recent' }, 200);
      expect(every).toHaveLength(60);
      const query = fc.record(
        {
          tab: fc.constantFrom(...TABS),
          sort: fc.constantFrom(...SORTS),
          text: fc.constantFrom('app', 'SRC 3_%', '_%/', 'dev 2', 'nothing', '%', "'"),
          service: fc.constantFrom('github', 'aws', 'gone'),
          exposure: fc.constantFrom(...EXPOSURES),
          verdict: fc.constantFrom('live', 'revoked', 'unknown'),
          severity: fc.constantFrom(...SEVERITIES),
          repository: fc.constantFrom('/srv/r1', '/srv/r9'),
        },
        { requiredKeys: ['tab', 'sort'] },
      );
      await fc.assert(
        fc.asyncProperty(query, fc.integer({ min: 1, max: 9 }), async (wanted, limit) => {
          const found = await walk(wanted, limit);
          const fits = every.filter((card) => isWanted(card, wanted));
          expect(found.map((card) => card.incident.id).sort()).toEqual(
            fits.map((card) => card.incident.id).sort(),
          );
          const seen = found.map(({ incident }) =>
            wanted.sort === 'newest' ? incident.firstSeen : incident.lastSeen,
          );
          const phases = found.map(({ incident }) => (incident.state === 'closed' ? 1 : 0));
          expect(phases).toEqual([...phases].sort((a, b) => a - b));
          // Within open and within closed; what is urgent has an order of its own.
          const ordered = wanted.sort !== 'urgent' && wanted.tab !== 'all';
          expect(ordered ? seen : []).toEqual(ordered ? [...seen].sort().reverse() : []);
        }),
        { numRuns: 60 },
      );
    });

    function isWanted(
      { incident, repository, snoozedUntil }: Card,
      query: Omit<BoardQuery, 'limit'>,
    ): boolean {
      const closed = incident.state === 'closed';
      const asleep = snoozedUntil !== null && snoozedUntil > at(20);
      const tab = { open: !closed && !asleep, snoozed: !closed && asleep, closed, all: true }[query.tab];
      const text = [
        incident.title,
        incident.preview,
        incident.id.slice(0, 16),
        incident.service ?? '',
        incident.rule,
        repository,
        incident.place.path,
        incident.place.author,
      ]
        .join(' ')
        .toLowerCase();
      const words = (query.text ?? '').toLowerCase().split(' ').filter(Boolean);
      return (
        tab &&
        words.every((word) => text.includes(word)) &&
        [undefined, incident.service].includes(query.service) &&
        [undefined, incident.exposure].includes(query.exposure as never) &&
        [undefined, incident.verdict.state].includes(query.verdict as never) &&
        [undefined, incident.severity].includes(query.severity as never) &&
        [undefined, repository].includes(query.repository)
      );
    }

    it('counts what its lists hold', async () => {
      await fill();
      const counts = await ledger.board.counts();
      for (const tab of ['open', 'snoozed', 'closed'] as const)
        expect(counts[tab].count).toBe((await walk({ tab, sort: 'urgent' }, 100)).length);
      expect(counts.open.count + counts.snoozed.count + counts.closed.count).toBe(60);
      expect(await ledger.board.services()).toEqual(['aws', 'github']);
    });

    it('puts first what needs a person first', async () => {
      const order: Entry[] = [
        entry({ id: id(5), exposure: 'public', severity: 'critical' }),
        entry({ id: id(4), exposure: 'public', severity: 'low' }),
        entry({ id: id(3), exposure: 'private', severity: 'critical' }),
        entry({ id: id(2), exposure: 'public', verdict: { state: 'unknown', why: 'timeout' } }),
        entry({ id: id(1), exposure: 'public', verdict: revoked() }),
      ];
      await ledger.upsertAll([...order].reverse());
      const { cards } = await ledger.board.list({ tab: 'all', sort: 'urgent', limit: 10 });
      expect(cards.map((card) => card.incident.id)).toEqual(order.map((one) => one.id));
    });

    it('snoozes until then, on a person’s word, and wakes what becomes public or comes back to life', async () => {
      const trail = async () => {
        const found = await ledger.incident(id(1));
        return found.kind === 'one'
          ? found.steps.map((step) => `${step.who} ${step.what}: ${step.note}`)
          : [];
      };
      const until = async () => (await ledger.board.card(id(1)))?.snoozedUntil;
      expect(await ledger.board.snooze(id(1), 'ada', 'later', new Date(at(30)))).toBe('missing');
      await ledger.upsert(entry({ id: id(1), exposure: 'private' }));
      expect(await ledger.board.snooze(id(1), 'ada', 'later', new Date(at(30)))).toBe('done');
      await ledger.upsert(entry({ id: id(1), exposure: 'private' }));
      expect(await until()).toBe(at(30));
      await ledger.upsert(entry({ id: id(1), exposure: 'public' }));
      expect(await until()).toBeNull();
      await ledger.board.snooze(id(1), 'ada', 'later', new Date(at(30)));
      expect(await ledger.board.wake(id(1), 'bob', 'now')).toBe('done');
      expect(await until()).toBeNull();
      await ledger.close(id(1), 'ada', 'done');
      expect(await ledger.board.snooze(id(1), 'ada', 'later', new Date(at(30)))).toBe('closed');
      expect((await trail()).filter((line) => /snoozed|woken/.test(line))).toEqual([
        'ada snoozed: until 2026-11-20: later',
        'ada snoozed: until 2026-11-20: later',
        'bob woken: now',
      ]);
    });

    it('shows the first place of a key that stands in thousands', async () => {
      const places = Array.from({ length: 1200 }, (_, line) => place({ kind: 'blob', line }));
      await ledger.upsert(entry({ id: id(1), place: place({ path: 'first' }), otherPlaces: places }));
      await ledger.upsert(entry({ id: id(2) }));
      const { cards } = await ledger.board.list({ tab: 'all', sort: 'newest', limit: 10 });
      expect(
        cards.map((card) => [card.places, card.incident.place.path, card.incident.otherPlaces.length]),
      ).toEqual([
        [1, 'src/config.ts', 0],
        [1201, 'first', 0],
      ]);
    });

    it('knows the owner, the last use, and who was told', async () => {
      await ledger.upsert(entry({ id: id(1) }));
      await ledger.board.learned(id(1), { owner: 'ada', usedAt: at(1) });
      await ledger.board.learned(id(1), { owner: 'ada' });
      await ledger.board.learned(id(2), { owner: 'nobody' });
      expect(await ledger.board.card(id(1))).toMatchObject({ owner: 'ada', usedAt: at(1) });
      await ledger.outbox.enqueue(id(1), 'mail', 'burned', {});
      expect(await ledger.board.told(id(1))).toEqual([
        { channel: 'mail', kind: 'burned', at: at(0), sentAt: null, error: null },
      ]);
      const found = await ledger.incident(id(1));
      expect(found.kind === 'one' && found.steps.filter((step) => step.what === 'learned')).toHaveLength(1);
    });

    it('draws live keys by day, the time to the burn, and the groups', async () => {
      const leaked = place({
        kind: 'blob',
        date: '2026-11-20T09:30:00+01:00',
        url: 'https://github.com/acme/shop/blob/abc/x#L1',
      });
      for (let number = 0; number < 6; number++)
        await ledger.upsert(entry({ id: id(number), place: leaked, service: number < 4 ? 'github' : 'aws' }));
      await ledger.upsert(entry({ id: id(9), verdict: revoked() }));
      clock.minute = 30;
      for (let number = 0; number < 3; number++) await ledger.settle(id(number), receipt('revoked', 30));
      await ledger.settle(id(3), receipt('already-dead', 30));
      clock.minute = 24 * 60;
      const figures = await ledger.board.figures(3);
      expect(figures.live).toEqual([
        { day: '2026-11-19', count: 0 },
        { day: '2026-11-20', count: 2 },
        { day: '2026-11-21', count: 2 },
      ]);
      // Two hours from 08:30 UTC to 10:30.
      expect(figures.medianSpan).toBe(7200);
      expect(figures.spans.filter((span) => span.count > 0)).toEqual([{ name: 'under a day', count: 3 }]);
      expect(figures.services).toEqual([
        { name: 'aws', open: 2, closed: 0 },
        { name: 'github', open: 0, closed: 4 },
        { name: 'acme', open: 0, closed: 1 },
      ]);
      expect(figures.repositories[0]).toEqual({ name: 'github.com/acme/shop', open: 2, closed: 4 });
      // An undone burn is none, and the key lives again.
      await ledger.reopen(id(0), 'ada', 'a mistake', live(40));
      const after = await ledger.board.figures(1);
      expect(after.live).toEqual([{ day: '2026-11-21', count: 3 }]);
      expect(after.spans.reduce((sum, span) => sum + span.count, 0)).toBe(2);
      const found = await ledger.incident(id(0));
      expect(found).toMatchObject({ incident: { state: 'open', verdict: live(40), receipt: null } });
    });

    it('is made for a ledger that is older than it', async () => {
      await fill();
      const before = await walk({ tab: 'all', sort: 'newest' }, 100);
      ledger = await opened.withoutBoard();
      const after = await walk({ tab: 'all', sort: 'newest' }, 100);
      expect(after).toEqual(before.map((card) => ({ ...card, snoozedUntil: null })));
    });
  });
}
