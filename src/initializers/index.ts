// Initial values of weights, as in `keras.initializers`.
export * from './classes.ts';
export {
  get,
  type InitializerFunction,
  type InitializerIdentifier,
  type InitializerName,
  type InitializerObjects,
  serialize,
} from './get.ts';
export { Initializer, type InitializerConfig } from './initializer.ts';
export { RandomInitializer, type RandomInitializerOptions } from './random.ts';
export type { FanOptions } from './variance-scaling.ts';
