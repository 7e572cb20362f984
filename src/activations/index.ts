// The functions that layers apply to their outputs: names of ops.
export type { Activation } from './activation.ts';
export * from './functions.ts';
export { type ActivationIdentifier, type ActivationName, get, serialize } from './get.ts';
export type { ReluOptions } from './variants.ts';
