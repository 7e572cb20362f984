// The kernels of the bench once more, one number at a time: the same signatures, the same results within rounding, compiled
// by the same compiler at the same level without its vectors. What is left of the difference is what SIMD and the layout
// made for it are worth. `thread` and `threads` are there for the signature; one thread does it all.
export * from './embedding';
export * from './losses';
export * from './matmul';
export * from './movement';
export * from './optimizer';
export * from './unary';
