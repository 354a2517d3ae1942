// What one tree has that another has not, without WebAssembly: see as/tree.ts.

import type { Operations } from './engine.ts';
import { BLOB_THERE, GONE_BLOB, GONE_TREE, MOST_ENTRIES, TREE_THERE } from './entries.ts';

const TORN_TREE = -9;
const OID = 20;

interface Entry {
  readonly tree: boolean;
  readonly name: number;
  readonly length: number;
  readonly relevant: boolean;
  /** Behind the entry. */
  readonly end: number;
}

export function plainDifferences(
  memory: Buffer,
  entries: Uint32Array,
  wanted: Uint8Array,
): Pick<Operations, 'differ' | 'differences'> {
  let a = 0;
  let aEnd = 0;
  let b = 0;
  let bEnd = 0;

  const parse = (at: number, end: number): Entry | undefined => {
    const nul = memory.indexOf(0, at);
    if (nul < 0 || nul + 1 + OID > end) return undefined;
    const [head] = /^[0-7]+ (?=.)/s.exec(memory.toString('latin1', at, nul)) ?? [];
    if (head === undefined) return undefined;
    const kind = Number.parseInt(head, 8) & 0o170000;
    const tree = kind === 0o040000;
    const blob = kind === 0o100000 || kind === 0o120000;
    const bit = memory.readUInt16LE(nul + 1);
    const may = (((wanted[bit >> 3] ?? 0) >> (bit & 7)) & 1) === 1;
    const name = at + head.length;
    return { tree, name, length: nul - name, relevant: tree || (blob && may), end: nul + 1 + OID };
  };

  return {
    differ(base, baseLength, made, madeLength) {
      a = base;
      aEnd = base + baseLength;
      b = made;
      bEnd = made + madeLength;
    },
    differences() {
      let count = 0;
      const put = ({ name, length, end }: Entry, kind: number): void => {
        entries.set([name, length, end - OID, kind], 4 * count);
        count += 1;
      };
      while ((a < aEnd || b < bEnd) && count < MOST_ENTRIES) {
        const old = a < aEnd ? parse(a, aEnd) : undefined;
        const fresh = b < bEnd ? parse(b, bEnd) : undefined;
        if ((a < aEnd && !old) || (b < bEnd && !fresh)) return TORN_TREE;
        const order = old && fresh ? compare(memory, old, fresh) : old ? -1 : 1;
        const equal = old && fresh && memory.compare(memory, b, fresh.end, a, old.end) === 0;
        if (old && order <= 0) {
          if (old.relevant && !equal && !(order === 0 && fresh?.tree))
            put(old, old.tree ? GONE_TREE : GONE_BLOB);
          a = old.end;
        }
        if (fresh && order >= 0) {
          if (fresh.relevant && !equal) put(fresh, fresh.tree ? TREE_THERE : BLOB_THERE);
          b = fresh.end;
        }
      }
      return count;
    },
  };
}

/** base_name_compare of git's tree-walk. */
function compare(memory: Buffer, a: Entry, b: Entry): number {
  const common = Math.min(a.length, b.length);
  const order = memory.compare(memory, b.name, b.name + common, a.name, a.name + common);
  if (order !== 0) return order;
  const next = ({ name, length, tree }: Entry) =>
    length > common ? (memory[name + common] ?? 0) : tree ? 0x2f : 0;
  return next(a) - next(b);
}
