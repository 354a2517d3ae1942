// One block of memory per reader, laid out once, and what is done in it: inflate a stream, apply a delta, look
// for a NUL, count line ends. WebAssembly with SIMD does them; where that is missing, engine-plain.ts gives the same answers.

import { plainOperations } from './engine-plain.ts';
import { MOST_ENTRIES } from './entries.ts';
import { WASM } from './wasm.ts';
import { type Global, host, type Module } from './wasm-host.ts';

/** `inflate` and `apply` may scribble on so many bytes behind what they write, and read as many behind what they read. */
export const SLACK = 512;

/** Statuses below zero; see `reason`. */
export type Status = number;

export interface Operations {
  /** Inflates a zlib stream of `length` bytes at `source` into exactly `size` bytes at `target`: 0 or a reason. */
  inflate(source: number, length: number, target: number, size: number): Status;
  /** The first `size` bytes of a stream, or fewer where it ends before: how many, or a reason. */
  peek(source: number, length: number, target: number, size: number): Status;
  /** Size of the object that a delta makes of a base of `baseLength` bytes, or a reason. */
  madeSize(delta: number, length: number, baseLength: number): Status;
  /** Right after `madeSize`: makes the object; gives how many ranges `ranges` holds now, or a reason. */
  apply(
    base: number,
    baseLength: number,
    delta: number,
    length: number,
    target: number,
    size: number,
  ): Status;
  /** Whether one of the bytes is zero. */
  nul(at: number, length: number): boolean;
  /** How many of the bytes are line ends. */
  newlines(at: number, length: number): number;
  /** Before `differences`: a tree, and the one before it, which may be empty. */
  differ(base: number, baseLength: number, made: number, madeLength: number): void;
  /**
   * The next entries that differ: how many stand in `entries` now, or a reason; fewer than MOST_ENTRIES are the last. Trees, and of
   * blobs those whose first 16 bits are in `wanted`.
   */
  differences(): Status;
}

export interface Engine extends Operations {
  readonly kind: 'wasm' | 'plain';
  readonly memory: Buffer;
  /** Pairs of from and to, left by `apply`: what changed and the text around it. */
  readonly ranges: Uint32Array;
  /** Left by `differences`: address and length of the name, address of the object id, and one of GONE_BLOB and its like. */
  readonly entries: Uint32Array;
  /** A bit for each first two bytes (little endian) of an object id. */
  readonly wanted: Uint8Array;
  /** Compressed bytes of packs. */
  readonly pages: Region;
  /** Objects. */
  readonly arena: Region;
}

export interface Region {
  readonly from: number;
  readonly to: number;
}

export interface EngineOptions {
  /** Bytes for objects; an object larger than a third of it may have to be read by git. */
  readonly arena: number;
  readonly pages: number;
  /** How far around a change ranges reach, in bytes. */
  readonly near: number;
  readonly kind?: 'wasm' | 'plain';
}

const WASM_PAGE = 65_536;
/** As in as/memory.ts. */
const WANTED = { at: 28_672, bytes: 8192 };
const ENTRIES = 36_864;
const TABLES = WASM_PAGE;

const REASONS: Readonly<Record<number, string>> = {
  [-1]: 'its compressed data is damaged',
  [-2]: 'its size is not what its header says',
  [-3]: 'its compressed data ends too early',
  [-4]: 'its checksum does not fit',
  [-5]: 'its delta is damaged',
  [-6]: 'its delta was made for another base',
  [-7]: 'its delta copies from behind the base',
  [-8]: 'its delta makes another size than it says',
  [-9]: 'its entries are damaged',
};

/** What a status below zero means. */
export function reason(status: Status): string {
  return REASONS[status] ?? 'it is damaged';
}

interface Exports {
  init(): void;
  inflate(source: number, length: number, target: number, size: number, peek: number): number;
  readonly wrote: Global;
  madeSize(delta: number, length: number, baseLength: number): bigint;
  apply(
    ...numbers: [
      base: number,
      baseLength: number,
      delta: number,
      length: number,
      target: number,
      size: number,
      near: number,
      out: number,
    ]
  ): number;
  readonly ranges: Global;
  nul(at: number, length: number): number;
  count(from: number, to: number): number;
  differ(base: number, baseLength: number, made: number, madeLength: number): void;
  differences(): number;
}

let compiled: Module | null | undefined;

/** The compiled module, or null where this machine has no WebAssembly with SIMD. */
function wasmModule(): Module | null {
  if (compiled === undefined) {
    try {
      compiled = host ? new host.Module(Buffer.from(WASM, 'base64')) : null;
    } catch {
      compiled = null;
    }
  }
  return compiled;
}

export function createEngine(options: EngineOptions): Engine {
  const { near } = options;
  // `apply` leaves at most one range for each 2 * near bytes of the object.
  const rangeBytes = roundUp((Math.ceil(options.arena / (2 * near)) + 4) * 8, 64);
  const pages = { from: TABLES + rangeBytes, to: TABLES + rangeBytes + options.pages };
  const arena = { from: roundUp(pages.to + SLACK, 64), to: 0 };
  arena.to = arena.from + options.arena;
  const total = roundUp(arena.to + 2 * SLACK, WASM_PAGE);

  const module = options.kind === 'plain' ? null : wasmModule();
  if (module === null || !host) {
    const memory = Buffer.from(new ArrayBuffer(total));
    const views = viewsOf(memory.buffer, rangeBytes);
    return { kind: 'plain', memory, ...views, pages, arena, ...plainOperations(memory, views, near) };
  }
  const shared = new host.Memory({ initial: total / WASM_PAGE, maximum: total / WASM_PAGE });
  const imports = {
    env: {
      memory: shared,
      abort: () => {
        throw new Error('the pack engine stopped');
      },
    },
  };
  const made = new host.Instance(module, imports).exports as unknown as Exports;
  made.init();
  return {
    kind: 'wasm',
    memory: Buffer.from(shared.buffer),
    ...viewsOf(shared.buffer, rangeBytes),
    pages,
    arena,
    inflate: (source, length, target, size) => made.inflate(source, length, target, size, 0),
    peek: (source, length, target, size) => {
      const status = made.inflate(source, length, target, size, 1);
      return status < 0 ? status : made.wrote.value;
    },
    madeSize: (delta, length, baseLength) => Number(made.madeSize(delta, length, baseLength)),
    apply: (base, baseLength, delta, length, target, size) => {
      const status = made.apply(base, baseLength, delta, length, target, size, near, TABLES);
      return status < 0 ? status : made.ranges.value;
    },
    nul: (at, length) => made.nul(at, length) !== 0,
    newlines: (at, length) => made.count(at, at + length),
    differ: (base, baseLength, tree, length) => made.differ(base, baseLength, tree, length),
    differences: () => made.differences(),
  };
}

function viewsOf(memory: ArrayBufferLike, rangeBytes: number): Pick<Engine, 'ranges' | 'entries' | 'wanted'> {
  return {
    ranges: new Uint32Array(memory, TABLES, rangeBytes / 4),
    entries: new Uint32Array(memory, ENTRIES, 4 * (MOST_ENTRIES + 1)),
    wanted: new Uint8Array(memory, WANTED.at, WANTED.bytes),
  };
}

function roundUp(value: number, step: number): number {
  return Math.ceil(value / step) * step;
}
