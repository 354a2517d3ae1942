// Which of an account's keys is the leaked one? An issuer that lists keys shows their beginnings and endings. A key is
// touched only where exactly one fits with enough characters, and every other one certainly does not.

import { z } from 'zod';
import type { Secret } from '../model/index.ts';
import { reveal } from '../model/reveal.ts';

/** Characters that must agree beyond the public prefix. */
const ENOUGH = 4;
const ITEMS = ['items', 'results', 'data', 'keys', 'api_keys'];
const HINT = /prefix|start|preview|mask|hint|display|last|suffix|tail/i;
const ENDING = /last|suffix|tail/i;
const NOT_A_HINT = /used|seen|login|at$|name/i;

/** The rows of a list, bare or wrapped; undefined where the reply is no list of such rows. */
export function itemsOf<T>(json: unknown, row: z.ZodType<T>): T[] | undefined {
  const bare = z.array(row).safeParse(json);
  if (bare.success) return bare.data;
  const wrapped = z.record(z.string(), z.unknown()).safeParse(json).data;
  for (const name of wrapped ? ITEMS : []) {
    const list = z.array(row).safeParse(wrapped?.[name]);
    if (list.success) return list.data;
  }
  return undefined;
}

/** Where lists say that there is more, beside their own top. */
const PAGING = ['urls', 'links', '_links', 'paging', 'pagination', 'meta', 'page_info', 'pageInfo'];

function isObject(value: unknown): value is object {
  return typeof value === 'object' && value !== null;
}

/** Whether a list is all there is: a further page could hold another key that fits. */
export function complete(json: unknown, length: number): boolean {
  const page = z
    .looseObject({ total: z.number(), count: z.number(), has_more: z.boolean() })
    .partial()
    .safeParse(Array.isArray(json) ? {} : json).data;
  if (!page) return false;
  const pointers = [page, ...PAGING.map((name) => page[name])].filter(isObject);
  const more = pointers.some((one) =>
    Object.entries(one).some(
      ([name, value]) =>
        name.startsWith('next') && value !== undefined && value !== null && value !== '' && value !== false,
    ),
  );
  return (
    !more && page.has_more !== true && (page.total ?? length) <= length && (page.count ?? length) <= length
  );
}

/** How many characters of the secret's random part a hint shows, or -1 where it is another key's; undefined: it shows nothing. */
function agreement(value: string, name: string, hint: string): number | undefined {
  const [head = '', ...rest] = hint.split(/[.…*•]+/);
  const tail = rest.at(-1) ?? '';
  const ending = rest.length === 0 && ENDING.test(name);
  const [first, last] = ending ? ['', head] : [head, tail];
  if (first === '' && last === '') return undefined;
  if (!value.startsWith(first) || !value.endsWith(last)) return -1;
  const fixed = value.lastIndexOf('_') + 1;
  return Math.max(0, first.length - fixed) + last.length;
}

/** The row that certainly is this secret's, where no other one could be. */
export function theOne<T extends object>(secret: Secret, rows: readonly T[]): T | undefined {
  const value = reveal(secret);
  const fitting = rows.flatMap((row) => {
    const hints = Object.entries(row)
      .filter(([name, text]) => typeof text === 'string' && HINT.test(name) && !NOT_A_HINT.test(name))
      .map(([name, text]) => agreement(value, name, String(text)));
    if (hints.includes(-1)) return [];
    return [{ row, shown: hints.reduce<number>((sum, one) => sum + (one ?? 0), 0) }];
  });
  const [only, ...others] = fitting;
  return only && others.length === 0 && only.shown >= ENOUGH ? only.row : undefined;
}
