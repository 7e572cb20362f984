// Accuracies as functions: 1 for each prediction that is right, 0 for the others.
import type { Value } from '../graph/value.ts';
import { sameRank } from '../losses/shapes.ts';
import { op } from '../ops/dispatch.ts';
import { asFloat } from '../ops/dtypes.ts';
import type { Operand, OpResult } from '../ops/operand.ts';
import { anyDtype, float, number, positive } from '../ops/parameters.ts';
import type { Setting } from '../ops/signatures.ts';
import * as classes from './accuracy.ts';
import * as formulas from './accuracy-formulas.ts';
import type { MeanMetric } from './mean.ts';

/** A metric as a function, which knows its class. */
export interface MetricOfClass {
  readonly metricClass: new (options?: { name?: string }) => MeanMetric;
}

/** The class of one of the functions below. */
export const metricClassOf = (given: unknown): MetricOfClass['metricClass'] | undefined => (given as Partial<MetricOfClass>).metricClass;

/** Of targets and predictions. */
type Pairwise = <T extends Operand, P extends Operand>(yTrue: T, yPred: P) => OpResult<T | P>;

/** The same with one setting. */
type PairwiseWith<K extends string> = <T extends Operand, P extends Operand>(
  yTrue: T,
  yPred: P,
  setting?: Setting<K, number>,
) => OpResult<T | P>;

const pair = { yTrue: anyDtype, yPred: float } as const;

interface Pair {
  readonly yTrue: Value;
  readonly yPred: Value;
}

/** A formula on operands of the same rank, as float32. */
const aligned =
  <S>(formula: (target: Value, prediction: Value, settings: S) => Value) =>
  (of: Pair & S): Value =>
    asFloat(formula(...sameRank(of.yTrue, of.yPred), of));

const withClass = <F extends object>(apply: F, metricClass: MetricOfClass['metricClass']): F & MetricOfClass =>
  Object.assign(apply, { metricClass });

/** How predictions above the threshold (default 0.5) go with targets of 1, and others with 0. */
export const binaryAccuracy = /* @__PURE__ */ withClass<PairwiseWith<'threshold'>>(
  /* @__PURE__ */ op(
    '',
    'binaryAccuracy',
    { yTrue: anyDtype, yPred: float, threshold: [number, 0.5] },
    /* @__PURE__ */ aligned((y, p, { threshold }: { threshold: number }) => formulas.binary('binaryAccuracy', y, p, threshold)),
  ),
  classes.BinaryAccuracy,
);

/** Whether the largest prediction is at the place of the largest target, for one-hot targets. */
export const categoricalAccuracy = /* @__PURE__ */ withClass<Pairwise>(
  /* @__PURE__ */ op(
    '',
    'categoricalAccuracy',
    pair,
    /* @__PURE__ */ aligned((y, p) => formulas.categorical('categoricalAccuracy', y, p)),
  ),
  classes.CategoricalAccuracy,
);

/** Whether the largest prediction is at the place that the label says. */
export const sparseCategoricalAccuracy = /* @__PURE__ */ withClass<Pairwise>(
  /* @__PURE__ */ op(
    '',
    'sparseCategoricalAccuracy',
    pair,
    /* @__PURE__ */ aligned((y, p) => formulas.sparse('sparseCategoricalAccuracy', y, p)),
  ),
  classes.SparseCategoricalAccuracy,
);

/** Whether the right class is among the `k` (default 5) largest predictions, for one-hot targets. */
export const topKCategoricalAccuracy = /* @__PURE__ */ withClass<PairwiseWith<'k'>>(
  /* @__PURE__ */ op(
    '',
    'topKCategoricalAccuracy',
    { yTrue: anyDtype, yPred: float, k: [positive, 5] },
    /* @__PURE__ */ aligned((y, p, { k }: { k: number }) => formulas.topK('topKCategoricalAccuracy', y, p, k)),
  ),
  classes.TopKCategoricalAccuracy,
);

/** Whether the label's prediction is among the `k` (default 5) largest. */
export const sparseTopKCategoricalAccuracy = /* @__PURE__ */ withClass<PairwiseWith<'k'>>(
  /* @__PURE__ */ op(
    '',
    'sparseTopKCategoricalAccuracy',
    { yTrue: anyDtype, yPred: float, k: [positive, 5] },
    /* @__PURE__ */ aligned((y, p, { k }: { k: number }) => formulas.sparseTopK('sparseTopKCategoricalAccuracy', y, p, k)),
  ),
  classes.SparseTopKCategoricalAccuracy,
);
