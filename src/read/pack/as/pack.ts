// The WebAssembly half of the pack reader. Compiled by scripts/build-pack-wasm.ts into ../pack.wasm.
export { apply, made, madeSize, ranges } from './delta';
export { inflate, init, wrote } from './inflate';
export { count } from './count';
export { differ, differences } from './tree';
export { nul } from './nul';
