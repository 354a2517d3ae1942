// How much work can a text cause that was written to cause it? Patterns run in a backtracking engine, so this counts the
// steps of a plain backtracking matcher over texts made from the pattern itself. Steps, not seconds: the same answer everywhere.

import { type Node, parsePattern } from './pattern.ts';
import type { Rule } from './rule.ts';
import { widest } from './shape.ts';

/** Beyond this, a single anchor is too dear whatever the growth. */
const MOST_STEPS = 2_000_000;
/** Below this nobody cares how it grows. */
const FEW_STEPS = 60_000;
/** Twice the text may cost a little more than twice the steps. */
const MOST_GROWTH = 2.6;

class TooMany extends Error {}

class Matcher {
  readonly #text: string;
  steps = 0;

  constructor(text: string) {
    this.#text = text;
  }

  run(node: Node, at: number, then: (at: number) => boolean): boolean {
    if (++this.steps > MOST_STEPS) throw new TooMany();
    switch (node.kind) {
      case 'set':
        return at < this.#text.length && node.set[this.#text.charCodeAt(at)] === 1 && then(at + 1);
      case 'seq':
        return this.#sequence(node.items, 0, at, then);
      case 'alt':
        return node.branches.some((branch) => this.run(branch, at, then));
      case 'repeat':
        return this.#repeat(node, at, then);
      case 'look': {
        // Behind: a guess at its price is enough, and its answer is taken to be what lets the match go on.
        const holds = !node.behind && this.run(node.node, at, () => true);
        return (node.behind || holds !== node.negative) && then(at);
      }
      case 'edge':
        return then(at);
    }
  }

  #sequence(items: readonly Node[], index: number, at: number, then: (at: number) => boolean): boolean {
    const item = items[index];
    return item === undefined
      ? then(at)
      : this.run(item, at, (next) => this.#sequence(items, index + 1, next, then));
  }

  #repeat(node: Node & { kind: 'repeat' }, at: number, then: (at: number) => boolean): boolean {
    if (node.node.kind !== 'set') return this.#again(node, 0, at, then);
    const { set } = node.node;
    let most = 0;
    while (most < node.max && at + most < this.#text.length && set[this.#text.charCodeAt(at + most)] === 1)
      most++;
    this.steps += most;
    for (let tried = 0; tried <= most - node.min; tried++) {
      if (++this.steps > MOST_STEPS) throw new TooMany();
      if (then(at + (node.lazy ? node.min + tried : most - tried))) return true;
    }
    return false;
  }

  #again(node: Node & { kind: 'repeat' }, count: number, at: number, then: (at: number) => boolean): boolean {
    const more = (): boolean =>
      count < node.max &&
      this.run(node.node, at, (next) => next > at && this.#again(node, count + 1, next, then));
    if (count < node.min) return more();
    return node.lazy ? then(at) || more() : more() || then(at);
  }
}

function member(set: Uint8Array): string {
  for (const wanted of 'aA0 -_"=') if (set[wanted.charCodeAt(0)] === 1) return wanted;
  return String.fromCharCode(Math.max(0, set.indexOf(1)));
}

/** Texts that the pattern nearly matches: every repeat takes `fill` characters, and the match breaks after each of its elements. */
function* nearMisses(node: Node, size: number): Generator<string> {
  const spell = (part: Node, fill: number): string => {
    switch (part.kind) {
      case 'set':
        return member(part.set);
      case 'seq':
        return part.items.map((item) => spell(item, fill)).join('');
      case 'alt':
        return part.branches[0] ? spell(part.branches[0], fill) : '';
      case 'repeat':
        return spell(part.node, fill).repeat(Math.min(part.max, Math.max(part.min, fill)));
      case 'look':
      case 'edge':
        return '';
    }
  };
  const items = node.kind === 'seq' ? node.items : [node];
  for (const fill of [1, 8, size]) {
    let text = '';
    for (const item of items) {
      text = (text + spell(item, fill)).slice(0, size);
      if (widest(item) > 1) yield `${text}${text.at(-1)?.repeat(size - text.length) ?? ''}\0`;
    }
    yield `${text.repeat(Math.ceil(size / Math.max(1, text.length))).slice(0, size)}\0`;
  }
}

function worst(node: Node, size: number): number {
  let most = 0;
  for (const text of nearMisses(node, size)) {
    const matcher = new Matcher(text);
    try {
      matcher.run(node, 0, () => false);
    } catch (error) {
      if (!(error instanceof TooMany || error instanceof RangeError)) throw error;
      return Number.POSITIVE_INFINITY;
    }
    most = Math.max(most, matcher.steps);
  }
  return most;
}

/** What is wrong with a pattern that a hostile text makes slow; undefined where nothing is. */
export function hostileFault(rule: Rule): string | undefined {
  const patterns = [rule.pattern, rule.more, ...Object.values(rule.parts).map((part) => part.pattern)];
  for (const source of patterns) {
    if (source === undefined) continue;
    const node = parsePattern(source, rule.fold);
    const half = worst(node, 512);
    const full = worst(node, 1_024);
    if (full < FEW_STEPS) continue;
    if (full === Number.POSITIVE_INFINITY || full > half * MOST_GROWTH) {
      return `a hostile text makes it slow (${half} steps for 512 bytes, ${full} for 1,024); bound its repeats, and let no two in a row share characters`;
    }
  }
  return undefined;
}
