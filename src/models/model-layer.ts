// A model as a layer: what it holds, and how data become its inputs.

import { mismatch } from '../common/errors.ts';
import { describe } from '../common/options.ts';
import type { FittedInputs } from '../data/model-source.ts';
import type { Value } from '../graph/value.ts';
import { type CallOptions, Layer, type LayerData } from '../layers/base/layer.ts';
import type { Tensor } from '../tensor/index.ts';
import { nestedHost } from './host.ts';
import { type Arranged, fitToSpec, type InputSpec, oneEach } from './inputs.ts';

export abstract class ModelLayer extends Layer {
  abstract get layers(): readonly Layer[];
  /** @internal Specs of the inputs; `sample` gives the shapes while the model has none of its own. */
  abstract inputSpecs(sample?: unknown): readonly InputSpec[];
  /** @internal */
  abstract forward(inputs: readonly Value[], training: boolean): Value[];
  abstract get outputNames(): readonly string[];

  /** @internal The outputs in the names of metrics. */
  get metricPrefixes(): readonly string[] {
    return this.outputNames;
  }

  /** @internal Reads data by the structure that the inputs or outputs were given in, where they may be several. */
  arranged(_owner: string, _side: 'inputs' | 'outputs'): Arranged | undefined {
    return undefined;
  }

  /** @internal Where each layer's inputs come from, for the summary; undefined where the layers simply follow one another. */
  connections(): ReadonlyMap<Layer, readonly string[]> | undefined {
    return undefined;
  }

  /** Layers on the host have to see data, which only the outermost model does. */
  override checkSymbols(): void {
    throw nestedHost(this.name);
  }

  abstract override get preparesData(): boolean;

  override readInputs(data: readonly LayerData[]): readonly Tensor[] {
    const x = data.length === 1 ? data[0] : data;
    return this.preparesData ? this.fitInputs(this.name, x).inputs : super.readInputs(data);
  }

  /** @internal A tensor for each of `inputSpecs`, and its dtype in a batch; several of one name are made of the same data. */
  fitInputs(owner: string, x: unknown): FittedInputs {
    const specs = this.inputSpecs(x);
    const names = [...new Set(specs.map((spec) => spec.name))];
    const perName = oneEach(owner, x, names, 'inputs', this.arranged(owner, 'inputs'));
    return {
      inputs: specs.map((spec) => fitToSpec(owner, perName[names.indexOf(spec.name)], spec)),
      inputDtypes: specs.map(({ dtype }) => dtype),
    };
  }

  /** The layers inside see to the masks. */
  override get endsMasks(): boolean {
    return false;
  }

  override get sublayers(): readonly Layer[] {
    return this.layers;
  }

  override call(inputs: Value | readonly Value[], { training }: CallOptions): readonly Value[] {
    return this.forward(Array.isArray(inputs) ? inputs : [inputs as Value], training);
  }

  override get declaresShape(): boolean {
    return false;
  }

  override get runsUserCode(): boolean {
    return false;
  }

  /** The layers inside have put masks on their outputs already. */
  override setMasks(_inputs: unknown, _masks: unknown, outputs: readonly Value[]): readonly Value[] {
    return outputs;
  }

  /** Forgets the states of stateful layers: the next batch starts from zeros. */
  resetStates(): void {
    for (const layer of this.layers) (layer as { resetStates?(): void }).resetStates?.();
  }

  /** The layer of this name or at this place. */
  getLayer(nameOrIndex: string | number): Layer {
    const layer = typeof nameOrIndex === 'number' ? this.layers.at(nameOrIndex) : this.layers.find(({ name }) => name === nameOrIndex);
    if (!layer)
      throw mismatch(
        `${this.name}.getLayer`,
        'the name or index of a layer',
        describe(nameOrIndex),
        `The layers are ${this.layers.map(({ name }) => name).join(', ')}.`,
      );
    return layer;
  }
}
