// All initializers: what names and files can stand for.
export { Constant, type ConstantOptions, Identity, type IdentityOptions, Ones, Zeros } from './constant.ts';
export { Orthogonal, type OrthogonalOptions } from './orthogonal.ts';
export {
  RandomNormal,
  type RandomNormalOptions,
  RandomUniform,
  type RandomUniformOptions,
  TruncatedNormal,
} from './random.ts';
export {
  GlorotNormal,
  GlorotUniform,
  HeNormal,
  HeUniform,
  LecunNormal,
  LecunUniform,
  VarianceScaling,
  type VarianceScalingOptions,
} from './variance-scaling.ts';
