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
import { type Sighted, Sightings } from './sightings.ts';

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
  readonly #seen: Sightings;
  readonly #detector: Detector;
  readonly #tally: Tally;
  readonly #early: (sighted: Sighted) => void;

  constructor(detector: Detector, key: FingerprintKey, tally: Tally, early: (sighted: Sighted) => void) {
    this.#detector = detector;
    this.#seen = new Sightings(key);
    this.#tally = tally;
    this.#early = early;
  }

  get secrets(): ReadonlyMap<Fingerprint, Sighted> {
    return this.#seen.secrets;
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
    if (origin.kind !== 'stream') {
      this.#seen.add(finding, origin, span);
      return;
    }
    const id = this.#seen.idOf(finding);
    if (this.#seen.secrets.has(id)) return;
    const rule = finding.rule.id;
    const claims = new Map([[rule, finding]]);
    this.#seen.secrets.set(id, { id, finding, sightings: [], claims });
    this.#early({ id, finding, sightings: [{ origin, span, rule }], claims });
  }
}

/** Staged files are shown whole, and only what the next commit would bring counts. */
function counts(finding: Finding, chunk: Chunk): boolean {
  const start = finding.span.start - chunk.offset;
  const end = finding.span.end - chunk.offset;
  return chunk.within?.some((range) => start < range.to && end > range.from) ?? true;
}
