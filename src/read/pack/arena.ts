// Room for objects. From below lie those that wait for their descendants, in the order of the way down; at the end, for a
// moment, a delta and compressed bytes that do not fit the window.

import { Damage } from './damage.ts';
import { type Engine, SLACK } from './engine.ts';

/** Something that keeps its place while it waits. */
export interface Placed {
  at: number;
  readonly size: number;
}

export class Arena<T extends Placed> {
  /** What is waiting; the last one is the parent of what is made now. */
  readonly way: T[] = [];
  readonly #engine: Engine;
  #ceiling: number;

  constructor(engine: Engine) {
    this.#engine = engine;
    this.#ceiling = engine.arena.to;
  }

  /** Gives back what `below` took. */
  reset(): void {
    this.#ceiling = this.#engine.arena.to;
  }

  /** Room at the end, until `reset`. */
  below(size: number): number {
    const at = this.#ceiling - SLACK - size;
    if (at < this.#floor() && this.#compact() > at) throw tooLarge();
    this.#ceiling = at;
    return at;
  }

  /** @param anywhere below the parent too, where there is a gap: it is done with, or the new object will not wait */
  room(size: number, anywhere: boolean): number {
    const need = size + SLACK;
    if (anywhere) {
      const parent = this.way.at(-1);
      const before = this.way.at(-2);
      const gap = before ? before.at + before.size + SLACK : this.#engine.arena.from;
      if (parent && gap + need <= parent.at) return gap;
    }
    const floor = this.#floor();
    if (floor + need <= this.#ceiling) return floor;
    const compacted = this.#compact();
    if (compacted + need > this.#ceiling) throw tooLarge();
    return compacted;
  }

  #floor(): number {
    const last = this.way.at(-1);
    return last ? last.at + last.size + SLACK : this.#engine.arena.from;
  }

  /** Moves what is waiting together; gives where free room begins. */
  #compact(): number {
    const { memory, arena } = this.#engine;
    let to = arena.from;
    for (const placed of this.way) {
      if (placed.at > to) {
        memory.copyWithin(to, placed.at, placed.at + placed.size);
        placed.at = to;
      }
      to = placed.at + placed.size + SLACK;
    }
    return to;
  }
}

function tooLarge(): Damage {
  return new Damage('it is too large for this reader');
}
