// The law of this file: what is remembered changes how long a scan takes, and nothing that it says. Whatever does not fit
// (another version, a secret that does not stand where it stood) is read as if nothing had been known of it.

import { createHash } from 'node:crypto';
import type { Detector } from '../detect/index.ts';
import { type Chunk, CONTEXT, type Finding, type FingerprintKey, NEAR, type Sink } from '../model/index.ts';
import type { KnownStore, Memory, Recall, Shelf, Unread } from '../read/index.ts';
import { decodeSeen, encodeSeen, type SeenSecret, type SeenStore, type SeenUnit } from './seen-file.ts';
import { Sightings } from './sightings.ts';

export interface MemoryOptions {
  readonly shelf: Shelf;
  readonly detector: Detector;
  readonly key: FingerprintKey;
  /** Names all that decides what is found: the rules, and keyburn itself. Asked once, where something may be remembered. */
  readonly judgement: () => string;
}

export function createMemory({ shelf, detector, key, judgement }: MemoryOptions): Memory {
  let base: readonly string[] | undefined;
  return {
    shelf,
    async recall(store) {
      // Another key makes other fingerprints; its own would say nothing to anybody who has not the key.
      base ??= [judgement(), key.derived('what a machine remembers')];
      const name = `seen-${hashOf([...base, store.store])}`;
      const seen = read(shelf.get(name), store.repository);
      const examples = await reread(seen, store, detector, key);
      return new StoreRecall(seen, examples, key, (bytes) => shelf.put(name, bytes));
    },
  };
}

function hashOf(parts: readonly string[]): string {
  return createHash('sha256').update(parts.join('\0')).digest('hex');
}

const NOTHING: SeenStore = { digest: '', units: new Map() };

function read(bytes: Buffer | undefined, repository: string): SeenStore {
  try {
    return (bytes && decodeSeen(bytes, repository)) ?? NOTHING;
  } catch {
    return NOTHING;
  }
}

/** The findings that stand for the secrets, looked for again where they stood. */
async function reread(
  seen: SeenStore,
  store: KnownStore,
  detector: Detector,
  key: FingerprintKey,
): Promise<ReadonlyMap<string, Finding>> {
  const wanted = new Map<string, SeenSecret[]>();
  for (const { secrets } of seen.units.values())
    for (const secret of secrets) {
      const oid = oidOf(secret);
      const others = wanted.get(oid);
      if (others) others.push(secret);
      else wanted.set(oid, [secret]);
    }
  const found = new Map<string, Finding>();
  if (wanted.size === 0) return found;
  const sink: Sink = {
    look(chunk) {
      let missing = 'oid' in chunk.origin ? (wanted.get(chunk.origin.oid) ?? []) : [];
      // Most rules look no further than NEAR.
      for (const reach of [NEAR, CONTEXT]) {
        missing = missing.filter((secret) => !found.has(nameOf(secret.id, secret.rule, secret.example)));
        if (missing.length === 0) break;
        for (const finding of detector.look({ ...chunk, ranges: around(missing, chunk, reach) }).findings)
          found.set(nameOf(key.fingerprint(finding.secret), finding.rule.id, finding), finding);
      }
      return { findings: [], far: [] };
    },
    inherit: () => undefined,
    skip: () => undefined,
    advance: () => undefined,
  };
  await store.reread([...wanted.keys()], sink);
  return found;
}

function oidOf({ example: { origin } }: SeenSecret): string {
  return 'oid' in origin ? origin.oid : '';
}

function nameOf(id: string, rule: string, { origin, span }: SeenSecret['example']): string {
  const of = origin.kind === 'message' ? origin.of : origin.kind;
  const at = [span.start, span.end, span.line, span.column, span.endLine];
  return `${id} ${rule} ${of} ${'oid' in origin ? origin.oid : ''} ${at.join()}`;
}

/** Where the anchors of the secrets can stand. */
function around(secrets: readonly SeenSecret[], { ranges, offset }: Chunk, reach: number): Chunk['ranges'] {
  return secrets.flatMap(({ example: { span } }) =>
    ranges.flatMap((range) => {
      const from = Math.max(range.from, span.start - offset - reach);
      const to = Math.min(range.to, span.end - offset + reach);
      return from < to ? [{ from, to }] : [];
    }),
  );
}

class StoreRecall implements Recall {
  readonly order: readonly string[];
  readonly #seen: SeenStore;
  readonly #examples: ReadonlyMap<string, Finding>;
  readonly #key: FingerprintKey;
  readonly #put: (bytes: Uint8Array) => void;
  readonly #pushed = new Set<string>();
  /** Units that this run reads. */
  readonly #records = new Map<string, UnitRecord>();

  constructor(
    seen: SeenStore,
    examples: ReadonlyMap<string, Finding>,
    key: FingerprintKey,
    put: (bytes: Uint8Array) => void,
  ) {
    this.#seen = seen;
    this.#examples = examples;
    this.#key = key;
    this.#put = put;
    this.order = [...seen.units.keys()];
  }

  whole(digest: string): readonly string[] | undefined {
    if (this.#seen.digest !== digest) return undefined;
    const before = new Set<string>();
    return this.order.every((unit) => this.knows(unit, before) && before.add(unit)) ? this.order : undefined;
  }

  knows(unit: string, before: ReadonlySet<string>): boolean {
    const seen = this.#seen.units.get(unit);
    if (!seen?.behind.every((other) => before.has(other))) return false;
    return seen.secrets.every((secret) => this.#findingOf(secret) !== undefined);
  }

  push(unit: string, sink: Sink): readonly Unread[] {
    const seen = this.#seen.units.get(unit);
    if (!seen) throw new Error(`${unit} is not known`);
    for (const secret of seen.secrets) {
      const finding = this.#findingOf(secret);
      if (!finding) throw new Error(`${unit} is not known`);
      for (const { origin, span } of secret.sightings) sink.inherit(finding, origin, span);
    }
    sink.advance(seen.tally);
    this.#pushed.add(unit);
    return seen.unread;
  }

  record(unit: string, sink: Sink): Sink {
    const record = this.#recordOf(unit);
    return {
      look(chunk) {
        const looked = sink.look(chunk);
        for (const finding of looked.findings) record.sightings.add(finding, finding.origin, finding.span);
        return looked;
      },
      inherit(finding, origin, span) {
        record.sightings.add(finding, origin, span);
        sink.inherit(finding, origin, span);
      },
      skip(skipped) {
        record.whole = false;
        sink.skip(skipped);
      },
      advance(step) {
        record.advance(step);
        sink.advance(step);
      },
    };
  }

  unread(unit: string, objects: readonly Unread[]): void {
    this.#recordOf(unit).unread.push(...objects);
  }

  keep(digest: string, units: ReadonlyMap<string, readonly string[]>): void {
    // Nothing has been read, so nothing is new: the whole was known.
    if (units.size === 0 && digest === this.#seen.digest) return;
    const kept = new Map<string, SeenUnit>();
    let whole = true;
    for (const [unit, behind] of units) {
      const known = this.#pushed.has(unit) ? this.#seen.units.get(unit) : undefined;
      const made = known ?? this.#recordOf(unit).toUnit(behind);
      if (made) kept.set(unit, made);
      else whole = false;
    }
    this.#put(encodeSeen({ digest: whole ? digest : '', units: kept }));
  }

  #findingOf(secret: SeenSecret): Finding | undefined {
    return this.#examples.get(nameOf(secret.id, secret.rule, secret.example));
  }

  #recordOf(unit: string): UnitRecord {
    const made = this.#records.get(unit) ?? new UnitRecord(this.#key);
    this.#records.set(unit, made);
    return made;
  }
}

/** What one unit shows in this run. */
class UnitRecord {
  readonly sightings: Sightings;
  readonly unread: Unread[] = [];
  whole = true;
  readonly #tally = { bytes: 0, blobs: 0, commits: 0, binary: 0 };

  constructor(key: FingerprintKey) {
    this.sightings = new Sightings(key);
  }

  advance(step: Parameters<Sink['advance']>[0]): void {
    this.#tally.bytes += step.bytes ?? 0;
    this.#tally.blobs += step.blobs ?? 0;
    this.#tally.commits += step.commits ?? 0;
    this.#tally.binary += step.binary ?? 0;
  }

  toUnit(behind: readonly string[]): SeenUnit | undefined {
    if (!this.whole) return undefined;
    // By rule, so that a run that reads nothing knows every claim, too.
    const secrets = [...this.sightings.secrets.values()].flatMap(({ id, sightings, claims }) =>
      [...claims].map(([rule, { origin, span }]) => ({
        id,
        rule,
        example: { origin, span },
        sightings: claims.size === 1 ? sightings : sightings.filter((one) => one.rule === rule),
      })),
    );
    return { behind, tally: this.#tally, unread: this.unread, secrets };
  }
}
