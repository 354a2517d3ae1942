// The list's address, parsed at the border: what is not understood is left out, never passed on.

import { z } from 'zod';
import { type BoardCursor, type BoardQuery, SORTS, TABS } from '../record/index.ts';
import { BASE } from './frame.ts';

export const PAGE_SIZE = 50;

export const EXPOSURES = ['public', 'internal', 'private', 'local', 'unknown'] as const;
export const VERDICTS = [
  'live',
  'limited',
  'unknown',
  'disabled',
  'revoked',
  'rejected',
  'expired',
  'malformed',
] as const;
export const SEVERITIES = ['critical', 'high', 'medium', 'low'] as const;

const name = z
  .string()
  .transform((text) => text.toWellFormed().replaceAll('\0', '').trim())
  .pipe(z.string().min(1).max(300));
const cursor = z
  .string()
  .max(2000)
  .transform((text, context): BoardCursor => {
    try {
      const read: unknown = JSON.parse(Buffer.from(text, 'base64url').toString('utf8'));
      return z.array(z.union([z.string().max(400), z.number()])).parse(read);
    } catch {
      context.addIssue('not a place in a list');
      return z.NEVER;
    }
  });

const addressSchema = z.object({
  tab: z.enum(TABS).catch('open'),
  sort: z.enum(SORTS).catch('urgent'),
  text: name.optional().catch(undefined),
  service: name.optional().catch(undefined),
  exposure: z.enum(EXPOSURES).optional().catch(undefined),
  verdict: z.enum(VERDICTS).optional().catch(undefined),
  severity: z.enum(SEVERITIES).optional().catch(undefined),
  repository: name.optional().catch(undefined),
  after: cursor.optional().catch(undefined),
  before: cursor.optional().catch(undefined),
});
export type Address = z.output<typeof addressSchema>;

export function parseAddress(query: Readonly<Record<string, string>>): Address {
  return addressSchema.parse(query);
}

export function queryOf(address: Address): BoardQuery {
  const { tab, sort, ...rest } = address;
  const given = Object.fromEntries(Object.entries(rest).filter(([, value]) => value !== undefined));
  return { tab, sort, limit: PAGE_SIZE, ...given };
}

/** The address of the same list with something changed; a change of filter goes back to the first page. */
export function addressOf(address: Address, change: Partial<Address>): string {
  const turned = 'after' in change || 'before' in change;
  const query = new URLSearchParams();
  for (const [key, value] of Object.entries({ ...address, ...change })) {
    if (key === 'after' || key === 'before') continue;
    const usual = (key === 'tab' && value === 'open') || (key === 'sort' && value === 'urgent');
    if (value !== undefined && !usual) query.set(key, String(value));
  }
  const place = turned ? ([change.after, change.before] as const) : ([undefined, undefined] as const);
  const written = (at: BoardCursor): string => Buffer.from(JSON.stringify(at)).toString('base64url');
  if (place[0] !== undefined) query.set('after', written(place[0]));
  if (place[1] !== undefined) query.set('before', written(place[1]));
  const text = query.toString();
  return text === '' ? BASE : `${BASE}?${text}`;
}
