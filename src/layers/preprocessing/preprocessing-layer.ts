// Base class of layers that run on the host, before the numbers of a model are computed.

import { mismatch, type ValueError } from '../../common/errors.ts';
import { checkOptions } from '../../common/options.ts';
import { Value } from '../../graph/value.ts';
import type { Tensor } from '../../tensor/index.ts';
import { type ApplyOptions, describeShape, Layer, type LayerCall, type LayerData, type Shape } from '../base/layer.ts';
import { isSymbolic, type SymbolicTensor } from '../base/symbolic.ts';
import { fromHostTensor, type HostKind, type HostTensor, type NestedTexts, toHostTensor } from './host-tensor.ts';

/**
 * A layer that turns texts, or integers of any size, into numbers. It is used at once by `apply`, or stands where data enter a
 * model: the model runs it while it prepares the data, so its steps in wasm see its numbers only.
 */
export abstract class PreprocessingLayer extends Layer {
  #readTexts = false;

  /** @internal Kind of data that it takes. */
  abstract get takes(): HostKind;

  /** @internal */
  abstract transform(tensor: HostTensor): HostTensor;

  abstract override get outputDtype(): 'float32' | 'int32' | 'string';

  abstract override computeOutputShape(inputShape: Shape): Shape;

  override get isHost(): boolean {
    return true;
  }

  override get preparesData(): boolean {
    return true;
  }

  override get inputDtype(): 'int32' {
    return 'int32';
  }

  /** @internal The shape of a batch that a model starts with when it is built by data. */
  shapeOf(data: unknown): Shape {
    const [, ...rest] = this.read(this.name, data).shape;
    return [null, ...rest];
  }

  /** @internal The dtype of an input in front of it; a layer that takes texts and integers goes by what it read last. */
  get startDtype(): 'int32' | 'string' {
    return this.takes === 'texts' || this.#readTexts ? 'string' : 'int32';
  }

  /** @internal Data as a tensor. */
  read(owner: string, data: unknown): HostTensor {
    const tensor = toHostTensor(owner, data, this.takes);
    this.#readTexts = typeof tensor.values[0] === 'string';
    return tensor;
  }

  /** @internal Data of a model's input on their way through the layers, of which this is the last. */
  prepare(
    owner: string,
    data: unknown,
    layers: readonly PreprocessingLayer[],
    align: (shape: readonly number[]) => readonly number[],
    shape: Shape,
  ) {
    const tensor = layers[0].read(owner, data);
    const aligned = align(tensor.shape);
    if (aligned.length !== shape.length || shape.some((dim, i) => i > 0 && dim !== null && dim !== aligned[i])) {
      throw mismatch(owner, `data of shape ${describeShape(shape)}`, describeShape(tensor.shape), 'The first axis counts the samples.');
    }
    return fromHostTensor(layers.reduce((input, layer) => layer.transform(input), { ...tensor, shape: aligned })) as Tensor;
  }

  /** @internal Refuses a place behind a layer that computes. */
  override checkAfter(before: Layer | undefined): void {
    if (before && !before.isHost) throw this.misplaced(`what layer ${before.name} computes`);
  }

  /** A host layer is never part of a trace. */
  override call(): never {
    throw this.misplaced('a value that was computed');
  }

  /** On data `call` is `apply`; there is nothing to add to a graph. */
  protected override callDirectly(_call: unknown, inputs: unknown): unknown {
    if ([inputs].flat(1).some((one) => one instanceof Value)) throw this.misplaced('a value that was computed');
    return this.apply(inputs as LayerData);
  }

  private misplaced(what: string): ValueError {
    return mismatch(this.name, 'data as they come in', what, 'Put the layer first in a Sequential model or directly behind an Input.');
  }

  override checkSymbols(inputs: readonly SymbolicTensor[]): void {
    const [{ call, dtype, name }] = inputs;
    if (inputs.length > 1) throw mismatch(this.name, 'one input', inputs.length, 'Apply it to each of them.');
    if (call && call.inputs.length > 0) this.checkAfter((call as LayerCall).layer);
    if (this.takes === 'texts' && dtype !== 'string')
      throw mismatch(this.name, 'texts', `the numbers of ${name}`, "Use Input({ shape: [1], dtype: 'string' }).");
    if (this.takes === 'integers' && dtype === 'string')
      throw mismatch(this.name, 'integers', `the texts of ${name}`, "Use Input({ shape: [1], dtype: 'int32' }).");
  }

  /**
   * Uses the layer: on data at once, on a symbolic tensor as part of a functional model.
   *
   * ```js
   * const lookup = new layers.StringLookup({ vocabulary: ['a', 'b'] });
   * lookup.apply([['b', 'z']]).array(); // [[2, 0]]
   * lookup.apply(Input({ shape: [2], dtype: 'string' })).shape; // [null, 2]
   * ```
   * @throws ValueError when the inputs do not fit the layer.
   */
  override apply(inputs: SymbolicTensor | readonly SymbolicTensor[], options?: ApplyOptions): SymbolicTensor;
  /** @internal Inside a call there are no data to see. */
  override apply(inputs: Value | readonly Value[], options?: ApplyOptions): never;
  override apply<T extends Tensor | NestedTexts = Tensor>(inputs: string | LayerData, options?: ApplyOptions): T;
  override apply(
    inputs: SymbolicTensor | readonly SymbolicTensor[] | Value | readonly Value[] | string | LayerData,
    options: object = {},
    // biome-ignore lint/suspicious/noExplicitAny: the results of all signatures above
  ): any {
    checkOptions(`${this.name}.apply`, options, ['training']);
    const first: unknown = Array.isArray(inputs) ? inputs[0] : inputs;
    if (isSymbolic(first)) return super.apply((Array.isArray(inputs) && inputs.length > 1 ? inputs : first) as SymbolicTensor, options);
    if (first instanceof Value) throw this.misplaced('a value that was computed');
    return fromHostTensor(this.transform(this.read(this.name, inputs)));
  }
}
