// Tensors without numbers: what a functional model is drawn with.
import { ValueError } from '../../common/errors.ts';
import { describe } from '../../common/options.ts';
import { type Arguments, type Definition, operandsOf } from '../../ops/definition.ts';
import { SymbolicOperand } from '../../ops/symbolic.ts';
import { checkList, defined, list, maskList, settingsOf } from './apply.ts';
import type { ApplyOptions, Layer, Settings, Shape } from './layer.ts';
import { OpLayer } from './op-layer.ts';
import { isShapeList } from './shape.ts';

/** One use of a layer in a functional model. */
export interface LayerCall {
  readonly layer: Layer;
  /** What went in: inputs, then initial states, then masks. */
  readonly inputs: readonly SymbolicTensor[];
  /** Whether the layer is called with an array, even of one. */
  readonly listed: boolean;
  /** How many of them are initial states of a recurrent layer. */
  readonly states: number;
  /** For each input whether it was given a mask of its own; may be shorter than the inputs. */
  readonly masked: readonly boolean[];
  readonly training: boolean | undefined;
  /** What else the call was told: the layer's `callOptions`. */
  readonly settings: Settings;
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
export class SymbolicTensor extends SymbolicOperand {
  readonly shape: Shape;
  readonly dtype: 'float32' | 'int32' | 'string';
  readonly name: string;
  /** @internal The call that gives it. */
  call: LayerCall | undefined;
  /** @internal Which of the call's outputs it is. */
  readonly index: number;

  constructor(shape: Shape, dtype: 'float32' | 'int32' | 'string', name: string, index = 0) {
    super();
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

  /** @internal */
  override record(definition: Definition, given: Arguments): readonly SymbolicTensor[] {
    const symbols = operandsOf(definition, given).filter((operand) => operand instanceof SymbolicTensor);
    return applySymbolic(new OpLayer(definition, given), symbols.length === 1 ? symbols[0] : symbols, {});
  }
}

function applySymbolic(
  layer: Layer,
  given: SymbolicTensor | readonly SymbolicTensor[],
  options: ApplyOptions<SymbolicTensor>,
): SymbolicTensor[] {
  const settings = settingsOf(layer, options);
  const listed = Array.isArray(given);
  checkList(layer, listed);
  const inputs = list(given);
  checkSymbolic(layer, '', inputs);
  if (layer.preparesData) layer.checkSymbols(inputs);
  else refuseTexts(layer, inputs);
  const states = list<SymbolicTensor>(options.initialState);
  const masks = maskList(layer, options.mask, Array.isArray(options.mask), inputs.length);
  checkSymbolic(layer, ' as initialState', states);
  checkSymbolic(layer, ' as mask', defined(masks));
  const shape = listed ? inputs.map((input) => input.shape) : inputs[0].shape;
  const outputShape = layer.computeOutputShape(shape, settings);
  layer.ensureBuilt(shape);
  const shapes = isShapeList(outputShape) ? outputShape : [outputShape];
  const outputs = shapes.map((s, i) => new SymbolicTensor(s, layer.outputDtypeAt(i), layer.name, i));
  const call: LayerCall = {
    layer,
    inputs: [...inputs, ...states, ...defined(masks)],
    listed,
    states: states.length,
    masked: masks.map((mask) => mask !== undefined),
    training: options.training,
    settings,
    outputs,
    index: layer.calls.length,
  };
  for (const output of outputs) output.call = call;
  layer.calls.push(call);
  layer.connected(shape, outputShape);
  return outputs;
}

function checkSymbolic(layer: Layer, place: string, given: readonly unknown[]): void {
  const odd = given.findIndex((one) => !(one instanceof SymbolicTensor));
  if (odd < 0) return;
  const got = `${describe(given[odd])} at position ${odd}`;
  throw new ValueError(`${layer.name}.apply: expected symbolic tensors${place || ' throughout'}, got ${got}. Start from Input({ shape }).`);
}

function refuseTexts(layer: Layer, inputs: readonly SymbolicTensor[]): void {
  const texts = inputs.find(({ dtype }) => dtype === 'string');
  if (!texts) return;
  throw new ValueError(
    `${layer.name}: expected numbers, got the texts of ${texts.name}. Put a TextVectorization, StringLookup or Hashing layer between.`,
  );
}
