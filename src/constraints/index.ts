// What weights are brought back to after each update.
export type { Constraint } from '../graph/variable.ts';
export { type ConstraintIdentifier, get, serialize } from './get.ts';
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
