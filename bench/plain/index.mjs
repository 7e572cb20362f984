// The kernels of the bench in plain JavaScript over typed arrays: what one writes without WebAssembly. The signatures are those
// of the wasm kernels, addresses in bytes; thread and threads are left out, as nothing is shared.
export * from './embedding.mjs';
export * from './losses.mjs';
export * from './matmul.mjs';
export * from './movement.mjs';
export * from './optimizer.mjs';
export * from './unary.mjs';
