// Chunk -> findings. The law: what is found at an anchor is a function of the text near that anchor and of nothing else,
// so where a chunk begins or ends, and how many rules there are, never changes it.

import { type Chunk, type Finding, type Looked, Secret } from '../model/index.ts';
import { isAllowed } from './allow.ts';
import { isSecretValue } from './assigned-value.ts';
import { assignmentAt } from './assignment.ts';
import { endsEscape } from './boundary.ts';
import { isCanary } from './canary.ts';
import type { Candidate } from './candidate.ts';
import { judgeChecksum } from './checksum.ts';
import { RIVALS, settle } from './claims.ts';
import { type Compiled, type CompiledLiteral, compileRule } from './compile.ts';
import { decodeAround, type EncodedLiteral, encodedLiterals } from './encoded.ts';
import { createKernel, type Kernel, type Literal } from './kernel/index.ts';
import type { RuleSet } from './load.ts';
import { isOtherKind, isPlaceholder, isStandIn } from './placeholder.ts';
import { isNoWord, looksRandom } from './randomness.ts';
import { spanner } from './spans.ts';
import { Text } from './text.ts';

export interface DetectorOptions {
  /** Numbers of AWS accounts whose keys are canaries, beyond those that everybody knows: twelve digits each. */
  readonly canaryAccounts?: readonly string[];
}

export interface Detector {
  look(chunk: Chunk): Looked;
}

interface Anchor {
  readonly by: Compiled;
  readonly literal: CompiledLiteral;
  /** The anchor is the literal in base64. */
  readonly encoded: EncodedLiteral | undefined;
}

interface Matched {
  readonly start: number;
  readonly end: number;
}

/** Beyond this a search through the window is cheaper than a try at every start. */
const FEW_STARTS = 64;

/** Where `near` words count, in bytes from the anchor. */
const NEAR_WORDS = 256;

/** The rule's match over the anchor at `at`: where its secret stands. */
function matchAt(text: Text, anchor: Anchor, at: number): Matched | undefined {
  const { by, literal } = anchor;
  const { bytes } = text;
  const behind = at + literal.bytes.length;
  if (literal.next !== undefined && literal.next[bytes[behind] ?? 0] !== 1) return undefined;
  const from = literal.lead === 0 && endsEscape(bytes, at) ? at : Math.max(0, at - by.reach);
  const to = Math.min(bytes.length, at + by.reach);
  const window = text.slice(from, to);
  const inside = at - from;
  const start = startOf(by, bytes, from, window, Math.max(0, inside - literal.lead), inside, behind - from);
  if (start === -1) return undefined;
  by.search.lastIndex = start;
  const [first, end] = by.search.exec(window)?.indices?.groups?.secret ?? [];
  // A secret that runs on behind the window is not known whole.
  if (first === undefined || end === undefined || end === first) return undefined;
  return end === window.length && to < bytes.length ? undefined : { start: from + first, end: from + end };
}

/** The first start, `least` or later and `most` at the latest, of a match that reaches `behind`; offsets in the window. */
function startOf(
  by: Compiled,
  bytes: Uint8Array,
  from: number,
  window: string,
  least: number,
  most: number,
  behind: number,
): number {
  const { here, search, first } = by;
  if (most - least > FEW_STARTS) {
    search.lastIndex = least;
    for (
      let match = search.exec(window);
      match !== null && match.index <= most;
      match = search.exec(window)
    ) {
      if (match.index + match[0].length >= behind) return match.index;
      search.lastIndex = match.index + 1;
    }
    return -1;
  }
  for (let start = least; start <= most; start++) {
    if (first[bytes[from + start] ?? 0] !== 1) continue;
    here.lastIndex = start;
    if (here.test(window) && here.lastIndex >= behind) return start;
  }
  return -1;
}

const SCHEME = /^(?:bearer|basic|token|api-?key|ssws|bot|oauth)\s+/i;

/** The value of the assignment whose name holds the anchor. */
function assignedAt(text: Text, anchor: Anchor, at: number): Matched | undefined {
  const { by, literal } = anchor;
  const { bytes } = text;
  const to = Math.min(bytes.length, at + by.reach);
  const assigned = assignmentAt(bytes, at, literal.bytes.length, to);
  if (assigned === undefined) return undefined;
  const { nameStart, nameEnd, end } = assigned;
  // `Authorization: "Bearer …"`: the scheme is no part of the key.
  const scheme = SCHEME.exec(text.slice(assigned.start, end))?.[0].length ?? 0;
  const start = assigned.start + scheme;
  const value = text.slice(start, end);
  if (by.whole !== undefined) {
    const match = by.whole.exec(value);
    const [from, until] = match?.indices?.groups?.secret ?? [];
    if (from === undefined || until === undefined) return undefined;
    const word = { from: at - nameStart, to: at - nameStart + literal.bytes.length };
    if (
      by.rule.generic &&
      !isSecretValue(assigned, text.slice(nameStart, nameEnd), word, value, by.rule.randomness)
    )
      return undefined;
    return { start: start + from, end: start + until };
  }
  const word = { from: at - nameStart, to: at - nameStart + literal.bytes.length };
  if (!isSecretValue(assigned, text.slice(nameStart, nameEnd), word, value, by.rule.randomness))
    return undefined;
  return { start, end };
}

/** The other halves near an anchor; undefined where a required one is missing. */
function partsNear(text: Text, by: Compiled, at: number): Record<string, string> | undefined {
  const parts: Record<string, string> = {};
  for (const part of by.parts) {
    const from = Math.max(0, at - part.within);
    const window = text.slice(from, Math.min(text.bytes.length, at + part.within));
    part.pattern.lastIndex = 0;
    let nearest: { value: string; distance: number } | undefined;
    for (let match = part.pattern.exec(window); match !== null; match = part.pattern.exec(window)) {
      const [start, end] = match.indices?.groups?.secret ?? [];
      if (start !== undefined && end !== undefined && end > start) {
        const distance = Math.abs(from + start - at);
        if (nearest === undefined || distance < nearest.distance)
          nearest = { value: text.decode(from + start, from + end), distance };
      }
      part.pattern.lastIndex = Math.max(match.index + 1, part.pattern.lastIndex);
    }
    if (nearest !== undefined) parts[part.name] = nearest.value;
    else if (part.required) return undefined;
  }
  return parts;
}

/** Not a stand-in, and random where the rule asks for that: judged without the literals, which are the same in every key. */
function isPlausible(by: Compiled, value: string): boolean {
  const { rule } = by;
  if (rule.generic && (isPlaceholder(value) || isOtherKind(value))) return false;
  const body = by.literals.reduce((rest, literal) => rest.replace(literal.text, ''), value);
  return !isStandIn(body) && (!rule.randomness || (rule.generic ? looksRandom(body) : isNoWord(body)));
}

function candidateAt(text: Text, anchor: Anchor, at: number): Candidate | undefined {
  const { by, literal } = anchor;
  const matched =
    anchor.by.rule.value === undefined ? matchAt(text, anchor, at) : assignedAt(text, anchor, at);
  if (matched === undefined) return undefined;
  const { rule } = by;
  if (by.near) {
    const from = Math.max(0, at - NEAR_WORDS);
    if (!by.near.test(text.slice(from, Math.min(text.bytes.length, at + NEAR_WORDS)))) return undefined;
  }
  const value = text.decode(matched.start, matched.end);
  if (!(rule.value !== undefined && rule.generic) && !isPlausible(by, value)) return undefined;
  const parts = partsNear(text, by, at);
  if (parts === undefined) return undefined;
  const checked = rule.checksum === undefined ? 'holds' : judgeChecksum(rule.checksum, value);
  if (checked === 'other') return undefined;
  const doubt = checked === 'malformed' ? checked : rule.services.length > 1 ? 'ambiguous' : undefined;
  return { by, anchor: at, literal: literal.bytes.length, ...matched, value, parts, doubt };
}

/** A key inside base64: matched in the decoded text; it stands where the digits that hold it stand. */
function encodedAt(text: Text, anchor: Anchor, encoded: EncodedLiteral, at: number): Candidate | undefined {
  const decoded = decodeAround(text.bytes, at, encoded, anchor.by.reach);
  if (decoded === undefined) return undefined;
  const inner = candidateAt(new Text(decoded.bytes), anchor, decoded.anchor);
  return inner && { ...inner, ...decoded.outer(inner.start, inner.end), anchor: at };
}

/** How many characters of a secret are its rule's public prefix. */
function prefixLength(by: Compiled, value: string): number {
  const head = value.toLowerCase();
  let longest = 0;
  for (const literal of by.literals) {
    if (literal.text.length > longest && head.startsWith(literal.text.toLowerCase()))
      longest = literal.text.length;
  }
  return longest;
}

/** The detector itself; the judge looks deeper into it than others may. */
export class Engine implements Detector {
  readonly #kernel: Kernel;
  readonly #anchors: (readonly Anchor[])[];
  readonly #canaries: ReadonlySet<string>;

  constructor(set: RuleSet, options: DetectorOptions = {}) {
    this.#canaries = new Set(options.canaryAccounts);
    const literals: Literal[] = [];
    const anchors = new Map<string, Anchor[]>();
    const add = (literal: Literal, anchor: Anchor): void => {
      const key = `${literal.fold}:${literal.run}:${Buffer.from(literal.bytes).toString('latin1')}`;
      const known = anchors.get(key);
      if (known) known.push(anchor);
      else {
        anchors.set(key, [anchor]);
        literals.push(literal);
      }
    };
    set.rules.forEach((rule, index) => {
      const by = compileRule(rule, index);
      for (const literal of by.literals) {
        for (const bytes of literal.spellings) {
          add({ bytes, fold: rule.fold, run: literal.run }, { by, literal, encoded: undefined });
        }
        if (!by.encoded) continue;
        for (const encoded of encodedLiterals(literal.bytes)) {
          add({ bytes: Buffer.from(encoded.text), fold: false, run: 16 }, { by, literal, encoded });
        }
      }
    });
    this.#anchors = [...anchors.values()];
    this.#kernel = createKernel(literals);
  }

  #collect(text: Text, from: number, to: number, into: Candidate[], far: number[] | undefined): void {
    const hits = this.#kernel.scan(text.bytes, from, to);
    for (let i = 0; i < hits.length; i += 2) {
      const at = hits[i] ?? 0;
      for (const anchor of this.#anchors[hits[i + 1] ?? 0] ?? []) {
        if (far && anchor.by.far) far.push(at);
        const candidate = anchor.encoded
          ? encodedAt(text, anchor, anchor.encoded, at)
          : candidateAt(text, anchor, at);
        if (candidate) into.push(candidate);
      }
    }
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
    for (const range of chunk.ranges) this.#collect(text, range.from, range.to, candidates, far);
    if (candidates.length === 0) return { findings: [], far: offsets(far, chunk) };
    const inside = new Set(candidates);
    this.#rivals(text, chunk, candidates);
    const spanOf = spanner(chunk, text);
    const findings = settle(candidates)
      .filter((candidate) => inside.has(candidate))
      .map((candidate) =>
        toFinding(candidate, chunk, text, spanOf(candidate.start, candidate.end), this.#doubt(candidate)),
      );
    return { findings, far: offsets(far, chunk) };
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
    const ranges = [...chunk.ranges].sort((a, b) => a.from - b.from);
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

function offsets(far: readonly number[], chunk: Chunk): number[] {
  return [...new Set(far)].sort((a, b) => a - b).map((at) => at + chunk.offset);
}

function toFinding(
  candidate: Candidate,
  chunk: Chunk,
  text: Text,
  span: Finding['span'],
  doubt: Candidate['doubt'],
): Finding {
  const { rule } = candidate.by;
  const parts: Record<string, Secret> = {};
  for (const [name, value] of Object.entries(candidate.parts)) parts[name] = new Secret(value);
  return {
    rule: {
      id: rule.id,
      title: rule.title,
      severity: rule.severity,
      ...(rule.docs === undefined ? {} : { docs: rule.docs }),
    },
    services: rule.services,
    secret: new Secret(candidate.value, {
      start: rule.generic ? 0 : prefixLength(candidate.by, candidate.value),
      end: rule.generic ? 0 : 4,
    }),
    parts,
    environment: rule.environment ?? 'unknown',
    ...(doubt === undefined ? {} : { doubt }),
    allowed: isAllowed(text, candidate.start, candidate.end),
    origin: chunk.origin,
    span,
  };
}

/** Builds the machine that looks. Rules must be without faults, as loadRules gives them. */
export function createDetector(set: RuleSet, options: DetectorOptions = {}): Detector {
  return new Engine(set, options);
}
