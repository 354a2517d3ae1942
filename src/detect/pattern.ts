// What a rule's pattern looks like from inside, so that the engine knows where a match can start, which byte can follow
// an anchor, and how much work a hostile text can cause. The subset of JavaScript's syntax that rules may use:
// everything but backreferences and Unicode property escapes, over bytes as latin1.

export type Node =
  | { readonly kind: 'set'; readonly set: Uint8Array; readonly narrow: boolean }
  | { readonly kind: 'seq'; readonly items: readonly Node[] }
  | { readonly kind: 'alt'; readonly branches: readonly Node[] }
  | {
      readonly kind: 'repeat';
      readonly node: Node;
      readonly min: number;
      readonly max: number;
      readonly lazy: boolean;
    }
  | { readonly kind: 'look'; readonly node: Node; readonly behind: boolean; readonly negative: boolean }
  | { readonly kind: 'edge'; readonly of: '^' | '$' | 'b' | 'B' };

/** A set of at most this many bytes spells; a larger one leaves open. */
const NARROW = 8;

function isNarrow(set: Uint8Array): boolean {
  let count = 0;
  for (let byte = 0; byte < 256 && count <= NARROW; byte++) count += set[byte] ?? 0;
  return count <= NARROW;
}

function ofSet(set: Uint8Array): Node {
  return { kind: 'set', set, narrow: isNarrow(set) };
}

export class PatternError extends Error {}

function setOf(test: (byte: number) => boolean): Uint8Array {
  const set = new Uint8Array(256);
  for (let byte = 0; byte < 256; byte++) if (test(byte)) set[byte] = 1;
  return set;
}

const matches = (pattern: RegExp): Uint8Array => setOf((byte) => pattern.test(String.fromCharCode(byte)));
const DIGIT = matches(/\d/);
const WORD = matches(/\w/);
const SPACE = matches(/\s/);
const DOT = matches(/./);
const negate = (set: Uint8Array): Uint8Array => setOf((byte) => set[byte] === 0);
const CLASSES: Readonly<Record<string, Uint8Array>> = {
  d: DIGIT,
  D: negate(DIGIT),
  w: WORD,
  W: negate(WORD),
  s: SPACE,
  S: negate(SPACE),
};
const CONTROLS: Readonly<Record<string, number>> = { n: 10, r: 13, t: 9, v: 11, f: 12, '0': 0 };

function folded(set: Uint8Array): Uint8Array {
  const both = Uint8Array.from(set);
  for (let upper = 65; upper <= 90; upper++) {
    if (set[upper] === 1 || set[upper | 32] === 1) both[upper] = both[upper | 32] = 1;
  }
  return both;
}

/** @throws PatternError for what rules may not use */
export function parsePattern(source: string, fold: boolean): Node {
  let at = 0;
  let ignoreCase = fold;

  const single = (byte: number): Node => {
    if (byte > 255) throw new PatternError('a character outside of latin1; write its UTF-8 bytes as \\xHH');
    const set = setOf((other) => other === byte);
    return ofSet(ignoreCase ? folded(set) : set);
  };
  const hex = (digits: number): number => {
    const text = source.slice(at, at + digits);
    if (!new RegExp(`^[0-9a-fA-F]{${digits}}$`).test(text))
      throw new PatternError('an incomplete \\x or \\u');
    at += digits;
    return Number.parseInt(text, 16);
  };
  /** Behind the backslash: a class or one byte. */
  const escaped = (): Uint8Array | number => {
    const char = source[at++];
    if (char === undefined) throw new PatternError('a backslash at the end');
    const known = CLASSES[char];
    if (known) return known;
    const control = CONTROLS[char];
    if (control !== undefined) return control;
    if (char === 'x') return hex(2);
    if (char === 'u') return hex(4);
    if (/[1-9k]/.test(char)) throw new PatternError('a backreference; rules have none');
    if (/[pP]/.test(char)) throw new PatternError('\\p; rules match bytes, write the class out');
    return char.charCodeAt(0);
  };
  const charClass = (): Node => {
    const negative = source[at] === '^';
    if (negative) at++;
    const set = new Uint8Array(256);
    const one = (): Uint8Array | number => {
      const char = source[at++];
      if (char === undefined) throw new PatternError('an unclosed [');
      if (char !== '\\') return char.charCodeAt(0);
      if (source[at] === 'b') {
        at++;
        return 8;
      }
      return escaped();
    };
    while (source[at] !== ']') {
      const from = one();
      if (typeof from !== 'number') {
        for (let byte = 0; byte < 256; byte++) if (from[byte] === 1) set[byte] = 1;
        continue;
      }
      let to = from;
      if (source[at] === '-' && source[at + 1] !== ']') {
        at++;
        const end = one();
        if (typeof end !== 'number') throw new PatternError('a range that ends in a class');
        to = end;
      }
      for (let byte = from; byte <= Math.min(to, 255); byte++) set[byte] = 1;
    }
    at++;
    const full = ignoreCase ? folded(set) : set;
    return ofSet(negative ? negate(full) : full);
  };
  const group = (): Node => {
    const before = ignoreCase;
    const make = (): Node => {
      if (source[at] !== '?') return alternatives();
      const head = /^\?(?:(:)|(<?[=!])|<[A-Za-z]\w*>|([ims]*)(?:-([ims]+))?:)/.exec(source.slice(at));
      if (!head) throw new PatternError('a group of an unknown kind');
      at += head[0].length;
      if (head[3]?.includes('i')) ignoreCase = true;
      if (head[4]?.includes('i')) ignoreCase = false;
      const node = alternatives();
      const look = head[2];
      if (look === undefined) return node;
      return { kind: 'look', node, behind: look.startsWith('<'), negative: look.endsWith('!') };
    };
    const node = make();
    if (source[at++] !== ')') throw new PatternError('an unclosed (');
    ignoreCase = before;
    return node;
  };
  const atom = (): Node => {
    const char = source[at++] ?? '';
    if (char === '(') return group();
    if (char === '[') return charClass();
    if (char === '.') return ofSet(DOT);
    if (char === '^' || char === '$') return { kind: 'edge', of: char };
    if (/[*+?]/.test(char)) throw new PatternError('a quantifier with nothing before it');
    if (char !== '\\') return single(char.charCodeAt(0));
    if (source[at] === 'b' || source[at] === 'B')
      return { kind: 'edge', of: source[at++] === 'b' ? 'b' : 'B' };
    const value = escaped();
    return typeof value === 'number' ? single(value) : ofSet(value);
  };
  const sequence = (): Node => {
    const items: Node[] = [];
    while (at < source.length && source[at] !== '|' && source[at] !== ')') {
      let node = atom();
      const count = /^(?:([*+?])|\{(\d+)(,?)(\d*)\})(\??)/.exec(source.slice(at));
      if (count) {
        at += count[0].length;
        const [, sign, low, comma, high, lazy] = count;
        const min = sign === undefined ? Number(low) : sign === '+' ? 1 : 0;
        const most = sign === '?' ? 1 : Number.POSITIVE_INFINITY;
        const max = sign !== undefined ? most : high ? Number(high) : comma ? Number.POSITIVE_INFINITY : min;
        node = { kind: 'repeat', node, min, max, lazy: lazy === '?' };
      }
      items.push(node);
    }
    const [only] = items;
    return items.length === 1 && only ? only : { kind: 'seq', items };
  };
  const alternatives = (): Node => {
    const branches = [sequence()];
    while (source[at] === '|') {
      at++;
      branches.push(sequence());
    }
    const [only] = branches;
    return branches.length === 1 && only ? only : { kind: 'alt', branches };
  };

  const whole = alternatives();
  if (at < source.length) throw new PatternError('a ) too many');
  return whole;
}

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

/** The bytes that may follow `literal` when it stands at the very start of `rest`; undefined where it cannot stand there. */
function following(rest: Rest, literal: Uint8Array): Uint8Array | undefined {
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
  return bytes;
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
          const next =
            node.set[literal[0] ?? 0] === 1 ? following({ node, next: after }, literal) : undefined;
          if (next === undefined) continue;
          const known = found[i];
          found[i] = {
            lead: Math.max(before, known?.lead ?? 0),
            next: next.map((member, byte) => member | (known?.next[byte] ?? 0)),
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

const RUN = matches(/[A-Za-z0-9_\-+/=.]/);

/** How many bytes at the start of every match are `A-Za-z0-9_-+/=.` for certain, and whether all of it can be. */
export function startRun(node: Node): { readonly count: number; readonly whole: boolean } {
  switch (node.kind) {
    case 'set': {
      const inside = node.set.every((member, byte) => member === 0 || RUN[byte] === 1);
      return { count: inside ? 1 : 0, whole: inside };
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
