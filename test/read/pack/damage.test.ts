import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { damaged, damagedLoose, healthy, Patient } from './damage.ts';
import { deltaOf, type Entry, writePack } from './pack-writer.ts';
import { dice } from './texts.ts';

/** `KEYBURN_FUZZ=100000` for a long run; scripts/fuzz-packs.ts does the same outside of the tests. */
const ROUNDS = Number(process.env.KEYBURN_FUZZ ?? 600);

/** Seeds that broke a law once. 255286: a shortened index that had the size of an old one. */
const ONCE_BROKEN = [255_286];

function withPatient<T>(engine: 'wasm' | 'plain', use: (patient: Patient) => T): T {
  const directory = mkdtempSync(path.join(tmpdir(), 'keyburn-damage-'));
  try {
    return use(new Patient(directory, engine));
  } finally {
    rmSync(directory, { recursive: true, force: true });
  }
}

describe.each(['wasm', 'plain'] as const)('%s: every object is shown or named', (engine) => {
  it('in packs that are well', () => {
    withPatient(engine, (patient) => {
      for (let seed = 1; seed <= 30; seed++)
        expect(patient.suffer(healthy(dice(seed)).written).kind).toBe('complete');
    });
  });

  it('in damaged packs and indexes', { timeout: 3_600_000 }, () => {
    const fates = { complete: 0, objects: 0, repository: 0 };
    withPatient(engine, (patient) => {
      for (const seed of [...ONCE_BROKEN, ...Array.from({ length: ROUNDS }, (_, i) => i + 1)]) {
        try {
          fates[patient.suffer(damaged(seed)).kind] += 1;
        } catch (error) {
          throw new Error(`seed ${seed}`, { cause: error });
        }
      }
    });
    for (const fate of Object.values(fates)) expect(fate).toBeGreaterThan(ROUNDS / 20);
  });

  it('in damaged loose objects', () => {
    withPatient(engine, (patient) => {
      const fates = new Set(
        Array.from({ length: 300 }, (_, seed) => patient.sufferLoose(damagedLoose(seed)).kind),
      );
      expect(fates).toEqual(new Set(['complete', 'objects']));
    });
  });

  it('in a chain, a comb and a circle of thousands of deltas', () => {
    const text = Buffer.alloc(3000, 'some key or other\n');
    const same = deltaOf(text.length, text.length, [{ copy: [0, text.length] }]);
    const root: Entry = { type: 'blob', data: text };
    const deep = 6_000;
    const chain = Array.from({ length: deep }, (_, i): Entry => ({ type: 'offset', base: i, data: same }));
    const comb = Array.from(
      { length: deep },
      (_, i): Entry => ({ type: 'offset', base: i & ~1, data: same }),
    );
    const circle = Array.from(
      { length: 500 },
      (_, i): Entry => ({ type: 'name', base: ((i + 1) % 500) + 1, data: same }),
    );
    withPatient(engine, (patient) => {
      expect(patient.suffer(writePack([root, ...chain], 1)).kind).toBe('complete');
      expect(patient.suffer(writePack([root, ...comb], 1)).kind).toBe('complete');
      expect(patient.suffer(writePack([root, ...circle], 1)).kind).toBe('objects');
    });
  });
});
