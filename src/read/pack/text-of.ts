// Shows the blobs and messages of a pack as they are walked: each whole, or where it is not what it was made of.

import { type Copied, copiedBy } from './delta.ts';
import type { Engine } from './engine.ts';
import { NOTHING } from './follow.ts';
import { BLOB, COMMIT, TAG } from './headers.ts';
import { oidOf, type PackTable } from './plan.ts';
import type { Before, Showing, Shown } from './showing.ts';
import type { Base, LastDelta, Taker } from './trees.ts';

export class TextOf implements Taker<Shown> {
  /** Of the walk that this takes from. */
  delta: LastDelta = { at: 0, length: 0, changes: 0 };
  readonly #pack: PackTable;
  readonly #showing: Showing;
  /** One for all objects: there are many. */
  readonly #before: { seen: NonNullable<Shown>; size: number; changes: number } & Pick<Before, 'copied'>;

  constructor(engine: Engine, pack: PackTable, showing: Showing) {
    this.#pack = pack;
    this.#showing = showing;
    this.#before = {
      seen: NOTHING,
      size: 0,
      changes: 0,
      copied: (from: number, to: number): Copied[] =>
        copiedBy(engine.memory.subarray(this.delta.at, this.delta.at + this.delta.length), from, to),
    };
  }

  takes(kind: number): boolean {
    return kind === BLOB || kind === COMMIT || kind === TAG;
  }

  done(index: number): boolean {
    return this.#pack.shown[index] === 1;
  }

  binary(size: number): void {
    this.#showing.binary(size);
  }

  take(kind: number, index: number, at: number, size: number, base: Base<Shown> | undefined): Shown {
    let before: Before | undefined;
    if (base?.made) {
      before = this.#before;
      this.#before.seen = base.made;
      this.#before.size = base.size;
      this.#before.changes = this.delta.changes;
    }
    const { oids, names } = this.#pack;
    return this.#showing.show(kind, () => oidOf(oids, names[index] ?? 0), at, size, before);
  }
}
