// Which objects another pack has shown already: an open hash table over names that stay where they are.

import type { Headers } from './headers.ts';
import { type Idx, OID } from './idx.ts';

const MOST = 2 ** 22;
const NONE = new Uint8Array(0);

export class Known {
  /** Names by pack. */
  readonly #packs: Uint8Array[] = [];
  #slots = new Int32Array(1024);
  #used = 0;
  /** Pack and position of each object in the table, by number. */
  #pack = new Uint32Array(512);
  #name = new Uint32Array(512);

  /** Takes in a pack; gives which of its objects (by position in the pack) were there before. Shared memory. */
  add(idx: Idx, headers: Headers | undefined): Uint8Array {
    const shown = new Uint8Array(new SharedArrayBuffer(headers ? idx.count : 0));
    this.#packs.push(idx.oids);
    this.#reserve(this.#used + idx.count);
    const before = new Uint8Array(idx.count);
    for (let name = 0; name < idx.count; name++)
      if (this.#insert(this.#packs.length - 1, name)) before[name] = 1;
    for (let i = 0; i < shown.length; i++) shown[i] = before[headers?.names[i] ?? 0] ?? 0;
    return shown;
  }

  #insert(pack: number, name: number): boolean {
    const oids = this.#packs[pack] ?? NONE;
    const mask = this.#slots.length - 1;
    let slot = hash(oids, name * OID) & mask;
    for (let number = this.#slots[slot] ?? 0; number > 0; number = this.#slots[slot] ?? 0) {
      const other = this.#packs[this.#pack[number - 1] ?? 0];
      if (other && equal(other, (this.#name[number - 1] ?? 0) * OID, oids, name * OID)) return true;
      slot = (slot + 1) & mask;
    }
    this.#pack[this.#used] = pack;
    this.#name[this.#used] = name;
    this.#used += 1;
    this.#slots[slot] = this.#used;
    return false;
  }

  #reserve(count: number): void {
    if (count <= this.#name.length) return;
    const room = Math.max(count, Math.min(2 * this.#name.length, this.#name.length + MOST));
    const packs = new Uint32Array(room);
    packs.set(this.#pack);
    this.#pack = packs;
    const names = new Uint32Array(room);
    names.set(this.#name);
    this.#name = names;
    let size = this.#slots.length;
    while (size < 2 * room) size *= 2;
    this.#slots = new Int32Array(size);
    for (let number = 1; number <= this.#used; number++) {
      const oids = this.#packs[this.#pack[number - 1] ?? 0] ?? NONE;
      let slot = hash(oids, (this.#name[number - 1] ?? 0) * OID) & (size - 1);
      while (this.#slots[slot] !== 0) slot = (slot + 1) & (size - 1);
      this.#slots[slot] = number;
    }
  }
}

/** Names are random already. */
function hash(oids: Uint8Array, at: number): number {
  return (
    (oids[at] ?? 0) | ((oids[at + 1] ?? 0) << 8) | ((oids[at + 2] ?? 0) << 16) | ((oids[at + 3] ?? 0) << 24)
  );
}

function equal(a: Uint8Array, atA: number, b: Uint8Array, atB: number): boolean {
  for (let i = 0; i < OID; i++) if (a[atA + i] !== b[atB + i]) return false;
  return true;
}
