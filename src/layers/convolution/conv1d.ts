// Convolution along time.
import type { Activation, ActivationIdentifier } from '../../activations/index.ts';
import { ValueError } from '../../common/errors.ts';
import { boolean, positiveInteger, type Spec } from '../../common/spec.ts';
import type { ConstraintIdentifier } from '../../constraints/index.ts';
import { fitsDim, shapeText, UNKNOWN } from '../../graph/shape.ts';
import { currentTrace } from '../../graph/trace.ts';
import type { Value } from '../../graph/value.ts';
import type { Variable } from '../../graph/variable.ts';
import type { InitializerIdentifier } from '../../initializers/index.ts';
import { conv1d } from '../../primitives/im2col.ts';
import type { RegularizerIdentifier } from '../../regularizers/index.ts';
import { Layer, type LayerOptions, type Shape } from '../base/layer.ts';
import { activation, choice, dataFormat } from '../base/option-types.ts';
import { weightOptions, withWeights } from '../base/weight-options.ts';
import {
  checkSequence,
  type DataFormat,
  inStepsFirst,
  outputSteps,
  paddingFor,
  type Single,
  single,
  stepsAxis,
  type Windowing,
  withSteps,
} from './windowing.ts';

export interface Conv1DOptions extends LayerOptions {
  /** Number of features of the output. */
  filters: number;
  /** Number of steps each output sees. */
  kernelSize: Single;
  /** Steps from one output to the next. Default 1. */
  strides?: Single;
  /**
   * 'valid' (the default) has no padding, 'same' gives as many outputs as steps over strides, 'causal' lets output t see
   * no step after t.
   */
  padding?: 'valid' | 'same' | 'causal';
  /** Whether inputs are [batch, steps, features] ('channels_last', the default) or [batch, features, steps]. */
  dataFormat?: DataFormat | null;
  /** Steps from one element of a window to the next. Default 1. */
  dilationRate?: Single;
  /** Groups of features, each with filters of its own. Default 1. */
  groups?: number;
  /** Applied to the result; default 'linear'. */
  activation?: ActivationIdentifier | null;
  /** Default true. */
  useBias?: boolean;
  /** Default 'glorot_uniform'. */
  kernelInitializer?: InitializerIdentifier;
  /** Default 'zeros'. */
  biasInitializer?: InitializerIdentifier;
  kernelRegularizer?: RegularizerIdentifier | null;
  biasRegularizer?: RegularizerIdentifier | null;
  kernelConstraint?: ConstraintIdentifier | null;
  biasConstraint?: ConstraintIdentifier | null;
}

const spec: Spec = {
  className: 'Conv1D',
  positional: ['filters', 'kernelSize', 'strides', 'padding', 'dataFormat', 'dilationRate', 'groups', 'activation', 'useBias'],
  fields: /* @__PURE__ */ withWeights(
    {
      filters: [positiveInteger],
      kernelSize: [single],
      strides: [single, 1],
      padding: [/* @__PURE__ */ choice('valid', 'same', 'causal'), 'valid'],
      dataFormat: [dataFormat, 'channels_last'],
      dilationRate: [single, 1],
      groups: [positiveInteger, 1],
      activation: [activation, 'linear'],
      useBias: [boolean, true],
    },
    { kernel: 'glorot_uniform', bias: 'zeros' },
  ),
};

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
  declare readonly filters: number;
  declare readonly kernelSize: number;
  declare readonly strides: number;
  declare readonly padding: 'valid' | 'same' | 'causal';
  declare readonly dataFormat: DataFormat;
  declare readonly dilationRate: number;
  declare readonly groups: number;
  declare readonly activation: Activation;
  declare readonly useBias: boolean;
  private kernel: Variable | undefined;
  private bias: Variable | undefined;

  constructor(options: Conv1DOptions);
  constructor(filters: number, kernelSize: Single, options?: Omit<Conv1DOptions, 'filters' | 'kernelSize'>);
  constructor(...args: readonly unknown[]) {
    super(spec, args);
    const { strides, dilationRate } = this;
    if (strides > 1 && dilationRate > 1) {
      throw new ValueError(
        `${this.name}: expected strides or dilationRate to be 1, got ${strides} and ${dilationRate}. Use one of the two.`,
      );
    }
    this.checkGroups('filters', this.filters);
  }

  private get windowing(): Windowing {
    return { size: this.kernelSize, stride: this.strides, dilation: this.dilationRate, padding: this.padding };
  }

  private checkGroups(what: string, count: number): void {
    if (count % this.groups === 0) return;
    throw new ValueError(
      `${this.name}: expected groups to divide the ${what}, got ${this.groups} and ${count}. Choose a divisor of ${count}.`,
    );
  }

  override build(inputShape: Shape): void {
    checkSequence(this.name, inputShape);
    const features = inputShape[3 - stepsAxis(this.dataFormat)];
    if (features === null) {
      throw new ValueError(
        `${this.name}: expected inputs with a known number of features, got ${shapeText(inputShape)}. ` +
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
      throw new ValueError(
        `${this.name}: expected inputs of ${kernel.shape[1] * this.groups} features, got ${features}. ` +
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

  override computeOutputShape(inputShape: Shape): Shape {
    checkSequence(this.name, inputShape);
    return withSteps(inputShape, this.dataFormat, (steps) => outputSteps(this.name, steps, this.windowing), this.filters);
  }
}
