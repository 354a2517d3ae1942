// The search for the rules' literals: one pass over the text, whatever the number of rules.
import type { Kernel, KernelOptions, Literal } from './literal.ts';
import { createReferenceKernel } from './reference.ts';
import { createSimdKernel } from './simd.ts';

export { type Gate, isOpen } from './gate.ts';
export type { Kernel, KernelOptions, Literal } from './literal.ts';

/** Throws an Error that names the literal when one cannot be served: under 3 or over 4,096 bytes, or never inside a run. */
export function createKernel(literals: readonly Literal[], options: KernelOptions = {}): Kernel {
  return createSimdKernel(literals, options) ?? createReferenceKernel(literals);
}
