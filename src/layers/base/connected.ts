// A layer's place in models: its uses, its shapes there, and the symbolic tensors of its first use.
import { mismatch } from '../../common/errors.ts';
import type { Shape, Shapes } from './shape.ts';
import type { SymbolicCall, SymbolicTensor } from './symbolic.ts';
import { WeightedLayer } from './weighted.ts';

/** Symbolic tensors: one, an array, or an object by name; arrays and objects may hold others. */
export type Symbols = SymbolicTensor | readonly Symbols[] | { readonly [name: string]: Symbols };

export abstract class ConnectedLayer extends WeightedLayer {
  /** @internal Its uses in functional models. */
  readonly calls: SymbolicCall[] = [];
  #shapes: readonly [input: Shapes, output: Shapes] | undefined;
  #draw: (() => void) | undefined;

  /** Shape of a batch of its input, once connected; a list where there are several. */
  get inputShape(): Shapes | undefined {
    return this.#shapes?.[0];
  }

  /** Shape of a batch of its output, once connected; a list where there are several. */
  get outputShape(): Shapes | undefined {
    return this.#shapes?.[1];
  }

  /**
   * The symbolic tensor that went in where the layer was first used in a model, or a list of them; for a model its own inputs.
   * @throws ValueError when it was not used yet.
   */
  get input(): Symbols {
    return this.pack(this.#firstUse().inputs);
  }

  /**
   * The symbolic tensor that came out where the layer was first used in a model, or a list of them; for a model its own outputs.
   *
   * ```js
   * const inner = new Model({ inputs: model.input, outputs: model.layers[0].output });
   * ```
   * @throws ValueError when it was not used yet.
   */
  get output(): Symbols {
    return this.pack(this.#firstUse().outputs);
  }

  #firstUse(): SymbolicCall {
    if (this.calls.length === 0) this.#draw?.();
    const [call] = this.calls;
    if (call) return call;
    throw mismatch(this.name, 'a layer that is used in a model', 'one that is not', 'Apply it to a symbolic tensor first.');
  }

  /**
   * @internal Notes the shapes at the place where the layer is first used, and how a stack of layers draws its symbolic tensors.
   * Gives what makes it forget them.
   */
  connected(inputShape: Shapes, outputShape: Shapes, draw?: () => void): () => void {
    const [shapes, drawing] = [this.#shapes, this.#draw];
    this.#shapes ??= [inputShape, outputShape];
    this.#draw ??= draw;
    return () => {
      this.#shapes = shapes;
      this.#draw = drawing;
    };
  }

  /** @internal A shape of a batch of its input that it takes for given, unless a layer behind it has to know more. */
  get presumedInputShape(): Shape | undefined {
    return undefined;
  }

  /** @internal Outputs as users see them: one, or an array. */
  pack<T>(outputs: readonly T[]): T | readonly T[] {
    return outputs.length === 1 ? outputs[0] : outputs;
  }
}
