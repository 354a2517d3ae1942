import {
  type Chunk,
  CONTEXT,
  type Finding,
  type Looked,
  NEAR,
  type Origin,
  type Sink,
  type Skipped,
  type Span,
} from '../../src/model/index.ts';

export interface Heard {
  readonly rule: 'near' | 'far' | 'back' | 'pair';
  readonly text: string;
  readonly origin: Origin;
  readonly span: Span;
}

interface Rule {
  readonly name: Heard['rule'];
  readonly literal: string;
  readonly pattern: RegExp;
  readonly reach: number;
}

// As detect/ will be: a rule is looked at around its literal alone, as far as it reaches.
// `far` reaches forward from its literal, `back` backward.
const RULES: readonly Rule[] = [
  { name: 'near', literal: 'key_', pattern: /key_[a-z0-9]{6,10}(?![a-z0-9])/dg, reach: NEAR },
  {
    name: 'pair',
    literal: 'id_',
    pattern: /id_[a-z0-9]{4}(?![a-z0-9])(?:[^_]{0,300}?half_[0-9]{4})?/dg,
    reach: NEAR,
  },
  { name: 'far', literal: 'BEGIN', pattern: /BEGIN[\s\S]{0,16300}?END/dg, reach: CONTEXT },
  { name: 'back', literal: 'FINISH', pattern: /START[\s\S]{0,16300}?FINISH/dg, reach: CONTEXT },
];

/** A sink that looks for three made-up rules with exact places, and remembers all it is told. */
export class Listener implements Sink {
  readonly heard: Heard[] = [];
  readonly skipped: Skipped[] = [];
  readonly chunks: Omit<Chunk, 'bytes'>[] = [];
  readonly total = { bytes: 0, files: 0, blobs: 0, commits: 0, binary: 0 };
  readonly #waiting: { rule: Heard['rule']; resolve: () => void }[] = [];

  look(chunk: Chunk): Looked {
    const { bytes: _bytes, ...about } = chunk;
    this.chunks.push(about);
    const text = Buffer.from(chunk.bytes.buffer, chunk.bytes.byteOffset, chunk.bytes.length);
    const far: number[] = [];
    for (const { from, to } of chunk.ranges) {
      if (from < 0 || to > text.length || from > to)
        throw new RangeError(`range ${from}..${to} of ${text.length}`);
      for (const rule of RULES) {
        for (
          let at = text.indexOf(rule.literal, from);
          at >= 0 && at < to;
          at = text.indexOf(rule.literal, at + 1)
        ) {
          if (rule.reach > NEAR) far.push(chunk.offset + at);
          this.#match(chunk, text, rule, at);
        }
      }
    }
    return { findings: [], far };
  }

  inherit(_finding: Finding, _origin: Origin, _span: Span): void {
    throw new Error('nothing is inherited when every text is read whole');
  }

  skip(skipped: Skipped): void {
    this.skipped.push(skipped);
  }

  advance(step: Partial<Listener['total']>): void {
    for (const name of ['bytes', 'files', 'blobs', 'commits', 'binary'] as const)
      this.total[name] += step[name] ?? 0;
  }

  /** Resolves with the next thing that a rule finds. */
  async next(rule: Heard['rule']): Promise<void> {
    const { promise, resolve } = Promise.withResolvers<void>();
    this.#waiting.push({ rule, resolve });
    await promise;
  }

  /** Distinct findings as lines, sorted. */
  get found(): string[] {
    const shown = this.heard.map(
      ({ rule, text, span }) =>
        `${span.start} ${span.line}:${span.column} ${rule} ${text.length > 99 ? text.length : text}`,
    );
    return [...new Set(shown)].sort();
  }

  /** What was found, and in which origin: `file:path`, `blob`, `commit`. */
  get places(): string[] {
    return [...new Set(this.heard.map(({ origin, text }) => `${nameOf(origin)} ${text}`))].sort();
  }

  #match(chunk: Chunk, text: Buffer, rule: Rule, at: number): void {
    const from = Math.max(0, at - rule.reach);
    const window = text.toString('latin1', from, Math.min(text.length, at + rule.reach));
    for (const match of window.matchAll(rule.pattern)) {
      const start = from + match.index;
      const end = start + match[0].length;
      if (start > at || end <= at) continue;
      if (chunk.within && !chunk.within.some((range) => range.from < end && range.to > start)) continue;
      this.heard.push({
        rule: rule.name,
        text: match[0],
        origin: chunk.origin,
        span: spanOf(chunk, text, start, end),
      });
      const waiting = this.#waiting.findIndex((one) => one.rule === rule.name);
      if (waiting >= 0) this.#waiting.splice(waiting, 1)[0]?.resolve();
    }
  }
}

function spanOf(chunk: Chunk, text: Buffer, from: number, to: number): Span {
  const newline = from === 0 ? -1 : text.lastIndexOf(0x0a, from - 1);
  const before = text.toString('utf8', newline + 1, from).length;
  const line = chunk.line + linesIn(text.subarray(0, from));
  return {
    start: chunk.offset + from,
    end: chunk.offset + to,
    line,
    column: (newline < 0 ? chunk.column : 1) + before,
    endLine: line + linesIn(text.subarray(from, to)),
  };
}

function linesIn(bytes: Buffer): number {
  let lines = 0;
  for (let at = bytes.indexOf(0x0a); at >= 0; at = bytes.indexOf(0x0a, at + 1)) lines += 1;
  return lines;
}

function nameOf(origin: Origin): string {
  switch (origin.kind) {
    case 'file':
    case 'stream':
      return `${origin.kind}:${origin.path}`;
    case 'hosted':
      return `hosted:${origin.path}`;
    case 'blob':
      return 'blob';
    case 'message':
      return origin.of;
  }
}
