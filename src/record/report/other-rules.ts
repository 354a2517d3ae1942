import type { Entry } from '../../model/index.ts';

/** The title is that of one rule; in other places others may have claimed the same key. */
export function otherRules({ otherRules: others = [] }: Pick<Entry, 'otherRules'>): readonly string[] {
  return others.map(({ id, title }) => `in some of its places it looks like: ${title} (${id})`);
}
