// Initial values of weights, as in `keras.initializers`.
export { Constant, type ConstantOptions, Identity, type IdentityOptions, Ones, Zeros } from './constant.ts';
export {
  get,
  type InitializerFunction,
  type InitializerIdentifier,
  type InitializerName,
  type InitializerObjects,
  serialize,
} from './get.ts';
export { Initializer, type InitializerConfig } from './initializer.ts';
export { Orthogonal, type OrthogonalOptions } from './orthogonal.ts';
export {
  RandomInitializer,
  type RandomInitializerOptions,
  RandomNormal,
  type RandomNormalOptions,
  RandomUniform,
  type RandomUniformOptions,
  TruncatedNormal,
} from './random.ts';
export {
  type FanOptions,
  GlorotNormal,
  GlorotUniform,
  HeNormal,
  HeUniform,
  LecunNormal,
  LecunUniform,
  VarianceScaling,
  type VarianceScalingOptions,
} from './variance-scaling.ts';
