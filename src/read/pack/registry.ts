// Numbers of objects by name. Packs and loose objects are numbered through; where an object lies in two packs, the first
// stands for both.

import type { Numbered } from './census-plan.ts';
import { findOid, OID } from './idx.ts';
import { oidOf } from './plan.ts';

export class Registry {
  /** Numbers below it are objects. */
  readonly size: number;
  readonly #packs: readonly Numbered[];
  readonly #loose: ReadonlyMap<string, number>;
  #looseNames: ReadonlyMap<number, string> | undefined;
  /** By number, where there is more than one pack. */
  readonly #standing: Int32Array | undefined;

  /** @param loose numbers of loose objects that no pack has */
  constructor(packs: readonly Numbered[], loose: ReadonlyMap<string, number>, size: number) {
    this.#packs = packs;
    this.#loose = loose;
    this.size = size;
    this.#standing = packs.length > 1 ? this.#standIns() : undefined;
  }

  /** The object that stands for all of its name. */
  one(number: number): number {
    return this.#standing?.[number] ?? number;
  }

  /** Number of the object that stands for a name; -1 where there is none. */
  find(oid: string): number {
    const loose = this.#loose.get(oid);
    if (loose !== undefined) return loose;
    return this.#inPacks(Buffer.from(oid, 'hex'), this.#packs.length);
  }

  /** 40 hex digits. */
  nameOf(number: number): string {
    const found = this.#packs.findLast(({ first }) => first <= number);
    if (found !== undefined && number - found.first < found.pack.names.length)
      return oidOf(found.pack.oids, found.pack.names[number - found.first] ?? 0);
    this.#looseNames ??= new Map([...this.#loose].map(([oid, one]) => [one, oid]));
    return this.#looseNames.get(number) ?? '';
  }

  #inPacks(oid: Uint8Array, before: number): number {
    for (let i = 0; i < before; i++) {
      const numbered = this.#packs[i];
      const name = numbered === undefined ? -1 : findOid(numbered.pack, oid);
      if (numbered !== undefined && name >= 0) return numbered.first + (numbered.pack.places[name] ?? 0);
    }
    return -1;
  }

  #standIns(): Int32Array {
    const standing = new Int32Array(this.size);
    const oid = new Uint8Array(OID);
    for (let i = 0; i < standing.length; i++) standing[i] = i;
    for (const [at, { pack, first }] of this.#packs.entries()) {
      for (let place = 0; at > 0 && place < pack.names.length; place++) {
        const name = (pack.names[place] ?? 0) * OID;
        for (let i = 0; i < OID; i++) oid[i] = pack.oids[name + i] ?? 0;
        const other = this.#inPacks(oid, at);
        if (other >= 0) standing[first + place] = other;
      }
    }
    return standing;
  }
}
