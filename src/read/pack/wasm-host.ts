// As much of the WebAssembly API as the pack reader needs: neither es2024 nor node's types declare it.

interface Host {
  readonly Module: new (bytes: Uint8Array) => Module;
  readonly Memory: new (size: { initial: number; maximum: number }) => { readonly buffer: ArrayBuffer };
  readonly Instance: new (module: Module, imports: object) => { readonly exports: object };
}

export interface Module {
  readonly [Symbol.toStringTag]: string;
}

/** An exported number. */
export interface Global {
  readonly value: number;
}

/** Undefined where the runtime was built without it. */
export const host = (globalThis as { WebAssembly?: Host }).WebAssembly;
