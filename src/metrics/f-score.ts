// Precision and recall as one number.
import { mismatch } from '../common/errors.ts';
import { aboveZero, fraction, type OptionType } from '../common/option-types.ts';
import { checkChoice } from '../common/options.ts';
import type { Options, OptionsOf, Spec, ValuesOf } from '../common/spec.ts';
import type { Value } from '../graph/value.ts';
import { Variable } from '../graph/variable.ts';
import { likePrediction } from '../losses/shapes.ts';
import type { Operand } from '../ops/operand.ts';
import { greater, greaterEqual, multiply } from '../primitives/binary.ts';
import { concatenate, fill, reshape } from '../primitives/layout.ts';
import { max, sum } from '../primitives/reduce.ts';
import { absolute, affine } from '../primitives/unary.ts';
import { assignAdd } from '../primitives/update.ts';
import { elementWeights } from './confusion.ts';
import { Metric, type MetricOptions, type MetricResult } from './metric.ts';

const average: OptionType<'macro' | 'weighted' | 'micro'> = {
  read: (owner, name, value) => checkChoice(owner, name, value, ['macro', 'weighted', 'micro']),
  nullable: true,
};

const options = {
  /**
   * How the scores of the classes become one number: null (default) they do not, `'macro'` their mean, `'weighted'` their mean weighted by the number
   * of targets of each class, `'micro'` the score of all decisions together.
   */
  average: [average, null],
  /** Predictions above it (from 0 to 1) are positive; without it the largest of each row is. */
  threshold: [fraction, null],
} as const satisfies Options;

const betaOptions = {
  /** How many times as much recall counts as precision, above 0; 1 by default. */
  beta: [aboveZero, 1],
} as const satisfies Options;

/** Options of {@link F1Score}. */
export interface F1ScoreOptions extends MetricOptions, OptionsOf<typeof options> {}

/** Options of {@link FBetaScore}. */
export interface FBetaScoreOptions extends F1ScoreOptions, OptionsOf<typeof betaOptions> {}

const EPSILON = 1e-7;

export interface FScore extends ValuesOf<typeof options> {}

/** What both scores share. */
export abstract class FScore extends Metric {
  static override readonly spec: Spec = { options };

  override readonly direction = 'up';
  declare readonly beta?: number;
  /** True positives, false positives and false negatives of each class. */
  private state: Variable | undefined;

  constructor(options?: F1ScoreOptions) {
    super(options);
  }

  override get states(): readonly Variable[] {
    return this.state ? [this.state] : [];
  }

  updateState(yTrue: Operand, yPred: Operand, sampleWeight?: Operand): void {
    this.onValues({ yTrue, yPred, sampleWeight }, (...batch) => this.#add(...(batch as [Value, Value, Value?])));
  }

  #add(target: Value, prediction: Value, weight?: Value): void {
    if (prediction.shape.length !== 2) {
      throw mismatch(this.name, 'predictions of shape [samples, classes]', `[${prediction.shape.join(', ')}]`, 'Flatten other axes first.');
    }
    const classes = prediction.shape[1];
    this.state ??= new Variable('counts', [3, classes], undefined, { trainable: false });
    if (this.state.shape[1] !== classes) {
      throw mismatch(this.name, `${this.state.shape[1]} classes as before`, classes, 'Make another metric for other outputs.');
    }
    const y = likePrediction(this.name, target, prediction);
    const p = this.decisions(prediction);
    const each = weight && elementWeights(weight, y.shape);
    const total = (x: Value): Value => reshape(sum(each ? multiply(x, each) : x, 0), [1, classes]);
    const [notY, notP] = [affine(y, -1, 1), affine(p, -1, 1)];
    assignAdd(this.state, concatenate([total(multiply(p, y)), total(multiply(p, notY)), total(multiply(notP, y))], 0));
  }

  private decisions(prediction: Value): Value {
    if (this.threshold !== null) return greater(prediction, fill([], this.threshold));
    // A row of zeros has no largest prediction.
    return multiply(greaterEqual(prediction, max(prediction, -1, true)), greater(absolute(prediction), fill([], 1e-9)));
  }

  /** The score of each class. */
  classScores(): number[] {
    return this.counts().map((counts) => this.score(counts));
  }

  /** One number, or with `average` null that of each class. */
  result(): MetricResult {
    if (this.average === null) return this.classScores();
    const counts = this.counts();
    if (counts.length === 0) return 0;
    if (this.average === 'micro') {
      return this.score(counts.reduce((a, b) => a.map((value, i) => value + b[i])));
    }
    const scores = counts.map((one) => this.score(one));
    const weights = counts.map(([truePositives, , falseNegatives]) => (this.average === 'macro' ? 1 : truePositives + falseNegatives));
    const total = weights.reduce((a, b) => a + b, 0);
    return total === 0 ? 0 : Math.fround(scores.reduce((sum, score, i) => sum + score * weights[i], 0) / total);
  }

  private counts(): number[][] {
    if (!this.state) return [];
    const classes = this.state.shape[1];
    const all = this.state.view();
    return Array.from({ length: classes }, (_, c) => [all[c], all[classes + c], all[2 * classes + c]]);
  }

  private score([truePositives, falsePositives, falseNegatives]: readonly number[]): number {
    const precision = truePositives / (truePositives + falsePositives + EPSILON);
    const recall = truePositives / (truePositives + falseNegatives + EPSILON);
    const { beta = 1 } = this;
    const square = beta * beta;
    return Math.fround(((precision * recall) / (square * precision + recall + EPSILON)) * (1 + square));
  }
}

/**
 * (1 + beta^2) precision * recall / (beta^2 precision + recall): `new metrics.FBetaScore({ beta: 2 })`.
 *
 * Targets one-hot or several-hot, [samples, classes] like the predictions. Options {@link FBetaScoreOptions}; wrong ones are a
 * ValueError.
 */
export class FBetaScore extends FScore {
  static override readonly spec: Spec = { keras: 'keras.metrics.FBetaScore', name: 'fbeta_score', options: betaOptions };

  constructor(options?: FBetaScoreOptions) {
    super(options);
  }
}

/**
 * 2 precision * recall / (precision + recall): `new metrics.F1Score({ average: 'micro', threshold: 0.5 })`.
 *
 * Targets one-hot or several-hot, [samples, classes] like the predictions. Options {@link F1ScoreOptions}; wrong ones are a
 * ValueError.
 */
export class F1Score extends FScore {
  static override readonly spec: Spec = { keras: 'keras.metrics.F1Score', name: 'f1_score' };
}
