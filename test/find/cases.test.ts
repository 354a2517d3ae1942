import { describe, expect, it } from 'vitest';
import { toCase } from '../../src/find/cases.ts';
import { type Finding, FingerprintKey, type Place, Secret } from '../../src/model/index.ts';
import type { PlaceWithReach } from '../../src/read/index.ts';

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
    { id, finding, sightings: [] },
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
    const { sites } = toCase({ id, finding, sightings: [] }, [
      { places: [file(1)] },
      { places: [blob('x', 1, '2026-01-01T00:00:00Z')] },
    ]);
    expect(sites.map((site) => site.pushed)).toEqual([true]);
  });
});
