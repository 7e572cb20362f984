// Tensors without numbers: what a functional model is drawn with.
import { ValueError } from '../errors.ts';
import { checkOptions, describe } from '../options.ts';
import { list } from './apply.ts';
import type { ApplyOptions, Layer, Shape } from './layer.ts';
import { isShapeList } from './shape.ts';

/** One use of a layer in a functional model. */
export interface LayerCall {
  readonly layer: Layer;
  /** What went in: inputs, then initial states, then the mask. */
  readonly inputs: readonly SymbolicTensor[];
  /** Whether the layer is called with an array, even of one. */
  readonly listed: boolean;
  /** How many of them are initial states of a recurrent layer. */
  readonly states: number;
  /** Whether the last of them is a mask. */
  readonly masked: boolean;
  /** What the call was told besides its inputs. */
  readonly training: boolean | undefined;
  readonly outputs: readonly SymbolicTensor[];
  /** Which use of its layer it is, from 0. */
  readonly index: number;
}

/**
 * The place of a tensor in a functional model: its shape (null where it varies) and where it comes from.
 *
 * ```js
 * const x = Input({ shape: [4] });
 * const y = new layers.Dense(2).apply(x);
 * y.shape; // [null, 2]
 * ```
 */
export class SymbolicTensor {
  readonly shape: Shape;
  readonly dtype: 'float32' | 'int32' | 'string';
  readonly name: string;
  /** @internal The call that gives it. */
  call: LayerCall | undefined;
  /** @internal Which of the call's outputs it is. */
  readonly index: number;

  constructor(shape: Shape, dtype: 'float32' | 'int32' | 'string', name: string, index = 0) {
    this.shape = shape;
    this.dtype = dtype;
    this.name = name;
    this.index = index;
  }

  /** Number of axes. */
  get rank(): number {
    return this.shape.length;
  }

  /** @internal Adds a use of the layer on `inputs`, of which this is the first. A method, so that only what draws models carries it. */
  apply(layer: Layer, inputs: SymbolicTensor | readonly SymbolicTensor[], options: ApplyOptions<SymbolicTensor>): SymbolicTensor[] {
    return applySymbolic(layer, inputs, options);
  }
}

function applySymbolic(
  layer: Layer,
  given: SymbolicTensor | readonly SymbolicTensor[],
  options: ApplyOptions<SymbolicTensor>,
): SymbolicTensor[] {
  checkOptions(`${layer.name}.apply`, options, ['training', 'mask', 'initialState']);
  const listed = Array.isArray(given);
  const inputs = list(given);
  const odd = inputs.findIndex((input) => !(input instanceof SymbolicTensor));
  if (odd >= 0)
    throw new ValueError(
      `${layer.name}.apply: expected symbolic tensors throughout, got ${describe(inputs[odd])} at position ${odd}. Start from Input({ shape }).`,
    );
  if (layer.preparesData) layer.checkSymbols(inputs);
  else refuseTexts(layer, inputs);
  const states = list<SymbolicTensor>(options.initialState);
  const shape = listed ? inputs.map((input) => input.shape) : inputs[0].shape;
  const outputShape = layer.computeOutputShape(shape);
  layer.ensureBuilt(shape);
  const shapes = isShapeList(outputShape) ? outputShape : [outputShape];
  const outputs = shapes.map((s, i) => new SymbolicTensor(s, layer.outputDtype, layer.name, i));
  const call: LayerCall = {
    layer,
    inputs: [...inputs, ...states, ...list(options.mask)],
    listed,
    states: states.length,
    masked: options.mask !== undefined,
    training: options.training,
    outputs,
    index: layer.calls.length,
  };
  for (const output of outputs) output.call = call;
  layer.calls.push(call);
  layer.connected(shape, outputShape);
  return outputs;
}

function refuseTexts(layer: Layer, inputs: readonly SymbolicTensor[]): void {
  const texts = inputs.find(({ dtype }) => dtype === 'string');
  if (!texts) return;
  throw new ValueError(
    `${layer.name}: expected numbers, got the texts of ${texts.name}. Put a TextVectorization, StringLookup or Hashing layer between.`,
  );
}
