import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { createDetector } from '../../src/detect/index.ts';
import { toCase } from '../../src/find/cases.ts';
import { emptyTally, find, joined } from '../../src/find/index.ts';
import { type Finding, FingerprintKey, type Place, Secret } from '../../src/model/index.ts';
import { open, type PlaceWithReach } from '../../src/read/index.ts';
import { rules, token } from './acme.ts';

const secret = new Secret('hunter2-hunter2');
const finding: Finding = {
  rule: { id: 'a-rule', title: 'A key', severity: 'high' },
  services: [],
  secret,
  parts: {},
  environment: 'unknown',
  allowed: false,
  origin: { kind: 'file', path: 'a.env' },
  span: { start: 0, end: 9, line: 1, column: 1, endLine: 1 },
};
const id = new FingerprintKey(new Uint8Array(16)).fingerprint(secret);

const blob = (object: string, line: number, date: string): PlaceWithReach => ({
  place: {
    kind: 'blob',
    path: 'a.env',
    line,
    column: 1,
    endLine: line,
    repository: '/r',
    object,
    commit: `c-${object}`,
    author: 'Ada',
    date,
  },
  pushed: true,
});
const file = (line: number): PlaceWithReach => ({
  place: { kind: 'file', path: 'a.env', line, column: 1, endLine: line, repository: '/r' },
  pushed: false,
});
const placesOf = (...sites: PlaceWithReach[]): (readonly [string, number, string | undefined])[] => {
  const { case: found } = toCase(
    { id, finding, sightings: [], claims: new Map() },
    sites.map((site) => ({ places: [site] })),
  );
  return [found.place, ...found.otherPlaces].map(
    ({ kind, line, commit }: Place) => [kind, line, commit] as const,
  );
};

describe('places of a secret', () => {
  it('names every line of one version', () => {
    expect(placesOf(file(3), file(9), file(3))).toEqual([
      ['file', 3, undefined],
      ['file', 9, undefined],
    ]);
  });

  it('shows the file as it is now, with the names of the commit that brought the key', () => {
    const sites = [
      blob('late', 5, '2026-02-01T00:00:00Z'),
      file(7),
      blob('first', 2, '2026-01-01T00:00:00Z'),
    ];
    expect(placesOf(...sites)).toEqual([['file', 7, 'c-first']]);
    expect(placesOf(...sites.toReversed())).toEqual([['file', 7, 'c-first']]);
  });

  it('shows the version that brought it, where it is gone by now', () => {
    expect(
      placesOf(blob('late', 5, '2026-02-01T00:00:00Z'), blob('first', 2, '2026-01-01T00:00:00+00:00')),
    ).toEqual([['blob', 2, 'c-first']]);
  });

  it('is pushed where any version is', () => {
    const { sites } = toCase({ id, finding, sightings: [], claims: new Map() }, [
      { places: [file(1)] },
      { places: [blob('x', 1, '2026-01-01T00:00:00Z')] },
    ]);
    expect(sites.map((site) => site.pushed)).toEqual([true]);
  });
});

describe('a secret that several rules claim', () => {
  async function foundIn(files: Readonly<Record<string, string>>) {
    const folder = mkdtempSync(join(tmpdir(), 'keyburn-claims-'));
    onTestFinished(() => rmSync(folder, { recursive: true }));
    for (const [name, text] of Object.entries(files)) writeFileSync(join(folder, name), text);
    const key = new FingerprintKey(new Uint8Array(16));
    const read = { history: 'no', mode: { kind: 'all' }, exhaustive: false, attribution: false } as const;
    const options = { detector: createDetector(rules), key, tally: emptyTally(), early: () => undefined };
    return await find(await open(folder, read), options);
  }
  const names = ({ case: { finding: one, otherRules } }: Awaited<ReturnType<typeof foundIn>>[number]) => [
    one.rule.id,
    ...(otherRules ?? []).map(({ id: rule }) => rule),
  ];

  it.each([
    ['a.env', 'b.env'],
    ['b.env', 'a.env'],
  ])('bears the name of one, and the others stand beside it: %s, %s', async (first, second) => {
    const found = await foundIn({ [first]: `token = ${token(1)}\n`, [second]: `beta = ${token(1)}\n` });
    expect(found.map(names)).toEqual([['acme-token', 'beta-token']]);
  });

  it('in two targets, too', async () => {
    const [one] = await foundIn({ 'a.env': `beta = ${token(1)}\n` });
    const [other] = await foundIn({ 'a.env': `token = ${token(1)}\n` });
    if (!one || !other) throw new Error('nothing found');
    expect([one, other].map(names)).toEqual([['beta-token'], ['acme-token']]);
    expect(names(joined(one, other))).toEqual(['beta-token', 'acme-token']);
    expect(names(joined(one, one))).toEqual(['beta-token']);
  });
});
