// A detector as sensitive as any may be: whether an anchor is a finding, and where its secret stands, hangs on every byte
// of the text that may decide, and on whether the text begins or ends there.

import { crc32 } from 'node:zlib';
import {
  type Chunk,
  CONTEXT,
  type Finding,
  type Looked,
  NEAR,
  type Origin,
  Secret,
  type Sink,
  type Skipped,
  type Span,
} from '../../../src/model/index.ts';

export interface FakeRule {
  readonly id: string;
  readonly literal: string;
  readonly far: boolean;
  /** One of so many anchors is a finding. */
  readonly rarity: number;
}

export const FAKE_RULES: readonly FakeRule[] = [
  { id: 'near', literal: 'key', far: false, rarity: 3 },
  { id: 'near-too', literal: 'thing', far: false, rarity: 19 },
  { id: 'far', literal: 'BEGIN', far: true, rarity: 2 },
];

/**
 * What the findings of near rules may depend on: their own reach, that of rules that may claim the same bytes, and what those look
 * at. Whether there is a claim at all depends on NEAR alone.
 */
const NEAR_DEPENDENCE = 3 * NEAR;
const FAR_DEPENDENCE = 2 * CONTEXT + NEAR;

function hash(bytes: Uint8Array, from: number, to: number): number {
  const edges = (from < 0 ? 1 : 0) + (to > bytes.length ? 2 : 0);
  const sum = crc32(bytes.subarray(Math.max(0, from), Math.min(to, bytes.length)), edges);
  return (sum ^ (sum >>> 15)) >>> 0;
}

export class FakeDetector {
  readonly #rules: readonly FakeRule[];

  constructor(rules: readonly FakeRule[] = FAKE_RULES) {
    this.#rules = rules;
  }

  look(chunk: Chunk): Looked {
    const bytes = Buffer.from(chunk.bytes.buffer, chunk.bytes.byteOffset, chunk.bytes.length);
    const found: { rule: FakeRule; start: number; end: number }[] = [];
    const far: number[] = [];
    const beaten: number[] = [];
    for (const rule of this.#rules) {
      for (const range of chunk.ranges) {
        for (
          let at = bytes.indexOf(rule.literal, range.from);
          at >= 0 && at < range.to;
          at = bytes.indexOf(rule.literal, at + 1)
        ) {
          if (rule.far) far.push(at);
          if (!rule.far && hash(bytes, at - NEAR, at + NEAR) % rule.rarity !== 0) continue;
          const radius = rule.far ? FAR_DEPENDENCE : NEAR_DEPENDENCE;
          const sum = hash(bytes, at - radius, at + radius);
          if (sum % (rule.far ? rule.rarity : 2) !== 0) {
            if (!rule.far) beaten.push(at);
            continue;
          }
          const reach = rule.far ? CONTEXT : NEAR;
          const low = Math.max(0, at - reach);
          const high = Math.min(bytes.length, at + reach);
          const start = low + ((sum >>> 4) % Math.max(1, at - low));
          const end = Math.min(high, start + 1 + ((sum >>> 9) % (rule.far ? 5000 : 60)));
          found.push({ rule, start, end });
        }
      }
    }
    found.sort((a, b) => a.start - b.start || a.end - b.end || (a.rule.id < b.rule.id ? -1 : 1));
    const once = found.filter((one, i) => {
      const before = found[i - 1];
      return !(before && before.start === one.start && before.end === one.end && before.rule === one.rule);
    });
    return {
      findings: once.map(({ rule, start, end }) => findingOf(rule.id, chunk.origin, bytes, start, end)),
      far: far.sort((a, b) => a - b),
      ...(beaten.length === 0 ? {} : { beaten: beaten.sort((a, b) => a - b) }),
    };
  }
}

function findingOf(id: string, origin: Origin, bytes: Buffer, start: number, end: number): Finding {
  const before = bytes.subarray(0, start);
  let line = 1;
  for (let at = before.indexOf(10); at >= 0; at = before.indexOf(10, at + 1)) line++;
  let endLine = line;
  for (let at = bytes.indexOf(10, start); at >= 0 && at < end - 1; at = bytes.indexOf(10, at + 1)) endLine++;
  const lineStart = before.lastIndexOf(10) + 1;
  const column = 1 + new TextDecoder('utf-8', { ignoreBOM: true }).decode(before.subarray(lineStart)).length;
  return {
    rule: { id, title: id, severity: 'low' },
    services: [],
    secret: new Secret(bytes.toString('latin1', start, end)),
    parts: {},
    environment: 'unknown',
    allowed: false,
    origin,
    span: { start, end, line, column, endLine },
  };
}

/** A detector, as far as a notebook asks it. */
export interface Looking {
  look(chunk: Chunk): Looked;
}

/** Everything that a reader pushed, in a form that can be compared. */
export class Notebook implements Sink {
  readonly lines: string[] = [];
  readonly skipped: Skipped[] = [];
  readonly counts = { bytes: 0, blobs: 0, commits: 0, binary: 0 };
  looks = 0;
  inherited = 0;
  /** Objects that were looked at or inherited in, by id. */
  readonly seen = new Map<string, number>();
  readonly #detector: Looking;
  readonly #reveal: (secret: Secret) => string;

  constructor(reveal: (secret: Secret) => string, detector: Looking = new FakeDetector()) {
    this.#detector = detector;
    this.#reveal = reveal;
  }

  look(chunk: Chunk): Looked {
    this.looks += 1;
    if ('oid' in chunk.origin) this.seen.set(chunk.origin.oid, (this.seen.get(chunk.origin.oid) ?? 0) + 1);
    const looked = this.#detector.look(chunk);
    for (const finding of looked.findings) this.#note(finding, chunk.origin, finding.span);
    return looked;
  }

  inherit(finding: Finding, origin: Origin, span: Span): void {
    this.inherited += 1;
    this.#note(finding, origin, span);
  }

  skip(skipped: Skipped): void {
    this.skipped.push(skipped);
  }

  advance(step: { bytes?: number; blobs?: number; commits?: number; binary?: number }): void {
    this.counts.bytes += step.bytes ?? 0;
    this.counts.blobs += step.blobs ?? 0;
    this.counts.commits += step.commits ?? 0;
    this.counts.binary += step.binary ?? 0;
  }

  #note(finding: Finding, origin: Origin, span: Span): void {
    const where = 'oid' in origin ? `${origin.kind} ${origin.oid}` : origin.path;
    const { start, end, line, column, endLine } = span;
    const secret = this.#reveal(finding.secret);
    this.lines.push(`${where} ${finding.rule.id} ${start}-${end} ${line}:${column}-${endLine} ${secret}`);
  }
}
