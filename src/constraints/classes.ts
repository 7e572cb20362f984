// All constraints: what names and files can stand for.
export { NonNeg } from './non-neg.ts';
export {
  MaxNorm,
  type MaxNormOptions,
  MinMaxNorm,
  type MinMaxNormOptions,
  type NormAxis,
  UnitNorm,
  type UnitNormOptions,
} from './norms.ts';
