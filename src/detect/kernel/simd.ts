// The kernel in WebAssembly SIMD: holds its memory, brings text into it, cuts the work so that the answers fit. Nothing grows:
// the memory is laid out once, so that views of it stay good.
import { endianness } from 'node:os';
import { align, compile, type Tables } from './compile.ts';
import { FARTHEST_GATE } from './gate.ts';
import { type Kernel, type KernelOptions, type Literal, ROOM } from './literal.ts';
import { WASM } from './wasm.ts';

/** Foreign bytes are copied in pieces of this size: they stay in the second-level cache. */
const PIECE = 128 * 1024;
/** Context of a piece that runs and gates are judged on. */
const CONTEXT = FARTHEST_GATE + 16;
/** The kernel reads this far around the text. */
const MARGIN = 192;
/** Positions of its own text that one call of the kernel looks at. */
const STEP = 256 * 1024;
/**
 * Pairs that one call can answer with; on text so dense that they don't fit, the step is halved. One position has room
 * whatever stands there: it is more than MOST_LITERALS.
 */
const ANSWERS = 256 * 1024;
const PAGE = 65_536;

const EMPTY = new Int32Array(0);

/** What is used of WebAssembly's API: neither the ES library's types nor Node's have it. */
declare const WebAssembly:
  | undefined
  | {
      validate(binary: Uint8Array): boolean;
      Module: new (binary: Uint8Array) => Module;
      Memory: new (size: { initial: number }) => { readonly buffer: ArrayBuffer };
      Instance: new (module: Module, imports: object) => { readonly exports: object };
    };
interface Module {
  readonly [Symbol.toStringTag]: string;
}

interface Exports {
  setup(nodes: number, literals: number, alphabet: number, reach: number): void;
  scan(
    start: number,
    stop: number,
    from: number,
    end: number,
    zero: number,
    to: number,
    limit: number,
  ): number;
}

let compiled: Module | undefined;

/** undefined where this machine has no (relaxed) SIMD in WebAssembly, or another byte order than its memory. */
export function createSimdKernel(
  literals: readonly Literal[],
  options: KernelOptions = {},
): Kernel | undefined {
  const tables = compile(literals);
  return kernelOf(tables, options);
}

/** The same from tables that were worked out before. */
export function kernelOf(tables: Tables, options: KernelOptions = {}): Kernel | undefined {
  if (typeof WebAssembly === 'undefined' || endianness() !== 'LE') return undefined;
  if (compiled === undefined) {
    const binary = Buffer.from(WASM, 'base64');
    if (!WebAssembly.validate(binary)) return undefined;
    compiled = new WebAssembly.Module(binary);
  }
  const room = options.room ?? ROOM;
  const { longest } = tables;
  const pieceAt = align(tables.end + MARGIN);
  const answersAt = align(pieceAt + CONTEXT * 2 + PIECE + longest + MARGIN);
  const answersEnd = answersAt + ANSWERS * 8;
  const roomAt = align(answersEnd + MARGIN);
  const roomEnd = roomAt + room;
  const memory = new WebAssembly.Memory({ initial: Math.ceil((roomEnd + MARGIN) / PAGE) });
  const own = memory.buffer;
  const bytesOf = new Uint8Array(own);
  for (const { address, bytes } of tables.parts) bytesOf.set(bytes, address);
  const instance = new WebAssembly.Instance(compiled, { env: { memory } });
  const kernel = instance.exports as Exports;
  const found = new Int32Array(own, answersAt, ANSWERS * 2);
  kernel.setup(...tables.setup);
  let nextBuffer = roomAt;

  function scan(bytes: Uint8Array, from: number, to: number): Int32Array {
    const first = Math.max(from, 0);
    const last = Math.min(to, bytes.length);
    if (first >= last || longest === 0) return EMPTY;
    if (last > 0x7fffffff)
      throw new RangeError(`kernel: ${bytes.length} bytes at once; positions have 31 bits`);
    const inside = bytes.buffer === own;
    const most = inside ? STEP : PIECE;
    const answers: Int32Array[] = [];
    let step = most;
    for (let at = first; at < last; ) {
      const end = Math.min(at + step, last);
      const count = inside ? look(bytes.byteOffset, 0, bytes.length, at, end) : bring(bytes, at, end);
      if (count < 0) {
        step = Math.ceil((end - at) / 2);
        continue;
      }
      if (count > 0) answers.push(found.slice(0, count * 2));
      at = end;
      step = Math.min(step * 2, most);
    }
    return join(answers);
  }

  function bring(bytes: Uint8Array, at: number, end: number): number {
    const start = Math.max(0, at - CONTEXT);
    const stop = Math.min(bytes.length, end + longest + CONTEXT);
    bytesOf.set(bytes.subarray(start, stop), pieceAt);
    return look(pieceAt - start, start, stop, at, end);
  }

  /** `zero` is the address that position 0 has or would have; the text known there is [start, stop). */
  function look(zero: number, start: number, stop: number, at: number, end: number): number {
    return kernel.scan(zero + start, zero + stop, zero + at, zero + end, zero, answersAt, answersEnd);
  }

  function buffer(size: number): Uint8Array {
    if (size > roomEnd - nextBuffer) {
      throw new RangeError(
        `kernel: buffer of ${size} bytes, ${roomEnd - nextBuffer} of ${room} are left; raise options.room`,
      );
    }
    const view = new Uint8Array(own, nextBuffer, size);
    nextBuffer = Math.min(align(nextBuffer + size), roomEnd);
    return view;
  }

  return { scan, buffer };
}

function join(parts: readonly Int32Array[]): Int32Array {
  if (parts.length <= 1) return parts[0] ?? EMPTY;
  const all = new Int32Array(parts.reduce((sum, { length }) => sum + length, 0));
  let at = 0;
  for (const part of parts) {
    all.set(part, at);
    at += part.length;
  }
  return all;
}
