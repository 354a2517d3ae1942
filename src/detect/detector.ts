// Chunk -> findings. The law: what is found at an anchor is a function of the text near that anchor and of nothing else,
// so where a chunk begins or ends, and how many rules there are, never changes it.

import type { Chunk, Looked, Range } from '../model/index.ts';
import { isCanary } from './canary.ts';
import { type Candidate, candidatesAt } from './candidate.ts';
import { RIVALS, settle } from './claims.ts';
import { type Anchor, type Compiled, compileRule } from './compile.ts';
import { encodedLiterals } from './encoded.ts';
import { toFinding } from './finding.ts';
import { type Kernel, kernelFrom } from './kernel/index.ts';
import type { RuleSet } from './load.ts';
import { isHopeless } from './match.ts';
import { searchOf } from './rule-cache.ts';
import { literalsOf, looseLength, type Search } from './search.ts';
import { spanner } from './spans.ts';
import { Text } from './text.ts';

export interface DetectorOptions {
  /** Numbers of AWS accounts whose keys are canaries, beyond those that everybody knows: twelve digits each. */
  readonly canaryAccounts?: readonly string[];
}

export interface Detector {
  /**
   * Room that `look` reads without a copy, for readers that fill a buffer again and again; it lives as long as the detector.
   * @throws RangeError when there is no more of it
   */
  buffer(size: number): Uint8Array;
  look(chunk: Chunk): Looked;
}

/** The detector itself; the judge looks deeper into it than others may. */
export class Engine implements Detector {
  readonly #kernel: Kernel;
  readonly #search: Search;
  readonly #rules: (Compiled | undefined)[];
  /** By literal; made when one is first found, as most of a run never are. */
  readonly #anchors: (readonly Anchor[] | undefined)[];
  readonly #set: RuleSet;
  readonly #canaries: ReadonlySet<string>;

  constructor(set: RuleSet, options: DetectorOptions = {}) {
    this.#canaries = new Set(options.canaryAccounts);
    this.#set = set;
    this.#search = searchOf(set);
    const { tables, starts } = this.#search;
    this.#rules = set.rules.map(() => undefined);
    this.#anchors = Array.from({ length: starts.length - 1 }, () => undefined);
    this.#kernel = kernelFrom(tables, () => literalsOf(set.rules.map(compileRule)));
  }

  #anchorsOf(literal: number): readonly Anchor[] {
    const { starts, owners } = this.#search;
    const made: Anchor[] = [];
    const first = starts[literal] ?? 0;
    const end = starts[literal + 1] ?? 0;
    for (let i = first; i < end; i++) {
      const [rule = 0, number = 0, form = 0] = owners.subarray(i * 3);
      const by = this.#ruleOf(rule);
      const one = by.literals[number];
      if (one === undefined) throw new Error(`rule ${by.rule.id} has no literal ${number}`);
      const encoded = form === 0 ? undefined : encodedLiterals(one.bytes)[form - 1];
      const loose = form === 0 ? looseLength(by.rule) : 0;
      made.push({ by, literal: one, encoded, loose, gated: end - first === 1 && form === 0 && !by.far });
    }
    this.#anchors[literal] = made;
    return made;
  }

  #ruleOf(index: number): Compiled {
    const known = this.#rules[index];
    if (known !== undefined) return known;
    const rule = this.#set.rules[index];
    if (rule === undefined) throw new Error(`no rule ${index}`);
    const made = compileRule(rule, index);
    this.#rules[index] = made;
    return made;
  }

  #collect(text: Text, from: number, to: number, into: Candidate[], far: number[] | undefined): void {
    const hits = this.#kernel.scan(text.bytes, from, to);
    const { bytes } = text;
    const all = this.#anchors;
    for (let i = 0; i < hits.length; i += 2) {
      const at = hits[i] as number;
      const literal = hits[i + 1] as number;
      const anchors = all[literal] ?? this.#anchorsOf(literal);
      for (let j = 0; j < anchors.length; j++) {
        const anchor = anchors[j] as Anchor;
        if (far && anchor.by.far) far.push(at);
        if (anchor.encoded === undefined && isHopeless(bytes, anchor, at)) continue;
        candidatesAt(text, anchor, at, into);
      }
    }
  }

  buffer(size: number): Uint8Array {
    return this.#kernel.buffer(size);
  }

  /** Everything that any rule wants, before claims are settled. */
  claims(chunk: Chunk): Candidate[] {
    const candidates: Candidate[] = [];
    const text = new Text(chunk.bytes);
    for (const range of chunk.ranges) this.#collect(text, range.from, range.to, candidates, undefined);
    return candidates;
  }

  look(chunk: Chunk): Looked {
    const text = new Text(chunk.bytes);
    const candidates: Candidate[] = [];
    const far: number[] = [];
    for (const { from, to } of apart(chunk.ranges)) this.#collect(text, from, to, candidates, far);
    if (candidates.length === 0) return { findings: [], far: offsets(far, chunk) };
    const inside = new Set(candidates);
    this.#rivals(text, chunk, candidates);
    const spanOf = spanner(chunk, text);
    const kept = settle(candidates).filter((candidate) => inside.delete(candidate));
    const findings = kept.flatMap((candidate) => {
      const seen = spanOf(candidate.start, candidate.end);
      const span = chunk.truly === undefined ? seen : chunk.truly(seen);
      return span === undefined ? [] : [toFinding(candidate, chunk, text, span, this.#doubt(candidate))];
    });
    const beaten = [...inside].filter(({ by }) => !by.far).map(({ anchor }) => anchor);
    return {
      findings,
      far: offsets(far, chunk),
      ...(beaten.length === 0 ? {} : { beaten: offsets(beaten, chunk) }),
    };
  }

  #doubt({ value, parts, doubt }: Candidate): Candidate['doubt'] {
    const planted = [value, ...Object.values(parts)].some((one) => isCanary(one, this.#canaries));
    return planted ? 'canary' : doubt;
  }

  /** Adds what lies outside of the ranges and may claim the same bytes as a candidate inside. */
  #rivals(text: Text, chunk: Chunk, candidates: Candidate[]): void {
    const wanted = candidates
      .map((one) => ({
        from: Math.max(0, one.start - RIVALS),
        to: Math.min(text.bytes.length, one.end + RIVALS),
      }))
      .sort((a, b) => a.from - b.from);
    const ranges = apart(chunk.ranges);
    let done = 0;
    let next = 0;
    for (const { from, to } of wanted) {
      let at = Math.max(from, done);
      while (at < to) {
        while (next < ranges.length && (ranges[next]?.to ?? 0) <= at) next++;
        const range = ranges[next];
        if (range && range.from <= at) at = range.to;
        else {
          const end = Math.min(to, range?.from ?? to);
          this.#collect(text, at, end, candidates, undefined);
          at = end;
        }
      }
      done = Math.max(done, to);
    }
  }
}

/** Sorted, and no byte twice. */
function apart(ranges: readonly Range[]): readonly Range[] {
  if (isApart(ranges)) return ranges;
  const sorted: Range[] = [];
  let done = 0;
  for (const { from, to } of [...ranges].sort((a, b) => a.from - b.from)) {
    if (to > done) sorted.push({ from: Math.max(from, done), to });
    done = Math.max(done, to);
  }
  return sorted;
}

function isApart(ranges: readonly Range[]): boolean {
  let done = 0;
  for (const { from, to } of ranges) {
    if (from < done || to <= from) return false;
    done = to;
  }
  return true;
}

function offsets(far: readonly number[], chunk: Chunk): number[] {
  if (far.length === 0) return [];
  return [...new Set(far)].sort((a, b) => a - b).map((at) => at + chunk.offset);
}

/** Builds the machine that looks. Rules must be without faults, as loadRules gives them. */
export function createDetector(set: RuleSet, options: DetectorOptions = {}): Detector {
  return new Engine(set, options);
}
