// Walks the delta trees of a pack, depth first: every object is inflated once, made once and shown once. Only those that
// still have descendants to come stay in the arena, in the order of the way down.

import { HEAD, kindOf } from '../text.ts';
import { Arena, type Placed } from './arena.ts';
import { Damage } from './damage.ts';
import { type Engine, reason, SLACK } from './engine.ts';
import { type Forest, NONE } from './forest.ts';
import { BLOB, OFS_DELTA, REF_DELTA } from './headers.ts';
import { oidOf, type Unread } from './plan.ts';
import { SHORT, TOO_LONG, type Window } from './window.ts';

/** A pack as it is walked. */
export interface Grove extends Pick<Forest, 'children' | 'siblings'> {
  readonly offsets: Float64Array;
  readonly names: Uint32Array;
  readonly oids: Uint8Array;
}

/** Takes every object in its turn; what it makes of one is at hand for those that are deltas of it. */
export interface Taker<T> {
  /** Whether objects of this type are taken. */
  takes(kind: number): boolean;
  /** Whether an object was taken elsewhere, and only its descendants are of interest. */
  done(index: number): boolean;
  /** A large blob without descendants, which its first bytes show to be binary. */
  binary(size: number): void;
  /** The object at an address, until the next one comes. */
  take(kind: number, index: number, at: number, size: number, base: Base<T> | undefined): T;
}

export interface Base<T> {
  readonly at: number;
  readonly size: number;
  /** Undefined where it was done. */
  readonly made: T | undefined;
}

/** An object that is waiting for its descendants. */
interface Waiting<T> extends Placed, Base<T> {
  at: number;
  /** The child that is next. */
  next: number;
}

/** The delta that the object being taken was made by. */
export interface LastDelta {
  at: number;
  length: number;
  /** Number of ranges that the engine left. */
  changes: number;
}

/** Roots larger than this without descendants are judged by their first bytes before the rest is inflated. */
const PEEK_ABOVE = 32 * 1024;

export class Trees<T> {
  readonly delta: LastDelta = { at: 0, length: 0, changes: 0 };
  readonly #engine: Engine;
  readonly #window: Window;
  readonly #pack: Grove;
  readonly #taker: Taker<T>;
  readonly #unread: Unread[];
  readonly #arena: Arena<Waiting<T>>;
  #kind = 0;
  /** Set by #source. */
  #from = 0;
  #length = 0;
  #type = 0;
  #size = 0;
  constructor(engine: Engine, window: Window, pack: Grove, taker: Taker<T>, unread: Unread[]) {
    this.#engine = engine;
    this.#window = window;
    this.#pack = pack;
    this.#taker = taker;
    this.#unread = unread;
    this.#arena = new Arena(engine);
  }

  walk(root: number): void {
    const { siblings } = this.#pack;
    const { way } = this.#arena;
    way.length = 0;
    this.#kind = 0;
    this.#read(root, undefined);
    for (let parent = way.at(-1); parent; parent = way.at(-1)) {
      const child = parent.next;
      if (child < 0) {
        way.pop();
        continue;
      }
      parent.next = siblings[child] ?? NONE;
      this.#read(child, parent);
    }
  }

  #read(index: number, parent: Waiting<T> | undefined): void {
    if (this.#isLeaf(index) && this.#taker.done(index)) return;
    this.#arena.reset();
    try {
      const waiting = parent ? this.#delta(index, parent) : this.#root(index);
      if (!waiting) return;
      // The parent that has shown its last child makes room.
      if (parent && parent.next < 0) this.#arena.way.pop();
      this.#arena.way.push(waiting);
    } catch (error) {
      if (!(error instanceof Damage)) throw error;
      this.giveUp(index, error.message);
    }
  }

  #root(index: number): Waiting<T> | undefined {
    this.#source(index);
    const kind = this.#type;
    const size = this.#size;
    if (!this.#taker.takes(kind)) throw new Damage('its type is not what it was');
    this.#kind = kind;
    if (this.#isLeaf(index) && kind === BLOB && size > PEEK_ABOVE && this.#isBinary()) {
      this.#taker.binary(size);
      return undefined;
    }
    const source = this.#inPlace();
    const at = this.#arena.room(size, true);
    const status = this.#engine.inflate(source, this.#length, at, size);
    if (status < 0) throw new Damage(reason(status));
    return this.#take(index, at, size, undefined);
  }

  #delta(index: number, parent: Waiting<T>): Waiting<T> | undefined {
    const engine = this.#engine;
    this.#source(index);
    if (this.#type !== OFS_DELTA && this.#type !== REF_DELTA) throw new Damage('its type is not what it was');
    const source = this.#inPlace();
    const length = this.#size;
    const delta = this.#arena.below(length);
    let status = engine.inflate(source, this.#length, delta, length);
    if (status < 0) throw new Damage(reason(status));
    const size = engine.madeSize(delta, length, parent.size);
    if (size < 0) throw new Damage(reason(size));
    const at = this.#arena.room(size, parent.next < 0 || this.#isLeaf(index));
    status = engine.apply(parent.at, parent.size, delta, length, at, size);
    if (status < 0) throw new Damage(reason(status));
    this.delta.changes = status;
    this.delta.at = delta;
    this.delta.length = length;
    return this.#take(index, at, size, parent);
  }

  #take(index: number, at: number, size: number, parent: Waiting<T> | undefined): Waiting<T> | undefined {
    const made = this.#taker.done(index) ? undefined : this.#taker.take(this.#kind, index, at, size, parent);
    const next = this.#pack.children[index] ?? NONE;
    return next < 0 ? undefined : { at, size, made, next };
  }

  #isLeaf(index: number): boolean {
    return this.#pack.children[index] === NONE;
  }

  /** Reads an object's header: type, size and where its compressed bytes are. */
  #source(index: number): void {
    const { offsets } = this.#pack;
    const { memory } = this.#engine;
    const offset = offsets[index] ?? 0;
    const all = (offsets[index + 1] ?? 0) - offset;
    const start = this.#window.at(offset, Math.min(all, 64));
    if (start === SHORT) throw new Damage('the pack ends before it');
    let at = start;
    let byte = memory[at++] ?? 0;
    this.#type = (byte >> 4) & 7;
    let size = byte & 15;
    for (let power = 4; byte & 0x80; power += 7) {
      if (power > 46) throw new Damage('its header is damaged');
      byte = memory[at++] ?? 0;
      size += (byte & 0x7f) * 2 ** power;
    }
    this.#size = size;
    if (this.#type === OFS_DELTA) {
      do byte = memory[at++] ?? 0;
      while (byte & 0x80 && at < start + 64);
    } else if (this.#type === REF_DELTA) at += 20;
    this.#from = offset + (at - start);
    this.#length = all - (at - start);
    if (this.#length <= 0) throw new Damage('its header is damaged');
  }

  /** Address of the compressed bytes: in the window, or at the arena's end where they are many. */
  #inPlace(): number {
    const found = this.#window.at(this.#from, this.#length);
    if (found === SHORT) throw new Damage('the pack ends before it');
    if (found !== TOO_LONG) return found;
    const address = this.#arena.below(this.#length);
    if (!this.#window.readTo(address, this.#from, this.#length)) throw new Damage('the pack ends before it');
    return address;
  }

  #isBinary(): boolean {
    const { arena, memory } = this.#engine;
    const some = Math.min(this.#length, 2 * HEAD);
    const source = this.#window.at(this.#from, some);
    if (source < 0) throw new Damage('the pack ends before it');
    if (arena.from + HEAD + SLACK > arena.to) return false;
    const got = this.#engine.peek(source, some, arena.from, HEAD);
    return got >= HEAD && kindOf(memory.subarray(arena.from, arena.from + HEAD)) === 'binary';
  }

  /** An object that cannot be read takes its descendants along. */
  giveUp(index: number, why: string): void {
    const { children, siblings } = this.#pack;
    const open = [index];
    for (let one = open.pop(); one !== undefined; one = open.pop()) {
      if (!this.#taker.done(one))
        this.#unread.push({
          oid: oidOf(this.#pack.oids, this.#pack.names[one] ?? 0),
          why: one === index ? why : 'its base could not be read',
        });
      for (let child = children[one] ?? NONE; child >= 0; child = siblings[child] ?? NONE) open.push(child);
    }
  }
}
