// What GraphQL tells of runs, and what it does not: the law is that a log which is there is read by the next scan where the signal can
// see its run, and within a week where it cannot.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type News, staleIn } from '../../src/fleet/news.ts';
import { ASKED_EVERY_MS, signalsOf, turnCame } from '../../src/fleet/ran.ts';
import { type RunState, SIGNAL_RUNS, signalOf } from '../../src/read/index.ts';
import type { KnownRepository } from '../../src/record/index.ts';

const HOUR_MS = 3_600_000;
const KEY = 'git.example.com/1';
const repository = { key: KEY, archived: false, gone: false } as KnownRepository;
const moment = (hours: number): Date => new Date(Date.UTC(2026, 0, 1) + hours * HOUR_MS);

interface ModelRun extends RunState {
  readonly attempts: number;
}

/** What happens to a repository between two scans; `workflow` and `run` point at what there is by then. */
const event = fc.record({
  what: fc.constantFrom('run', 'end', 'again', 'anew', 'workflow', 'delete'),
  workflow: fc.nat(),
  run: fc.nat(),
});
const days = fc.array(fc.record({ hours: fc.integer({ min: 1, max: 60 }), events: fc.array(event) }), {
  minLength: 1,
  maxLength: 25,
});

class Model {
  readonly workflows: ModelRun[][] = [[]];
  readonly #numbers: number[] = [0];
  /** Logs that are there and were not read, by `workflow/run/attempt`: since when, and whether a signal shows it. */
  readonly unread = new Map<string, { readonly since: Date; readonly shown: boolean }>();
  readonly #read = new Set<string>();
  #known: number[] = [];
  head: { lives: boolean; pulse: string | undefined; asks: string[]; readAt: string } | undefined;

  happen({ what, workflow, run }: { what: string; workflow: number; run: number }, at: Date): void {
    const index = workflow % this.workflows.length;
    const runs = this.workflows[index] ?? [];
    const one = runs[run % Math.max(1, runs.length)];
    const change = (changed: Partial<ModelRun>): void => {
      if (one !== undefined) runs[runs.indexOf(one)] = { ...one, updatedAt: at.toISOString(), ...changed };
    };
    if (what === 'anew') {
      // Both between two scans, so that they look alike but for the moment.
      for (const half of ['again', 'end']) this.happen({ what: half, workflow, run }, at);
    } else if (what === 'workflow') {
      this.workflows.push([]);
      this.#numbers.push(0);
    } else if (what === 'run') {
      const number = (this.#numbers[index] ?? 0) + 1;
      this.#numbers[index] = number;
      runs.unshift({ number, updatedAt: at.toISOString(), over: false, attempts: 1 });
    } else if (what === 'end' && one?.over === false) {
      change({ over: true });
      const shown = this.#known.includes(index) && runs.indexOf(one) < SIGNAL_RUNS;
      this.unread.set(`${index}/${one.number}/${one.attempts}`, { since: at, shown });
    } else if (what === 'again' && one?.over === true) change({ over: false, attempts: one.attempts + 1 });
    else if (what === 'delete' && one !== undefined) {
      runs.splice(runs.indexOf(one), 1);
      for (const name of this.unread.keys())
        if (name.startsWith(`${index}/${one.number}/`)) this.unread.delete(name);
    }
  }

  /** As GraphQL tells it: of the workflows that are known, each by a run that is there. */
  signal(): string | undefined {
    const runs = this.#known.map((index) => this.workflows[index] ?? []);
    return runs.some((one) => one.length === 0) ? undefined : signalOf(runs);
  }

  scan(at: Date): void {
    const signal = this.head === undefined ? undefined : this.signal();
    const news: News = {
      sources: ['logs'],
      pulses: new Map(signal === undefined ? [] : [[KEY, { runs: signal }]]),
      heads: new Map(this.head === undefined ? [] : [[KEY, new Map([['logs', this.head]])]]),
    };
    if (!staleIn(repository, news, at, at).includes('logs')) return;
    // The listing has all attempts that are over, of every run that is there.
    for (const name of this.unread.keys()) this.#read.add(name);
    this.unread.clear();
    const all = this.workflows.flatMap((runs, index) => (runs.length > 0 ? [index] : []));
    this.#known = [...new Set([...this.#known, ...all])].sort((a, b) => a - b);
    const isSettled = this.workflows.flat().every(({ over }) => over);
    const said = signal ?? (this.head === undefined ? this.signal() : undefined);
    this.head = {
      lives: true,
      pulse: isSettled ? (said ?? this.head?.pulse) : undefined,
      asks: this.#known.map(String),
      readAt: at.toISOString(),
    };
  }
}

describe('what ran', () => {
  it('is read by the next scan where a signal shows it, and within a week where none does', () => {
    fc.assert(
      fc.property(days, (all) => {
        const model = new Model();
        let hours = 0;
        for (const { hours: more, events } of all) {
          const before = moment(hours);
          for (const [index, one] of events.entries())
            model.happen(one, new Date(before.getTime() + (index + 1) * 1_000));
          hours += more;
          model.scan(moment(hours));
          for (const [name, { since, shown }] of model.unread) {
            expect(shown, name).toBe(false);
            expect(moment(hours).getTime() - since.getTime(), name).toBeLessThan(ASKED_EVERY_MS);
          }
        }
      }),
    );
  });

  it('is not asked for again where nothing has happened', () => {
    const model = new Model();
    for (const what of ['run', 'end']) model.happen({ what, workflow: 0, run: 0 }, moment(0));
    model.scan(moment(1));
    const { readAt } = model.head ?? {};
    model.scan(moment(2));
    expect(model.head?.readAt).toBe(readAt);
  });

  it('comes to its turn once in each week, each repository at a time of its own', () => {
    fc.assert(
      fc.property(fc.string(), fc.nat({ max: 10_000 }), (key, hour) => {
        const from = moment(hour);
        const turns = Array.from({ length: 7 * 24 }, (_, index) => index + 1).filter((later) =>
          turnCame(key, moment(hour + later - 1), moment(hour + later)),
        );
        expect(turns).toHaveLength(1);
        expect(turnCame(key, from, from)).toBe(false);
        expect(turnCame(key, from, new Date(from.getTime() + ASKED_EVERY_MS))).toBe(true);
      }),
    );
    const nightly = Array.from({ length: 7_000 }, (_, id) => `github.com/${id}`).filter((key) =>
      turnCame(key, moment(0), moment(24)),
    );
    expect(nightly.length).toBeGreaterThan(850);
    expect(nightly.length).toBeLessThan(1_150);
  });
});

describe('a signal', () => {
  const run = (number: number, more: Partial<RunState> = {}): RunState => ({
    number,
    updatedAt: '2026-01-01T00:00:00Z',
    over: true,
    ...more,
  });

  it('is the same in whatever order runs are told, and another where one was added, or run again', () => {
    const runs = [run(3), run(2), run(1)];
    expect(signalOf([runs])).toBe(signalOf([runs.toReversed()]));
    expect(signalOf([runs])).not.toBe(signalOf([[run(4), ...runs]]));
    expect(signalOf([runs])).not.toBe(
      signalOf([[run(3), run(2, { updatedAt: '2026-01-02T00:00:00Z' }), run(1)]]),
    );
    expect(signalOf([[run(1)], []])).not.toBe(signalOf([[], [run(1)]]));
  });

  it('is none while one of them runs', () => {
    expect(signalOf([[run(2, { over: false }), run(1)]])).toBeUndefined();
  });

  const answer = (status = 'COMPLETED') => ({
    workflow: { runs: { nodes: [{ runNumber: 1, updatedAt: 'x', checkSuite: { status } }] } },
  });
  const many = Array.from({ length: 60 }, (_, id) => ({
    key: String(id),
    nodes: [`a${id}`, `b${id}`, `c${id}`],
  }));
  const idsOf = (question: string): string[] =>
    JSON.parse(/ids: (\[[^\]]*\])/.exec(question)?.[1] ?? '[]') as string[];

  it('of which the host does not tell all is none, and the others are told', async () => {
    const asked: number[] = [];
    const ask = async (question: string): Promise<unknown> => {
      const ids = idsOf(question);
      asked.push(ids.length);
      return {
        nodes: ids.map((id) => (id === 'b7' ? null : answer(id === 'c9' ? 'IN_PROGRESS' : undefined))),
      };
    };
    const signals = await signalsOf({ ask }, many);
    expect(signals?.size).toBe(58);
    expect([signals?.has('7'), signals?.has('9')]).toEqual([false, false]);
    // Never more than a question takes, and no repository in two of them.
    expect(asked).toEqual([99, 81]);
  });

  it('is asked for in halves where a question is too long, and given up where none is answered', async () => {
    const short = async (question: string): Promise<unknown> => {
      const ids = idsOf(question);
      return ids.length > 60 ? undefined : { nodes: ids.map(() => answer()) };
    };
    expect((await signalsOf({ ask: short }, many))?.size).toBe(60);
    expect(await signalsOf({ ask: async () => undefined }, many)).toBeUndefined();
  });
});
