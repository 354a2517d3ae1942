// A git delta, read in TypeScript: for what the WebAssembly half does not say, and as its reference.
// Format: git's Documentation/gitformat-pack.txt, "Deltified representation".

/** A stretch that stands in both: `length` bytes at `source` of the base are at `target` of the new object. */
export interface Copied {
  readonly source: number;
  readonly target: number;
  readonly length: number;
}

export interface DeltaSizes {
  readonly base: number;
  readonly made: number;
  /** Where the instructions begin. */
  readonly start: number;
}

export const TORN = -5;
const OUT_OF_BASE = -7;
const WRONG_RESULT = -8;

/** The two sizes at the head of a delta; undefined where it is torn. */
export function deltaSizes(delta: Uint8Array): DeltaSizes | undefined {
  const base = varint(delta, 0);
  const made = base && varint(delta, base.end);
  return made && { base: base.value, made: made.value, start: made.end };
}

function varint(bytes: Uint8Array, at: number): { value: number; end: number } | undefined {
  let value = 0;
  for (let power = 0; power <= 42; power += 7) {
    const byte = bytes[at++];
    if (byte === undefined) return undefined;
    value += (byte & 0x7f) * 2 ** power;
    if (byte < 0x80) return { value, end: at };
  }
  return undefined;
}

export interface DeltaReader {
  copy(source: number, target: number, length: number): void;
  insert(from: number, target: number, length: number): void;
}

/** Walks the instructions; 0, or why it cannot be applied. */
export function readDelta(delta: Uint8Array, sizes: DeltaSizes, reader: DeltaReader): number {
  let at = sizes.start;
  let target = 0;
  const next = (): number => delta[at++] ?? 0;
  while (at < delta.length) {
    const op = next();
    if (op >= 0x80) {
      let source = 0;
      let length = 0;
      if (op & 0x01) source = next();
      if (op & 0x02) source += next() * 0x100;
      if (op & 0x04) source += next() * 0x10000;
      if (op & 0x08) source += next() * 0x1000000;
      if (op & 0x10) length = next();
      if (op & 0x20) length += next() * 0x100;
      if (op & 0x40) length += next() * 0x10000;
      if (length === 0) length = 0x10000;
      if (at > delta.length) return TORN;
      if (source + length > sizes.base) return OUT_OF_BASE;
      if (target + length > sizes.made) return WRONG_RESULT;
      reader.copy(source, target, length);
      target += length;
    } else {
      if (op === 0 || at + op > delta.length) return TORN;
      if (target + op > sizes.made) return WRONG_RESULT;
      reader.insert(at, target, op);
      at += op;
      target += op;
    }
  }
  return target === sizes.made ? 0 : WRONG_RESULT;
}

/**
 * The copied stretches of a delta that has been applied, in the new object's order, seamless ones joined: those that reach into
 * [from, to) of the base.
 */
export function copiedBy(delta: Uint8Array, from = 0, to = Number.POSITIVE_INFINITY): Copied[] {
  const copied: Copied[] = [];
  let start = 0;
  let goal = 0;
  let joined = 0;
  const add = (): void => {
    if (joined > 0 && start < to && start + joined > from)
      copied.push({ source: start, target: goal, length: joined });
  };
  const sizes = deltaSizes(delta);
  if (!sizes) return copied;
  readDelta(delta, sizes, {
    copy(source, target, length) {
      if (goal + joined === target && start + joined === source) joined += length;
      else {
        add();
        start = source;
        goal = target;
        joined = length;
      }
    },
    insert() {},
  });
  add();
  return copied;
}
