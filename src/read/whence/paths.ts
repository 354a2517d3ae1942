/** Paths, numbered: each is a path (0 is the top) and a name in it. */
export class Paths {
  readonly #above: number[] = [0];
  readonly #names: number[] = [0];
  readonly #below: (Map<number, number> | undefined)[] = [undefined];

  in(path: number, name: number): number {
    let below = this.#below[path];
    if (below === undefined) {
      below = new Map();
      this.#below[path] = below;
    }
    const known = below.get(name);
    if (known !== undefined) return known;
    const number = this.#above.length;
    this.#above.push(path);
    this.#names.push(name);
    below.set(name, number);
    return number;
  }

  /** @param nameOf a name's bytes as latin1 */
  bytesOf(path: number, nameOf: (name: number) => string): Buffer {
    const names: string[] = [];
    for (let at = path; at > 0; at = this.#above[at] ?? 0) names.push(nameOf(this.#names[at] ?? 0));
    return Buffer.from(names.reverse().join('/'), 'latin1');
  }
}
