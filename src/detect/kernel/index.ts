// The search for the rules' literals: one pass over the text, whatever the number of rules.
import type { Tables } from './compile.ts';
import type { Kernel, KernelOptions, Literal } from './literal.ts';
import { createReferenceKernel } from './reference.ts';
import { createSimdKernel, kernelOf } from './simd.ts';

export { compile, type Tables } from './compile.ts';
export { type Gate, isOpen } from './gate.ts';
export type { Kernel, KernelOptions, Literal } from './literal.ts';
export * as word from './word.ts';

/** Throws an Error that names the literal when one cannot be served: under 3 or over 4,096 bytes, or never inside a run. */
export function createKernel(literals: readonly Literal[], options: KernelOptions = {}): Kernel {
  return createSimdKernel(literals, options) ?? createReferenceKernel(literals);
}

/**
 * The kernel of tables that were worked out before.
 * @param literals what they were made of; asked for only where SIMD is missing
 */
export function kernelFrom(tables: Tables, literals: () => readonly Literal[]): Kernel {
  return kernelOf(tables) ?? createReferenceKernel(literals());
}
