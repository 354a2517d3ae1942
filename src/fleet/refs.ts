import { createHash } from 'node:crypto';

/** Object id by name of the ref, as the repository itself names it. */
export type Refs = ReadonlyMap<string, string>;

const OID = /^(?:[0-9a-f]{40}|[0-9a-f]{64})$/;

/** Lines of `git ls-remote` or of `for-each-ref`: id, blank, name. HEAD and what tags point at are other words for the same. */
export function parseRefs(text: string, prefix: { readonly from: string; readonly to: string }): Refs {
  const refs = new Map<string, string>();
  for (const line of text.split('\n')) {
    const [oid = '', name = ''] = line.split(/[\t ]/, 2);
    if (!OID.test(oid) || !name.startsWith(prefix.from) || name.endsWith('^{}')) continue;
    refs.set(`${prefix.to}${name.slice(prefix.from.length)}`, oid);
  }
  return refs;
}

/** The same for the same refs, in whatever order they came. */
export function digestOf(refs: Refs): string {
  const lines = [...refs].map(([name, oid]) => `${oid} ${name}\n`).sort();
  return createHash('sha256').update(lines.join('')).digest('hex');
}

/** Each once, sorted. */
export function tipsOf(refs: Refs): string[] {
  return [...new Set(refs.values())].sort();
}
