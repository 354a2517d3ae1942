// The same law over deltas that git would not make: stretches twice, in another order, without their beginning or end.

import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import fc from 'fast-check';
import { afterAll, describe, expect, it } from 'vitest';
import { createDetector } from '../../../src/detect/index.ts';
import { reveal } from '../../../src/model/reveal.ts';
import { JobReader, plan } from '../../../src/read/pack/index.ts';
import { example, rules } from '../../detect/rules-for-tests.ts';
import { FAKE_RULES, FakeDetector, type Looking, Notebook } from './fake-detector.ts';
import { deltaOf, type Entry, type Instruction, writePack } from './pack-writer.ts';
import { dice, words } from './texts.ts';

const directory = mkdtempSync(path.join(tmpdir(), 'keyburn-follow-'));
const stem = path.join(directory, 'objects/pack/pack-1');
mkdirSync(path.dirname(stem), { recursive: true });
afterAll(() => rmSync(directory, { recursive: true, force: true }));

interface Step {
  readonly parent: number;
  readonly cuts: readonly number[];
  readonly kind: number;
  readonly seed: number;
}

const steps = fc.array(
  fc.record({
    parent: fc.nat({ max: 3 }),
    cuts: fc.array(fc.double({ min: 0, max: 1, noNaN: true }), { minLength: 1, maxLength: 4 }),
    kind: fc.nat({ max: 6 }),
    seed: fc.nat(),
  }),
  { minLength: 1, maxLength: 8 },
);

/** What a step makes of a text: stretches of it, and new text between them. */
function instructionsOf({ cuts, kind, seed }: Step, base: Buffer, more: typeof words): Instruction[] {
  const roll = dice(seed);
  const at = [...cuts].sort((a, b) => a - b).map((share) => Math.floor(share * base.length));
  const edges = [0, ...at, base.length];
  const stretches = edges
    .slice(1)
    .map((end, i): Instruction => ({ copy: [edges[i] ?? 0, end - (edges[i] ?? 0)] }))
    .filter((one) => 'copy' in one && one.copy[1] > 0);
  const insert = (): Instruction => ({ insert: Buffer.from(more(roll, 1 + roll(20))) });
  const [first] = stretches;
  switch (kind) {
    case 0:
      return stretches.flatMap((one) => [one, insert()]).slice(0, -1);
    case 1:
      return stretches.toReversed();
    case 2:
      return stretches.slice(1);
    case 3:
      return stretches.length > 1 ? stretches.slice(0, -1) : stretches;
    case 4:
      return stretches.filter((_, i) => i !== 1);
    case 5:
      return first ? [...stretches, insert(), first] : [insert()];
    default:
      return [insert(), ...stretches, insert()];
  }
}

function madeBy(instructions: readonly Instruction[], base: Buffer): Buffer {
  const parts = instructions.map((one) =>
    'copy' in one ? base.subarray(one.copy[0], one.copy[0] + one.copy[1]) : one.insert,
  );
  return Buffer.concat(parts);
}

function prove(detector: Looking, first: Buffer, all: readonly Step[], more = words): number {
  const texts: Buffer[] = [first];
  const entries: Entry[] = [{ type: 'blob', data: texts[0] ?? Buffer.alloc(0) }];
  for (const step of all) {
    const parent = Math.max(0, texts.length - 1 - step.parent);
    const base = texts[parent] ?? Buffer.alloc(0);
    const instructions = instructionsOf(step, base, more);
    const made = madeBy(instructions, base);
    texts.push(made);
    entries.push({ type: 'offset', base: parent, data: deltaOf(base.length, made.length, instructions) });
  }
  const { pack, idx, oids } = writePack(entries, 1);
  writeFileSync(`${stem}.pack`, pack);
  writeFileSync(`${stem}.idx`, idx);

  const notes = new Notebook(reveal, detector);
  const planned = plan(directory);
  if (planned.kind !== 'ready') throw new Error(planned.why);
  const reader = new JobReader({ repository: '/r', sink: notes, arena: 8_000_000, pages: 4 });
  const unread = planned.jobs.flatMap((job) => reader.run(job));
  reader.close();
  expect(unread).toEqual([]);

  const expected = new Notebook(reveal, detector);
  for (const [i, bytes] of texts.entries()) {
    if (bytes.length === 0) continue;
    const oid = oids[i]?.toString('hex') ?? '';
    const ranges = [{ from: 0, to: bytes.length }];
    expected.look({
      origin: { kind: 'blob', repository: '/r', oid },
      bytes,
      offset: 0,
      line: 1,
      column: 1,
      ranges,
    });
  }
  expect(notes.lines.sort()).toEqual(expected.lines.sort());
  return notes.inherited;
}

describe('findings follow every delta', () => {
  it('of near rules', () => {
    const near = new FakeDetector(FAKE_RULES.filter(({ far }) => !far));
    let inherited = 0;
    fc.assert(
      fc.property(fc.integer({ min: 10, max: 4000 }), steps, (length, all) => {
        inherited += prove(near, Buffer.from(words(dice(length), length)), all);
      }),
      { numRuns: 60 },
    );
    expect(inherited).toBeGreaterThan(20);
  });

  it('of far rules', () => {
    const far = new FakeDetector([
      { id: 'near', literal: 'key', far: false, rarity: 40 },
      { id: 'far', literal: 'BEGIN', far: true, rarity: 2 },
    ]);
    let inherited = 0;
    fc.assert(
      fc.property(fc.integer({ min: 8000, max: 40_000 }), steps, (length, all) => {
        inherited += prove(far, Buffer.from(words(dice(length), length)), all);
      }),
      { numRuns: 12 },
    );
    expect(inherited).toBeGreaterThan(20);
  });

  it('of real rules, which look for words, halves and comments around a key', () => {
    const detector = createDetector(rules);
    const ids = rules.rules.map(({ id }) => id);
    const between = [
      ' ',
      '\n',
      '"',
      ' # keyburn:allow\n',
      'zebra ',
      'token = "',
      'password: ',
      'secret = ',
      '\\n',
      '%3D',
    ];
    const keys = (roll: (sides: number) => number, pieces: number): string => {
      const made = Array.from({ length: pieces }, () => {
        const key = example(ids[roll(ids.length)] ?? '', roll(6));
        switch (roll(6)) {
          case 0:
            return key;
          case 1:
            return key.slice(0, roll(key.length));
          case 2:
            return Buffer.from(key).toString('base64');
          case 3:
            return ' lorem ipsum'.repeat(roll(90));
          default:
            return between[roll(between.length)] ?? '';
        }
      });
      return made.join('') || ' ';
    };
    let inherited = 0;
    fc.assert(
      fc.property(fc.integer({ min: 5, max: 120 }), fc.nat(), steps, (pieces, seed, all) => {
        inherited += prove(detector, Buffer.from(keys(dice(seed), pieces)), all, keys);
      }),
      { numRuns: 80 },
    );
    expect(inherited).toBeGreaterThan(20);
  });
});
