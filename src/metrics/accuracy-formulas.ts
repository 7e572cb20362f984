// 1 for each prediction that is right, 0 for the others. Targets and predictions have the same rank when that could be done.
import type { Value } from '../graph/value.ts';
import { likePrediction, likeRows } from '../losses/shapes.ts';
import { equal, equalInt, greater } from '../primitives/binary.ts';
import { fill } from '../primitives/layout.ts';
import { inTopK } from '../primitives/metrics.ts';
import { argMax } from '../primitives/reduce.ts';
import { toFloat, toInt } from '../primitives/unary.ts';

/** Predictions above the threshold go with 1, others with 0. */
export const binary = (owner: string, target: Value, prediction: Value, threshold: number): Value =>
  equal(likePrediction(owner, target, prediction), greater(prediction, fill([], threshold)));

/** The largest prediction is at the place of the largest target. */
export const categorical = (owner: string, target: Value, prediction: Value): Value =>
  equalInt(argMax(likePrediction(owner, target, prediction)), argMax(prediction));

/** The largest prediction is at the place that the label says. Compared as floats, so that a label of 1.5 is wrong and not 1. */
export const sparse = (owner: string, target: Value, prediction: Value): Value =>
  equal(toFloat(likeRows(owner, target, prediction)), toFloat(argMax(prediction)));

/** The place of the largest target is among the k largest predictions. */
export const topK = (owner: string, target: Value, prediction: Value, k: number): Value =>
  inTopK(argMax(likePrediction(owner, target, prediction)), prediction, k);

/** The label's prediction is among the k largest. */
export const sparseTopK = (owner: string, target: Value, prediction: Value, k: number): Value =>
  inTopK(toInt(likeRows(owner, target, prediction)), prediction, k);
