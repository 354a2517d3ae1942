// What a rule's pattern looks like from inside, so that the engine knows where a match can start, which byte can follow
// an anchor, and how much work a hostile text can cause. The subset of JavaScript's syntax that rules may use:
// everything but backreferences and Unicode property escapes, over bytes as latin1.

export type Node =
  | { readonly kind: 'set'; readonly set: Uint8Array; readonly narrow: boolean; readonly inRun: boolean }
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
  return {
    kind: 'set',
    set,
    narrow: isNarrow(set),
    inRun: set.every((member, byte) => member <= (RUN[byte] ?? 0)),
  };
}

/** Sets of a thousand patterns are few: each is worked out once, by its own text. */
const sets = new Map<string, Node>();

function known(key: string, make: () => Node): Node {
  const old = sets.get(key);
  if (old) return old;
  const made = make();
  sets.set(key, made);
  return made;
}

export class PatternError extends Error {}

function setOf(test: (byte: number) => boolean): Uint8Array {
  const set = new Uint8Array(256);
  for (let byte = 0; byte < 256; byte++) if (test(byte)) set[byte] = 1;
  return set;
}

const matches = (pattern: RegExp): Uint8Array => setOf((byte) => pattern.test(String.fromCharCode(byte)));
/** Bytes of the runs that the kernel knows. */
const RUN = matches(/[A-Za-z0-9_\-+/=.]/);
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
    return known(`${ignoreCase} ${byte}`, () => {
      const set = setOf((other) => other === byte);
      return ofSet(ignoreCase ? folded(set) : set);
    });
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
    const begin = at;
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
    return known(`${ignoreCase} [${source.slice(begin, at)}`, () => {
      const full = ignoreCase ? folded(set) : set;
      return ofSet(negative ? negate(full) : full);
    });
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
    if (char === '.') return known('.', () => ofSet(DOT));
    if (char === '^' || char === '$') return { kind: 'edge', of: char };
    if (/[*+?]/.test(char)) throw new PatternError('a quantifier with nothing before it');
    if (char !== '\\') return single(char.charCodeAt(0));
    if (source[at] === 'b' || source[at] === 'B')
      return { kind: 'edge', of: source[at++] === 'b' ? 'b' : 'B' };
    const value = escaped();
    if (typeof value === 'number') return single(value);
    return known(`\\${source.charAt(at - 1)}`, () => ofSet(value));
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
