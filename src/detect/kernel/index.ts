export type { Kernel, Literal } from './kernel.ts';
export { createReferenceKernel, createReferenceKernel as createKernel } from './reference.ts';
