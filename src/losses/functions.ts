// Losses as functions: the value of each sample, without weights and reduction.
import { readArguments } from '../common/option-values.ts';
import { type AnyClass, classNameOf, specOf } from '../common/spec.ts';
import type { Operand, OpResult } from '../ops/operand.ts';
import * as classes from './classes.ts';
import type { SmoothedOptions } from './crossentropy.ts';
import type { FormulaLoss } from './formula-loss.ts';

/** A loss as a function, which knows its class. */
export interface LossOfClass {
  readonly lossClass: new (options?: never) => FormulaLoss;
}

/** Of targets and predictions. */
type Pairwise = <T extends Operand, P extends Operand>(yTrue: T, yPred: P) => OpResult<T | P>;

/** The same with settings, in Keras's order or by name in an object at the end. */
type PairwiseWith<S extends readonly unknown[]> = <T extends Operand, P extends Operand>(
  yTrue: T,
  yPred: P,
  ...settings: Partial<S>
) => OpResult<T | P>;

/** The function of a class; `positional` names its settings in Keras's order. */
function functionOf<F>(lossClass: LossOfClass['lossClass'], positional: readonly string[] = []): F & LossOfClass {
  const apply = (yTrue: Operand, yPred: Operand, ...settings: readonly unknown[]): unknown => {
    const { options } = specOf(lossClass as AnyClass);
    const loss = new lossClass(readArguments(classNameOf(lossClass as AnyClass), { positional, options }, settings) as never);
    return loss.call(yTrue, yPred);
  };
  return Object.assign(apply, { lossClass }) as F & LossOfClass;
}

/** The class of one of the functions below. */
export const lossClassOf = (given: unknown): LossOfClass['lossClass'] | undefined => (given as Partial<LossOfClass>).lossClass;

/** Mean of (p - y)^2 over the last axis: `losses.meanSquaredError([[0, 1]], [[1, 1]])` is [0.5]. */
export const meanSquaredError = /* @__PURE__ */ functionOf<Pairwise>(classes.MeanSquaredError);
/** Mean of |p - y| over the last axis: `losses.meanAbsoluteError([[0, 1]], [[1, 1]])` is [0.5]. */
export const meanAbsoluteError = /* @__PURE__ */ functionOf<Pairwise>(classes.MeanAbsoluteError);
/** 100 times the mean of |p - y| / max(|y|, 1e-7) over the last axis. */
export const meanAbsolutePercentageError = /* @__PURE__ */ functionOf<Pairwise>(classes.MeanAbsolutePercentageError);
/** Mean of (log(p + 1) - log(y + 1))^2 over the last axis, negative numbers counting as 1e-7. */
export const meanSquaredLogarithmicError = /* @__PURE__ */ functionOf<Pairwise>(classes.MeanSquaredLogarithmicError);
/** Mean of log(cosh(p - y)) over the last axis. */
export const logCosh = /* @__PURE__ */ functionOf<Pairwise>(classes.LogCosh);
/** Mean of p - y log(p + 1e-7) over the last axis. */
export const poisson = /* @__PURE__ */ functionOf<Pairwise>(classes.Poisson);
/** Mean of max(1 - y p, 0) over the last axis; targets -1 or 1, or all 0 or 1. */
export const hinge = /* @__PURE__ */ functionOf<Pairwise>(classes.Hinge);
/** Mean of max(1 - y p, 0)^2 over the last axis; targets -1 or 1, or all 0 or 1. */
export const squaredHinge = /* @__PURE__ */ functionOf<Pairwise>(classes.SquaredHinge);
/** max(neg - pos + 1, 0) over the last axis, for one-hot targets. */
export const categoricalHinge = /* @__PURE__ */ functionOf<Pairwise>(classes.CategoricalHinge);
/** Sum of y log(y / p) over the last axis, both limited to [1e-7, 1]. */
export const klDivergence = /* @__PURE__ */ functionOf<Pairwise>(classes.KLDivergence);

/** Mean of e^2 / 2 up to |e| = `delta` (default 1) and of delta |e| - delta^2 / 2 beyond, e = p - y. */
export const huber = /* @__PURE__ */ functionOf<PairwiseWith<[delta: number | { delta?: number }]>>(classes.Huber, ['delta']);

/** Minus the cosine of the angle between target and prediction along `axis` (default -1). */
export const cosineSimilarity = /* @__PURE__ */ functionOf<PairwiseWith<[axis: number | { axis?: number }]>>(classes.CosineSimilarity, [
  'axis',
]);

/** Settings of the crossentropies, in order or by name. */
type Smoothed = PairwiseWith<
  [fromLogits: boolean | SmoothedOptions, labelSmoothing: number | SmoothedOptions, axis: number | SmoothedOptions]
>;
const smoothed = ['fromLogits', 'labelSmoothing', 'axis'] as const;

/** Mean of -(y log p + (1 - y) log(1 - p)) over `axis` (default -1); settings as of {@link classes.BinaryCrossentropy}. */
export const binaryCrossentropy = /* @__PURE__ */ functionOf<Smoothed>(classes.BinaryCrossentropy, smoothed);
/** -sum of y log p over the classes; settings as of {@link classes.CategoricalCrossentropy}. */
export const categoricalCrossentropy = /* @__PURE__ */ functionOf<Smoothed>(classes.CategoricalCrossentropy, smoothed);

/** -log of the probability of the right class, for whole labels; settings as of {@link classes.SparseCategoricalCrossentropy}. */
export const sparseCategoricalCrossentropy = /* @__PURE__ */ functionOf<
  PairwiseWith<
    [
      fromLogits: boolean | classes.SparseCategoricalCrossentropyOptions,
      ignoreClass: number | null | classes.SparseCategoricalCrossentropyOptions,
      axis: number | classes.SparseCategoricalCrossentropyOptions,
    ]
  >
>(classes.SparseCategoricalCrossentropy, ['fromLogits', 'ignoreClass', 'axis']);

/** The binary crossentropy in which easy samples count less; settings as of {@link classes.BinaryFocalCrossentropy}. */
export const binaryFocalCrossentropy = /* @__PURE__ */ functionOf<PairwiseWith<(boolean | number | classes.BinaryFocalOptions)[]>>(
  classes.BinaryFocalCrossentropy,
  ['applyClassBalancing', 'alpha', 'gamma', 'fromLogits', 'labelSmoothing', 'axis'],
);
/** The categorical crossentropy in which easy samples count less; settings as of {@link classes.CategoricalFocalCrossentropy}. */
export const categoricalFocalCrossentropy = /* @__PURE__ */ functionOf<PairwiseWith<(boolean | number | classes.FocalOptions)[]>>(
  classes.CategoricalFocalCrossentropy,
  ['alpha', 'gamma', 'fromLogits', 'labelSmoothing', 'axis'],
);

/** {@link classes.Dice} as a function: `losses.dice([[0, 1]], [[0.2, 0.7]])`. */
export const dice = /* @__PURE__ */ functionOf<PairwiseWith<[axis: number | readonly number[] | null | classes.DiceOptions]>>(
  classes.Dice,
  ['axis'],
);
/** {@link classes.Tversky} as a function: `losses.tversky([[0, 1]], [[0.2, 0.7]])`. */
export const tversky = /* @__PURE__ */ functionOf<PairwiseWith<(number | readonly number[] | null | classes.TverskyOptions)[]>>(
  classes.Tversky,
  ['alpha', 'beta', 'axis'],
);
/** {@link classes.CategoricalGeneralizedCrossEntropy} as a function: `losses.categoricalGeneralizedCrossEntropy([1], [[0.2, 0.8]], 0.5)`. */
export const categoricalGeneralizedCrossEntropy = /* @__PURE__ */ functionOf<
  PairwiseWith<[q: number | classes.CategoricalGeneralizedCrossEntropyOptions]>
>(classes.CategoricalGeneralizedCrossEntropy, ['q']);
