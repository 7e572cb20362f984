// The functions that layers apply to their outputs.
export type { Activation, ActivationName } from './activation.ts';
export * from './functions.ts';
export { type ActivationIdentifier, get, serialize } from './get.ts';
