// What a pattern says without being run: how wide it is, what it starts with, where in it a literal stands.

import type { Node } from './pattern.ts';

/** Most bytes that a match of the node has. */
export function widest(node: Node): number {
  switch (node.kind) {
    case 'set':
      return 1;
    case 'seq':
      return node.items.reduce((sum, item) => sum + widest(item), 0);
    case 'alt':
      return Math.max(...node.branches.map(widest));
    case 'repeat': {
      const one = widest(node.node);
      return one === 0 ? 0 : one * node.max;
    }
    case 'look':
    case 'edge':
      return 0;
  }
}

/** What is still to be matched: a list of nodes, the head first. */
interface Rest {
  readonly node: Node;
  readonly next: Rest | undefined;
}

interface Head {
  readonly set: Uint8Array;
  readonly narrow: boolean;
  readonly next: Rest | undefined;
}

/** Expands the head until it is a set, an end (undefined in `ends`), or too much. Looks and edges count as passed. */
function heads(rest: Rest | undefined, into: Head[]): boolean {
  if (rest === undefined) return true;
  const { node, next } = rest;
  switch (node.kind) {
    case 'set':
      into.push({ set: node.set, narrow: node.narrow, next });
      return false;
    case 'seq': {
      let list = next;
      for (let i = node.items.length - 1; i >= 0; i--) {
        const item = node.items[i];
        if (item) list = { node: item, next: list };
      }
      return heads(list, into);
    }
    case 'alt':
      return node.branches.map((branch) => heads({ node: branch, next }, into)).includes(true);
    case 'repeat': {
      if (node.max === 0) return heads(next, into);
      const again: Rest = { node: { ...node, min: Math.max(0, node.min - 1), max: node.max - 1 }, next };
      const ends = node.min === 0 && heads(next, into);
      return widest(node.node) === 0
        ? ends || heads(next, into)
        : heads({ node: node.node, next: again }, into) || ends;
    }
    case 'look':
    case 'edge':
      return heads(next, into);
  }
}

/** What may follow `literal` when it stands at the very start of `rest`; undefined where it cannot stand there. */
function following(rest: Rest, literal: Uint8Array): Pick<Anchoring, 'next' | 'behind'> | undefined {
  let states: (Rest | undefined)[] = [rest];
  for (const byte of literal) {
    const next: (Rest | undefined)[] = [];
    for (const state of states) {
      const into: Head[] = [];
      heads(state, into);
      for (const head of into) if (head.narrow && head.set[byte] === 1) next.push(head.next);
    }
    if (next.length === 0 || next.length > 64) return undefined;
    states = next;
  }
  const bytes = new Uint8Array(256);
  for (const state of states) {
    const into: Head[] = [];
    if (heads(state, into)) bytes.fill(1);
    for (const head of into) for (let byte = 0; byte < 256; byte++) if (head.set[byte] === 1) bytes[byte] = 1;
  }
  return { next: bytes, behind: states.length === 1 ? behindOf(states[0]) : undefined };
}

/** 1 for the bytes that a match can start with. */
export function firstBytes(pattern: Node): Uint8Array {
  const bytes = new Uint8Array(256);
  const into: Head[] = [];
  if (heads({ node: pattern, next: undefined }, into)) return bytes.fill(1);
  for (const head of into) for (let byte = 0; byte < 256; byte++) if (head.set[byte] === 1) bytes[byte] = 1;
  return bytes;
}

export interface Anchoring {
  /** Most bytes between a match's start and the literal in it. Infinite where the pattern has no bound. */
  readonly lead: number;
  /** 1 for the bytes that can follow the literal where the pattern spells it. */
  readonly next: Uint8Array;
  readonly behind: Behind | undefined;
}

/** What follows a literal for certain: `most` bytes of `set` at most, then one of `until`. The two have no byte in common. */
export interface Behind {
  readonly set: Uint8Array;
  readonly most: number;
  readonly until: Uint8Array;
}

/** Where `rest` begins with a repeated set that only a byte outside of it can end. */
function behindOf(rest: Rest | undefined): Behind | undefined {
  if (rest === undefined) return undefined;
  const { node, next } = rest;
  switch (node.kind) {
    case 'look':
    case 'edge':
      return behindOf(next);
    case 'seq':
      return behindOf(
        node.items.reduceRight<Rest | undefined>((list, item) => ({ node: item, next: list }), next),
      );
    case 'repeat': {
      if (node.node.kind !== 'set') return undefined;
      const { set } = node.node;
      const into: Head[] = [];
      if (heads(next, into)) return undefined;
      const until = new Uint8Array(256);
      for (const head of into)
        for (let byte = 0; byte < 256; byte++) if (head.set[byte] === 1) until[byte] = 1;
      return until.some((member, byte) => member === 1 && set[byte] === 1)
        ? undefined
        : { set, most: node.max, until };
    }
    case 'set':
    case 'alt':
      return undefined;
  }
}

/**
 * Where in a match of the pattern each of a rule's literals stands; undefined where the pattern does not spell it. Later places
 * count only where the ones before may be left out: every match has a literal at a first place, and is looked for from there.
 */
export function anchorings(pattern: Node, literals: readonly Uint8Array[]): (Anchoring | undefined)[] {
  const found: (Anchoring | undefined)[] = literals.map(() => undefined);
  /** @returns whether every match of the node has a literal, as far as can be told */
  const visit = (node: Node, after: Rest | undefined, before: number): boolean => {
    switch (node.kind) {
      case 'set': {
        let any = false;
        for (const [i, literal] of node.narrow ? literals.entries() : []) {
          const follow =
            node.set[literal[0] ?? 0] === 1 ? following({ node, next: after }, literal) : undefined;
          if (follow === undefined) continue;
          const known = found[i];
          found[i] = {
            lead: Math.max(before, known?.lead ?? 0),
            next: follow.next.map((member, byte) => member | (known?.next[byte] ?? 0)),
            // Of two places, either may be meant.
            behind: known === undefined ? follow.behind : undefined,
          };
          any = true;
        }
        return any;
      }
      case 'look':
      case 'edge':
        return false;
      case 'alt':
        return node.branches.map((branch) => visit(branch, after, before)).every(Boolean);
      case 'repeat': {
        const { node: inner, min, max } = node;
        const again = { node: { ...node, min: Math.max(0, min - 1), max: max - 1 }, next: after };
        return visit(inner, max > 1 ? again : after, before) && min > 0;
      }
      case 'seq': {
        let offset = before;
        for (const [i, item] of node.items.entries()) {
          const rest = { node: { kind: 'seq', items: node.items.slice(i + 1) }, next: after } as const;
          if (visit(item, rest, offset)) return true;
          offset += widest(item);
        }
        return false;
      }
    }
  };
  visit(pattern, undefined, 0);
  return found;
}

/** How many bytes at the start of every match are `A-Za-z0-9_-+/=.` for certain, and whether all of it can be. */
export function startRun(node: Node): { readonly count: number; readonly whole: boolean } {
  switch (node.kind) {
    case 'set': {
      return { count: node.inRun ? 1 : 0, whole: node.inRun };
    }
    case 'seq': {
      let count = 0;
      for (const item of node.items) {
        const part = startRun(item);
        count += part.count;
        if (!part.whole) return { count, whole: false };
      }
      return { count, whole: true };
    }
    case 'alt': {
      const parts = node.branches.map(startRun);
      return {
        count: Math.min(...parts.map((part) => part.count)),
        whole: parts.every((part) => part.whole),
      };
    }
    case 'repeat': {
      const one = startRun(node.node);
      return { count: one.whole ? one.count * node.min : node.min > 0 ? one.count : 0, whole: one.whole };
    }
    case 'look':
    case 'edge':
      return { count: 0, whole: true };
  }
}
