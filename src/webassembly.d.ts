// As much of the WebAssembly API as the kernels need: it belongs to lib.dom, which has no place here, and neither es2024 nor
// node's types declare it.
declare namespace WebAssembly {
  interface Module {
    readonly [Symbol.toStringTag]: string;
  }
  const Module: new (bytes: Uint8Array) => Module;
  const Memory: new (size: { initial: number; maximum?: number }) => { readonly buffer: ArrayBuffer };
  const Instance: new (module: Module, imports: object) => { readonly exports: object };
  function validate(bytes: Uint8Array): boolean;
}
