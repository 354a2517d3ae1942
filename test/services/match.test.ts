import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { Secret } from '../../src/model/index.ts';
import { complete, itemsOf, theOne } from '../../src/services/match.ts';

const row = z.looseObject({ id: z.string() });
const body = fc.stringMatching(/^[0-9a-f]{40}$/);

describe('one unique match', () => {
  it('is found among others, wherever it stands and however it is masked', () => {
    fc.assert(
      fc.property(
        fc.uniqueArray(body, {
          minLength: 2,
          maxLength: 6,
          selector: (one) => one.slice(0, 8) + one.slice(-4),
        }),
        fc.nat(),
        (bodies, n) => {
          const at = n % bodies.length;
          const secret = new Secret(`ak_live_${bodies[at]}`);
          const prefixed = bodies.map((one, id) => ({
            id: String(id),
            prefix: `ak_live_${one.slice(0, 8)}`,
          }));
          const masked = bodies.map((one, id) => ({
            id: String(id),
            masked_key: `ak_live_${one.slice(0, 4)}…${one.slice(-4)}`,
          }));
          const ends = bodies.map((one, id) => ({
            id: String(id),
            key_prefix: `ak_live_${one.slice(0, 8)}`,
            last_four: one.slice(-4),
          }));
          fc.pre(new Set(bodies.map((one) => one.slice(0, 8))).size === bodies.length);
          expect(theOne(secret, prefixed)?.id).toBe(String(at));
          expect(theOne(secret, ends)?.id).toBe(String(at));
          const found = theOne(secret, masked)?.id;
          expect([String(at), undefined]).toContain(found);
        },
      ),
    );
  });

  it('is nobody where the key is not among them', () => {
    fc.assert(
      fc.property(fc.array(body), body, (bodies, other) => {
        fc.pre(!bodies.some((one) => one.slice(0, 4) === other.slice(0, 4)));
        const rows = bodies.map((one, id) => ({ id: String(id), prefix: `ak_live_${one.slice(0, 4)}` }));
        expect(theOne(new Secret(`ak_live_${other}`), rows)).toBeUndefined();
      }),
    );
  });

  const secret = new Secret(`ak_live_${'0123456789abcdef'.repeat(2)}`);
  it.each([
    ['an empty list', []],
    ['the only one, with nothing to tell it by', [{ id: 'a' }]],
    ['the only one, with its public prefix alone', [{ id: 'a', prefix: 'ak_live_' }]],
    ['three characters', [{ id: 'a', last_four: 'def' }]],
    [
      'two that fit',
      [
        { id: 'a', last_four: 'cdef' },
        { id: 'b', last_four: 'cdef' },
      ],
    ],
    ['one that fits and one that shows nothing', [{ id: 'a', last_four: 'cdef' }, { id: 'b' }]],
    ['a good end and a wrong beginning', [{ id: 'a', last_four: 'cdef', prefix: 'ak_live_9999' }]],
    ['a name that happens to fit', [{ id: 'a', display_name: 'cdef', last_used: 'cdef' }]],
  ] as const)('is nobody: %s', (_, rows: readonly object[]) => {
    expect(theOne(secret, rows)).toBeUndefined();
  });

  it('reads bare and wrapped lists, and knows when there is more', () => {
    expect(itemsOf([{ id: 'a' }], row)).toHaveLength(1);
    expect(itemsOf({ results: [{ id: 'a' }, { id: 'b' }] }, row)).toHaveLength(2);
    expect(itemsOf({ results: 'x' }, row)).toBeUndefined();
    expect(itemsOf('x', row)).toBeUndefined();
    expect(complete([{ id: 'a' }], 1)).toBe(true);
    expect(complete({ items: [], next: null, total: 1 }, 1)).toBe(true);
    expect(complete({ items: [], next: 'https://…' }, 1)).toBe(false);
    expect(complete({ items: [], next_cursor: 'c' }, 1)).toBe(false);
    expect(complete({ items: [], has_more: true }, 1)).toBe(false);
    expect(complete({ items: [], total: 2 }, 1)).toBe(false);
    expect(complete(undefined, 1)).toBe(false);
  });
});
