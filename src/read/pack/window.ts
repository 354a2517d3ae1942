// Packs may be larger than memory: their bytes come through a fixed number of pages, the least recently asked for gives way.

import { closeSync, openSync, readSync } from 'node:fs';
import type { Region } from './engine.ts';

/** Objects that are deltas of each other lie anywhere in a large pack: larger pages would bring more of what nobody asks for. */
const PAGE = 16 * 1024;
/** A page holds so many bytes of the next one too, so that a small object never lies across two. */
const OVERLAP = 4 * 1024;
const SLOT = PAGE + OVERLAP;
/** One piece of a pack up to this size is handed out in one piece. */
const BRIDGE = 1024 * 1024;
const SPARE = 64;
/** Packs that are held open. */
const OPEN = 16;

/** How many bytes a window with so many pages needs. */
export function windowBytes(pages: number): number {
  return pages * (SLOT + SPARE) + BRIDGE + SPARE;
}

/** Answer of `at`: what was asked for is more than the window gives in one piece. */
export const TOO_LONG = -1;
/** Answer of `at`: the file ends before. */
export const SHORT = -2;

interface PackFile {
  readonly fd: number;
  /** Slot of each page, -1 where it is not in memory. */
  readonly slotOf: Int32Array;
}

export class Window {
  readonly #memory: Buffer;
  readonly #from: number;
  readonly #bridge: number;
  readonly #files = new Map<string, PackFile>();
  readonly #owner: (PackFile | undefined)[];
  readonly #page: Float64Array;
  readonly #length: Int32Array;
  readonly #asked: Uint8Array;
  #hand = 0;
  #file: PackFile | undefined;

  constructor(memory: Buffer, region: Region) {
    this.#memory = memory;
    this.#bridge = region.from;
    this.#from = region.from + BRIDGE + SPARE;
    const slots = Math.floor((region.to - this.#from) / (SLOT + SPARE));
    this.#owner = Array.from({ length: slots });
    this.#page = new Float64Array(slots);
    this.#length = new Int32Array(slots);
    this.#asked = new Uint8Array(slots);
  }

  /** Turns to a pack; throws where it cannot be opened. */
  open(path: string, size: number): void {
    let file = this.#files.get(path);
    if (file) this.#files.delete(path);
    else {
      if (this.#files.size >= OPEN) this.#closeOldest();
      file = { fd: openSync(path, 'r'), slotOf: new Int32Array(Math.ceil(size / PAGE)).fill(-1) };
    }
    this.#files.set(path, file);
    this.#file = file;
  }

  /** Address of `length` bytes of the pack from `offset`: valid until the next call. */
  at(offset: number, length: number): number {
    const file = this.#file;
    if (!file) return SHORT;
    const page = Math.floor(offset / PAGE);
    const within = offset - page * PAGE;
    if (within + length > SLOT) {
      if (length > BRIDGE) return TOO_LONG;
      return this.readTo(this.#bridge, offset, length) ? this.#bridge : SHORT;
    }
    let slot = file.slotOf[page] ?? -1;
    if (slot < 0) slot = this.#load(file, page);
    this.#asked[slot] = 1;
    if (within + length > (this.#length[slot] ?? 0)) return SHORT;
    return this.#from + slot * (SLOT + SPARE) + within;
  }

  /** Reads bytes of the pack to an address outside of the window. */
  readTo(address: number, offset: number, length: number): boolean {
    return this.#file !== undefined && this.#read(this.#file, address, offset, length) === length;
  }

  close(): void {
    while (this.#files.size > 0) this.#closeOldest();
    this.#file = undefined;
  }

  #closeOldest(): void {
    const [oldest] = this.#files;
    if (!oldest) return;
    const [path, file] = oldest;
    this.#files.delete(path);
    for (const [slot, owner] of this.#owner.entries()) if (owner === file) this.#owner[slot] = undefined;
    closeSync(file.fd);
  }

  #read(file: PackFile, address: number, offset: number, length: number): number {
    let done = 0;
    while (done < length) {
      const got = readSync(file.fd, this.#memory, address + done, length - done, offset + done);
      if (got === 0) break;
      done += got;
    }
    return done;
  }

  #load(file: PackFile, page: number): number {
    const slot = this.#free();
    const length = this.#read(file, this.#from + slot * (SLOT + SPARE), page * PAGE, SLOT);
    this.#owner[slot] = file;
    this.#page[slot] = page;
    this.#length[slot] = length;
    file.slotOf[page] = slot;
    return slot;
  }

  /** The next slot that nobody asked for since the hand passed. */
  #free(): number {
    while (this.#asked[this.#hand] === 1) {
      this.#asked[this.#hand] = 0;
      this.#hand = (this.#hand + 1) % this.#owner.length;
    }
    const slot = this.#hand;
    this.#hand = (slot + 1) % this.#owner.length;
    const owner = this.#owner[slot];
    if (owner) owner.slotOf[this.#page[slot] ?? 0] = -1;
    this.#owner[slot] = undefined;
    return slot;
  }
}
