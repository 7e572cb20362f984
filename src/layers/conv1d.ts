// Convolution along time.
import * as activations from '../activations/index.ts';
import type { ConstraintIdentifier } from '../constraints/index.ts';
import { ValueError } from '../errors.ts';
import { currentTrace } from '../graph/trace.ts';
import type { Value } from '../graph/value.ts';
import type { Variable } from '../graph/variable.ts';
import type { InitializerIdentifier } from '../initializers/index.ts';
import { conv1d } from '../ops/windows.ts';
import { checkBoolean, checkChoice, checkPositiveInteger } from '../options.ts';
import type { RegularizerIdentifier } from '../regularizers/index.ts';
import { readArguments } from './arguments.ts';
import { Layer, type LayerOptions, layerOptions, type Shape } from './layer.ts';
import {
  checkDataFormat,
  checkSequence,
  checkSingle,
  type DataFormat,
  inStepsFirst,
  outputSteps,
  paddingFor,
  type Single,
  stepsAxis,
  type Windowing,
  withSteps,
} from './steps.ts';
import { readWeightOptions, serializeWeightOptions, type WeightParts, weightOptionNames } from './weight-options.ts';

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
  activation?: activations.ActivationIdentifier | null;
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

const positional = [
  'filters',
  'kernelSize',
  'strides',
  'padding',
  'dataFormat',
  'dilationRate',
  'groups',
  'activation',
  'useBias',
] as const;

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
  readonly filters: number;
  readonly activation: activations.Activation;
  private readonly windowing: Windowing;
  private readonly dataFormat: DataFormat;
  private readonly groups: number;
  private readonly useBias: boolean;
  private readonly kernelOptions: WeightParts;
  private readonly biasOptions: WeightParts;
  private kernel: Variable | undefined;
  private bias: Variable | undefined;

  constructor(options: Conv1DOptions);
  constructor(filters: number, kernelSize: Single, options?: Omit<Conv1DOptions, 'filters' | 'kernelSize'>);
  constructor(...args: readonly unknown[]) {
    const options = readArguments<Conv1DOptions>('Conv1D', args, positional, [...layerOptions, ...weightOptionNames('kernel', 'bias')]);
    super(options);
    this.filters = checkPositiveInteger(this.name, 'filters', options.filters);
    this.windowing = {
      size: checkSingle(this.name, 'kernelSize', options.kernelSize),
      stride: checkSingle(this.name, 'strides', options.strides ?? 1),
      dilation: checkSingle(this.name, 'dilationRate', options.dilationRate ?? 1),
      padding: checkChoice(this.name, 'padding', options.padding ?? 'valid', ['valid', 'same', 'causal']),
    };
    this.dataFormat = checkDataFormat(this.name, options.dataFormat);
    this.groups = checkPositiveInteger(this.name, 'groups', options.groups ?? 1);
    this.activation = activations.get(options.activation ?? 'linear');
    this.useBias = checkBoolean(this.name, 'useBias', options.useBias ?? true);
    this.kernelOptions = readWeightOptions(options, 'kernel', 'glorot_uniform');
    this.biasOptions = readWeightOptions(options, 'bias', 'zeros');
    const { stride, dilation } = this.windowing;
    if (stride > 1 && dilation > 1) {
      throw new ValueError(`${this.name}: expected strides or dilationRate to be 1, got ${stride} and ${dilation}. Use one of the two.`);
    }
    this.checkGroups('filters', this.filters);
  }

  private checkGroups(what: string, count: number): void {
    if (count % this.groups === 0) return;
    throw new ValueError(
      `${this.name}: expected groups to divide the ${what}, got ${this.groups} and ${count}. Choose a divisor of ${count}.`,
    );
  }

  override get className(): string {
    return 'Conv1D';
  }

  override build(inputShape: Shape): void {
    checkSequence(this.name, inputShape);
    const features = inputShape[3 - stepsAxis(this.dataFormat)];
    if (features === null) {
      throw new ValueError(
        `${this.name}: expected inputs with a known number of features, got [${inputShape.map(String).join(', ')}]. ` +
          'Give the layers before it fixed lengths.',
      );
    }
    this.checkGroups('features', features);
    this.computeOutputShape(inputShape);
    this.kernel = this.addWeight('kernel', [this.windowing.size, features / this.groups, this.filters], this.kernelOptions);
    if (this.useBias) this.bias = this.addWeight('bias', [this.filters], this.biasOptions);
  }

  override call(x: Value): Value {
    checkSequence(this.name, x.shape);
    return inStepsFirst(x, this.dataFormat, (sequence) => this.activation(this.convolve(sequence)));
  }

  private convolve(x: Value): Value {
    const kernel = this.kernel as Variable;
    const [, steps, features] = x.shape;
    if (features !== kernel.shape[1] * this.groups) {
      throw new ValueError(
        `${this.name}: expected inputs of ${kernel.shape[1] * this.groups} features, got ${features}. ` +
          'Give it as many features as the layer was built for.',
      );
    }
    outputSteps(this.name, steps, this.windowing);
    const trace = currentTrace();
    const { stride, dilation } = this.windowing;
    const padding = paddingFor(steps, this.windowing);
    return conv1d(x, trace.read(kernel), this.bias && trace.read(this.bias), { stride, dilation, padding, groups: this.groups });
  }

  override computeOutputShape(inputShape: Shape): Shape {
    checkSequence(this.name, inputShape);
    return withSteps(inputShape, this.dataFormat, (steps) => outputSteps(this.name, steps, this.windowing), this.filters);
  }

  override getConfig(): Record<string, unknown> {
    const { size, stride, dilation, padding } = this.windowing;
    return {
      ...super.getConfig(),
      filters: this.filters,
      kernelSize: [size],
      strides: [stride],
      padding,
      dataFormat: this.dataFormat,
      dilationRate: [dilation],
      groups: this.groups,
      activation: activations.serialize(this.activation),
      useBias: this.useBias,
      ...serializeWeightOptions('kernel', this.kernelOptions),
      ...serializeWeightOptions('bias', this.biasOptions),
    };
  }
}
