import type { Detector } from '../detect/index.ts';
import type {
  Chunk,
  Finding,
  Fingerprint,
  FingerprintKey,
  Looked,
  Origin,
  Sink,
  Skipped,
  Span,
} from '../model/index.ts';

/** Where one secret was seen, before anybody asked git for names. */
export interface Sighting {
  readonly origin: Origin;
  readonly span: Span;
}

/** All sightings of one secret in one target. */
export interface Sighted {
  readonly id: Fingerprint;
  finding: Finding;
  readonly sightings: Sighting[];
}

/** What was read: grows while the readers run. */
export interface Tally {
  bytes: number;
  files: number;
  blobs: number;
  commits: number;
  binary: number;
  readonly skipped: Skipped[];
}

export function emptyTally(): Tally {
  return { bytes: 0, files: 0, blobs: 0, commits: 0, binary: 0, skipped: [] };
}

/**
 * The sink that a reader pushes to: looks, and gathers by secret what was seen. A stream may never end, so what it gives
 * is handed on at once through `early`, and only its fingerprint is kept.
 */
export class Collector implements Sink {
  readonly secrets = new Map<Fingerprint, Sighted>();
  readonly #detector: Detector;
  readonly #key: FingerprintKey;
  readonly #tally: Tally;
  readonly #early: (sighted: Sighted) => void;

  constructor(detector: Detector, key: FingerprintKey, tally: Tally, early: (sighted: Sighted) => void) {
    this.#detector = detector;
    this.#key = key;
    this.#tally = tally;
    this.#early = early;
  }

  look(chunk: Chunk): Looked {
    const looked = this.#detector.look(chunk);
    for (const finding of looked.findings)
      if (counts(finding, chunk)) this.#add(finding, finding.origin, finding.span);
    return looked;
  }

  inherit(finding: Finding, origin: Origin, span: Span): void {
    this.#add(finding, origin, span);
  }

  skip(skipped: Skipped): void {
    this.#tally.skipped.push(skipped);
  }

  advance(step: Parameters<Sink['advance']>[0]): void {
    this.#tally.bytes += step.bytes ?? 0;
    this.#tally.files += step.files ?? 0;
    this.#tally.blobs += step.blobs ?? 0;
    this.#tally.commits += step.commits ?? 0;
    this.#tally.binary += step.binary ?? 0;
  }

  #add(finding: Finding, origin: Origin, span: Span): void {
    const id = this.#key.fingerprint(finding.secret);
    const known = this.secrets.get(id);
    if (origin.kind === 'stream') {
      if (known) return;
      this.secrets.set(id, { id, finding, sightings: [] });
      this.#early({ id, finding, sightings: [{ origin, span }] });
      return;
    }
    if (!known) {
      this.secrets.set(id, { id, finding, sightings: [{ origin, span }] });
      return;
    }
    known.sightings.push({ origin, span });
    if (better(finding, known.finding)) known.finding = finding;
  }
}

/** Staged files are shown whole, and only what the next commit would bring counts. */
function counts(finding: Finding, chunk: Chunk): boolean {
  const start = finding.span.start - chunk.offset;
  const end = finding.span.end - chunk.offset;
  return chunk.within?.some((range) => start < range.to && end > range.from) ?? true;
}

/** One secret can be claimed differently in two places; the choice must not depend on which was read first. */
function better(a: Finding, b: Finding): boolean {
  const difference = weight(a) - weight(b);
  if (difference !== 0) return difference > 0;
  return a.rule.id === b.rule.id ? compareSightings(a, b) < 0 : a.rule.id < b.rule.id;
}

/** An order that does not depend on which was read first. */
export function compareSightings(a: Sighting, b: Sighting): number {
  const [one, other] = [nameOf(a.origin), nameOf(b.origin)];
  return one < other ? -1 : one > other ? 1 : a.span.start - b.span.start;
}

function nameOf(origin: Origin): string {
  return `${origin.kind} ${'oid' in origin ? origin.oid : origin.path}`;
}

function weight(finding: Finding): number {
  return (
    (finding.services.length > 0 ? 4 : 0) +
    (Object.keys(finding.parts).length > 0 ? 2 : 0) +
    (finding.allowed ? 0 : 1)
  );
}
