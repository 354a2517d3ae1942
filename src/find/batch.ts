// What one worker tells of one job: plain data, because threads exchange nothing else.

import type { Outline, RuleSet, Search } from '../detect/index.ts';
import { type PackedSecret, packSecret, unpackSecret } from '../model/handover.ts';
import type { Finding, Origin, Secret, Sink, Skipped, Span } from '../model/index.ts';
import {
  type CensusJob,
  type CensusPart,
  type FileJobTold,
  type FilesJob,
  type Job,
  moved,
  type RangeJob,
  type Unread,
  type Way,
} from '../read/index.ts';

type PackedFinding = Omit<Finding, 'secret' | 'parts'> & {
  readonly secret: PackedSecret;
  readonly parts: Readonly<Record<string, PackedSecret>>;
};

export interface Batch {
  readonly findings: readonly PackedFinding[];
  /** `of`: index of the finding. */
  readonly sightings: readonly { readonly of: number; readonly origin: Origin; readonly span: Span }[];
  readonly skipped: readonly Skipped[];
  readonly step: Required<Parameters<Sink['advance']>[0]>;
  /** Of a job of a history. */
  readonly unread: readonly Unread[];
  /** Of a job of files. */
  readonly told?: FileJobTold;
  /** Of a job of a census. */
  readonly census?: CensusPart;
}

/** A job of a repository's history, of who brought what is in it, or of files. */
export type Task =
  | { readonly kind: 'history'; readonly repository: string; readonly job: Job }
  | { readonly kind: 'census'; readonly job: CensusJob }
  | FilesJob
  | RangeJob;

/** What every worker is made of. */
export interface WorkerData {
  readonly rules: RuleSet;
  readonly outlines: readonly Outline[];
  readonly search: Search;
}

/** To a worker. */
export interface Order {
  readonly number: number;
  readonly task: Task;
}

/** From a worker. */
export type Answer =
  | { readonly kind: 'done'; readonly number: number; readonly batch: Batch }
  | { readonly kind: 'failed'; readonly number: number; readonly why: string };

/** Gathers what a job shows, on the worker's side. */
export class Gathering {
  readonly #numbers = new Map<Finding, number>();
  readonly #findings: PackedFinding[] = [];
  readonly #sightings: { of: number; origin: Origin; span: Span }[] = [];
  readonly #skipped: Skipped[] = [];
  readonly #step = { bytes: 0, files: 0, blobs: 0, commits: 0, binary: 0 };

  add(finding: Finding, origin: Origin, span: Span): void {
    let of = this.#numbers.get(finding);
    if (of === undefined) {
      of = this.#findings.push(packed(finding)) - 1;
      this.#numbers.set(finding, of);
    }
    this.#sightings.push({ of, origin, span });
  }

  skip(skipped: Skipped): void {
    this.#skipped.push(skipped);
  }

  advance(step: Parameters<Sink['advance']>[0]): void {
    this.#step.bytes += step.bytes ?? 0;
    this.#step.files += step.files ?? 0;
    this.#step.blobs += step.blobs ?? 0;
    this.#step.commits += step.commits ?? 0;
    this.#step.binary += step.binary ?? 0;
  }

  batch(unread: readonly Unread[], told?: FileJobTold): Batch {
    return {
      ...(told === undefined ? {} : { told }),
      findings: this.#findings,
      sightings: this.#sightings,
      skipped: this.#skipped,
      step: this.#step,
      unread,
    };
  }
}

/** What was counted from where a way ends. */
export function moveBatch(batch: Batch, way: Way): Batch {
  return {
    ...batch,
    findings: batch.findings.map((finding) => ({ ...finding, span: moved(finding.span, way) })),
    sightings: batch.sightings.map((sighting) => ({ ...sighting, span: moved(sighting.span, way) })),
  };
}

/** Hands a batch on to the sink, on the main side. */
export function pushBatch(batch: Batch, sink: Sink): void {
  const findings = batch.findings.map(unpacked);
  const originOf = sharing();
  for (const { of, origin, span } of batch.sightings) {
    const finding = findings[of];
    if (finding !== undefined) sink.inherit(finding, originOf(origin), span);
  }
  for (const skipped of batch.skipped) sink.skip(skipped);
  sink.advance(batch.step);
}

/**
 * What comes from another thread has strings of its own: a key that stands in ten thousand versions of a file would have the
 * repository's name ten thousand times.
 */
function sharing(): (origin: Origin) => Origin {
  const known = new Map<Origin, Origin>();
  let repository = '';
  return (origin) => {
    if (origin.kind !== 'blob') return origin;
    const shared = known.get(origin);
    if (shared !== undefined) return shared;
    if (origin.repository !== repository) repository = origin.repository;
    const made: Origin = { kind: 'blob', repository, oid: origin.oid };
    known.set(origin, made);
    return made;
  };
}

function packed(finding: Finding): PackedFinding {
  return { ...finding, secret: packSecret(finding.secret), parts: each(finding.parts, packSecret) };
}

function unpacked(finding: PackedFinding): Finding {
  const parts: Readonly<Record<string, Secret>> = each(finding.parts, unpackSecret);
  return { ...finding, secret: unpackSecret(finding.secret), parts };
}

function each<A, B>(record: Readonly<Record<string, A>>, change: (value: A) => B): Record<string, B> {
  return Object.fromEntries(Object.entries(record).map(([name, value]) => [name, change(value)]));
}
