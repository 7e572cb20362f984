// All optimizers: what names and files can stand for.
export { Adadelta, type AdadeltaOptions, Adagrad, type AdagradOptions } from './adagrad.ts';
export { Adam, type AdamOptions, AdamW, LazyAdam, type MomentOptions } from './adam.ts';
export { Adamax } from './adamax.ts';
export { Ftrl, type FtrlOptions } from './ftrl.ts';
export { Lion, type LionOptions } from './lion.ts';
export { Nadam } from './nadam.ts';
export { RMSprop, type RMSpropOptions } from './rmsprop.ts';
export { SGD, type SGDOptions } from './sgd.ts';
