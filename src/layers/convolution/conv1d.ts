// Conv1D.

import { mismatch } from '../../common/errors.ts';
import { boolean, choice, positiveInteger } from '../../common/option-types.ts';
import type { Options, OptionsOf, ValuesOf } from '../../common/spec.ts';
import { fitsDim, shapeText, UNKNOWN } from '../../graph/shape.ts';
import { currentTrace } from '../../graph/trace.ts';
import type { Value } from '../../graph/value.ts';
import type { Variable } from '../../graph/variable.ts';
import { conv1d } from '../../primitives/im2col.ts';
import { Layer, type LayerOptions, type LayerSpec, type Shape } from '../base/layer.ts';
import { activation, constraint, dataFormat, initializer, regularizer } from '../base/option-types.ts';
import { weightOptions } from '../base/weight-options.ts';
import { checkSequence, inStepsFirst, outputSteps, paddingFor, type Single, single, stepsAxis, type Windowing } from './windowing.ts';

const options = {
  /** Number of features of the output. */
  filters: [positiveInteger],
  /** Number of steps each output sees. */
  kernelSize: [single],
  /** Steps from one output to the next. Default 1. */
  strides: [single, 1],
  /**
   * 'valid' (the default) has no padding, 'same' gives as many outputs as steps over strides, 'causal' lets output t see
   * no step after t.
   */
  padding: [/* @__PURE__ */ choice('valid', 'same', 'causal'), 'valid'],
  /** Whether inputs are [batch, steps, features] ('channels_last', the default) or [batch, features, steps]. */
  dataFormat: [dataFormat, 'channels_last'],
  /** Steps from one element of a window to the next. Default 1. */
  dilationRate: [single, 1],
  /** Groups of features, each with filters of its own. Default 1. */
  groups: [positiveInteger, 1],
  /** Applied to the result; default 'linear'. */
  activation: [activation, 'linear'],
  /** Default true. */
  useBias: [boolean, true],
  /** Default 'glorot_uniform'. */
  kernelInitializer: [initializer, 'glorot_uniform'],
  kernelRegularizer: [regularizer, null],
  kernelConstraint: [constraint, null],
  /** Default 'zeros'. */
  biasInitializer: [initializer, 'zeros'],
  biasRegularizer: [regularizer, null],
  biasConstraint: [constraint, null],
} as const satisfies Options;

export interface Conv1DOptions extends LayerOptions, OptionsOf<typeof options> {}

export interface Conv1D extends ValuesOf<typeof options> {}

/**
 * activation(b + the sum over j of x[t * strides + j * dilationRate] · kernel[j]): `[batch, steps, features]` becomes
 * `[batch, outputs, filters]`.
 *
 * ```js
 * const layer = new layers.Conv1D(16, 3, { padding: 'causal', activation: 'relu' });
 * layer.apply(tensor(new Float32Array(40), [1, 10, 4])).shape; // [1, 10, 16]
 * ```
 * The kernel has shape [kernelSize, features / groups, filters], the bias [filters]. A mask does not survive it, as in Keras.
 * @throws ValueError when an option is out of range, when both `strides` and `dilationRate` are above 1, when `groups` does
 * not divide features and filters, or when a sequence is shorter than a window.
 */
export class Conv1D extends Layer {
  static override readonly spec: LayerSpec = {
    keras: 'keras.layers.Conv1D',
    positional: ['filters', 'kernelSize', 'strides', 'padding', 'dataFormat', 'dilationRate', 'groups', 'activation', 'useBias'],
    options,
    config: { constants: { activity_regularizer: null }, lists: ['kernelSize', 'strides', 'dilationRate'] },
  };

  private kernel: Variable | undefined;
  private bias: Variable | undefined;

  constructor(options: Conv1DOptions);
  constructor(filters: number, kernelSize: Single, options?: Omit<Conv1DOptions, 'filters' | 'kernelSize'>);
  constructor(...args: readonly never[]) {
    super(...args);
    const { strides, dilationRate } = this;
    if (strides > 1 && dilationRate > 1) {
      throw mismatch(this.name, 'strides or dilationRate to be 1', `${strides} and ${dilationRate}`, 'Use one of the two.');
    }
    this.checkGroups('filters', this.filters);
  }

  private get windowing(): Windowing {
    return { size: this.kernelSize, stride: this.strides, dilation: this.dilationRate, padding: this.padding };
  }

  private checkGroups(what: string, count: number): void {
    if (count % this.groups === 0) return;
    throw mismatch(this.name, `groups to divide the ${what}`, `${this.groups} and ${count}`, `Choose a divisor of ${count}.`);
  }

  override build(inputShape: Shape): void {
    checkSequence(this.name, inputShape);
    const features = inputShape[3 - stepsAxis(this.dataFormat)];
    if (features === null) {
      throw mismatch(
        this.name,
        'inputs with a known number of features',
        shapeText(inputShape),
        'Give the layers before it fixed lengths.',
      );
    }
    this.checkGroups('features', features);
    outputSteps(this.name, inputShape[stepsAxis(this.dataFormat)] ?? UNKNOWN, this.windowing);
    this.kernel = this.addWeight('kernel', [this.kernelSize, features / this.groups, this.filters], weightOptions(this, 'kernel'));
    if (this.useBias) this.bias = this.addWeight('bias', [this.filters], weightOptions(this, 'bias'));
  }

  override call(x: Value): Value {
    checkSequence(this.name, x.shape);
    return inStepsFirst(x, this.dataFormat, (sequence) => this.activation(this.convolve(sequence)));
  }

  private convolve(x: Value): Value {
    const kernel = this.kernel as Variable;
    const [, steps, features] = x.shape;
    if (!fitsDim(features, kernel.shape[1] * this.groups)) {
      throw mismatch(
        this.name,
        `inputs of ${kernel.shape[1] * this.groups} features`,
        features,
        'Give it as many features as the layer was built for.',
      );
    }
    outputSteps(this.name, steps, this.windowing);
    const trace = currentTrace();
    return conv1d(x, trace.read(kernel), this.bias && trace.read(this.bias), {
      stride: this.strides,
      dilation: this.dilationRate,
      padding: paddingFor(steps, this.windowing),
      groups: this.groups,
    });
  }
}
