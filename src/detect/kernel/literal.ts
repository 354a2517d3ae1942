import { FARTHEST_GATE, type Gate } from './gate.ts';

/** A string of bytes to look for. */
export interface Literal {
  readonly bytes: Uint8Array;
  /** ASCII letters match in either case. */
  readonly fold: boolean;
  /** 16: it counts only inside a run of at least 16 of `A-Za-z0-9_-+/=.` that holds the whole literal. */
  readonly run: 0 | 16;
  /** It counts only where one of these is open; where there is none, everywhere. */
  readonly gates?: readonly Gate[];
}

export interface Kernel {
  /**
   * Every occurrence whose first byte lies in [from, to), as pairs (position, index of the literal), sorted by position,
   * then by index. A literal may reach behind `to`, as far as `bytes` goes; runs are judged on the whole of `bytes`.
   * The answer belongs to the caller.
   */
  scan(bytes: Uint8Array, from: number, to: number): Int32Array;
  /**
   * A zeroed buffer of `size` bytes out of the kernel's room, which `scan` reads without a copy (it, or any `subarray` of it). It lives
   * as long as the kernel. RangeError when the room is used up.
   */
  buffer(size: number): Uint8Array;
}

export interface KernelOptions {
  /** Bytes that `buffer` may hand out in all. Memory that is never touched costs nothing. */
  readonly room?: number;
}

export const ROOM = 16 * 1024 * 1024;

/** Shorter ones would stand everywhere, and cost at every place where they stand. */
export const SHORTEST = 3;

/** A literal is no document. */
export const LONGEST = 4096;

/** An index of a literal has 17 bits. */
export const MOST_LITERALS = 131_072;

/** 1 for the bytes that runs are made of. */
export const RUN_BYTES: Uint8Array = Uint8Array.from({ length: 256 }, (_, byte) =>
  /[A-Za-z0-9_\-+/=.]/.test(String.fromCharCode(byte)) ? 1 : 0,
);

/** Throws for a literal that no kernel can serve; the message names it by its index and by its bytes. */
export function assertLiterals(literals: readonly Literal[]): void {
  if (literals.length > MOST_LITERALS)
    throw new Error(`${literals.length} literals, at most ${MOST_LITERALS} are possible`);
  literals.forEach(({ bytes, run, gates = [] }, index) => {
    const fault = faultOf(bytes, run) ?? gateFaultOf(gates);
    if (fault === undefined) return;
    throw new Error(
      `literal ${index} (${JSON.stringify(Buffer.from(bytes.subarray(0, 40)).toString('latin1'))}): ${fault}`,
    );
  });
}

function faultOf(bytes: Uint8Array, run: number): string | undefined {
  if (bytes.length < SHORTEST) return `${bytes.length} bytes, at least ${SHORTEST} are needed`;
  if (bytes.length > LONGEST) return `${bytes.length} bytes, at most ${LONGEST} are possible`;
  if (run !== 0 && bytes.some((byte) => RUN_BYTES[byte] === 0)) {
    return 'has a byte outside A-Za-z0-9_-+/=., so it can never lie inside a run';
  }
  return undefined;
}

function gateFaultOf(gates: readonly Gate[]): string | undefined {
  const far = gates.find(({ lead, reach }) => Math.max(lead, reach) > FARTHEST_GATE);
  return far && `has a gate that reaches further than ${FARTHEST_GATE} bytes`;
}

/** What `fold` compares: A-Z as a-z, everything else as it is. */
export function lower(byte: number): number {
  return byte >= 0x41 && byte <= 0x5a ? byte | 0x20 : byte;
}

export function isLetter(byte: number): boolean {
  const small = byte | 0x20;
  return small >= 0x61 && small <= 0x7a;
}
