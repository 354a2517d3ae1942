// The WebAssembly half of the pack reader. Compiled by scripts/build-pack-wasm.ts into ../pack.wasm.
export { apply, made, madeSize, ranges } from './delta';
export { inflate, init, wrote } from './inflate';
export { nul } from './nul';
