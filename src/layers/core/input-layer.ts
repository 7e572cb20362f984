// InputLayer and Input: where data enter a model.
import { ValueError } from '../../common/errors.ts';
import { uniqueName } from '../../common/names.ts';
import { checkChoice, checkOptions } from '../../common/options.ts';
import type { Value } from '../../graph/value.ts';
import { keptDType } from '../../tensor/dtype.ts';
import type { DType } from '../../tensor/index.ts';
import { checkShape, Layer, type LayerCall, type LayerSpec, type Shape } from '../base/layer.ts';
import { recordOp } from '../base/op-layer.ts';
import { SymbolicTensor } from '../base/symbolic.ts';

/** What Keras calls the dtypes of inputs. */
export type InputDType =
  | DType
  | 'string'
  | 'float16'
  | 'bfloat16'
  | 'float64'
  | 'int8'
  | 'int16'
  | 'int64'
  | 'uint8'
  | 'uint16'
  | 'uint32'
  | 'uint64';

export interface InputLayerOptions {
  /** Shape of one sample; null for a length that varies. */
  shape?: Shape;
  /** Shape of a batch, instead of `shape`. */
  batchShape?: Shape;
  /**
   * Kind of value: 'float32' (the default), 'int32' for ids, 'bool' for truth values, or 'string' for texts. Keras's wider and narrower
   * ones are kept in one of these: 'int64' and 'uint8' are 'int32', 'float64' is 'float32'.
   */
  dtype?: InputDType;
  name?: string;
}

/**
 * States the shape of a model's input, as the first layer of a Sequential model.
 *
 * ```js
 * const model = new Sequential([new layers.InputLayer({ shape: [4] }), new layers.Dense(2)]);
 * model.outputShape; // [null, 2]
 * ```
 * @throws ValueError when neither or both of `shape` and `batchShape` are given.
 */
export class InputLayer extends Layer {
  static override readonly spec: LayerSpec = {
    keras: 'keras.layers.InputLayer',
    supportsMasking: true,
    builtAtOnce: true,
    config: { constants: { sparse: false, ragged: false, optional: false } },
  };

  readonly dtype: DType | 'string';
  /** @internal Whether the user chose the dtype. */
  readonly explicitDtype: boolean;

  constructor(options: InputLayerOptions);
  constructor(shape: Shape, options?: Omit<InputLayerOptions, 'shape'>);
  constructor(first: InputLayerOptions | Shape, more?: object) {
    const options = (Array.isArray(first) ? { ...more, shape: first } : first) as InputLayerOptions;
    checkOptions('InputLayer', options, ['shape', 'batchShape', 'dtype', 'name']);
    const { shape, batchShape, dtype, name } = options ?? {};
    if ((shape === undefined) === (batchShape === undefined)) {
      throw new ValueError(
        'InputLayer: expected either shape or batchShape, got ' +
          (shape === undefined ? 'none' : 'both') +
          '. Pass shape: [...] of one sample.',
      );
    }
    // Keras 2 counts its inputs from 1.
    super({ name: name ?? uniqueName('input', 1), batchInputShape: batchShape ?? [null, ...checkShape('InputLayer', shape)] });
    this.dtype = checkChoice(this.name, 'dtype', keptDType(dtype ?? 'float32'), ['float32', 'int32', 'bool', 'string']);
    this.ensureBuilt(this.batchInputShape as Shape);
    this.connected(this.batchInputShape as Shape, this.batchInputShape as Shape);
    this.explicitDtype = dtype !== undefined;
  }

  override get inputDtype(): 'float32' | 'int32' {
    return this.dtype === 'int32' ? 'int32' : 'float32';
  }

  override call(x: Value): Value {
    return x;
  }

  override getConfig(): Record<string, unknown> {
    return { batchShape: this.batchInputShape, dtype: this.dtype, name: this.name };
  }
}

/**
 * Starts a functional model: a symbolic tensor of the given shape.
 *
 * ```js
 * const x = Input({ shape: [4], name: 'features' });
 * const model = new Model({ inputs: x, outputs: new layers.Dense(2).apply(x) });
 * ```
 * Takes the options of InputLayer, or the shape and the others: `Input([4], { name: 'features' })`. Where no `dtype` is given, an input that only feeds layers of ids takes whole numbers.
 */
export function Input(options: InputLayerOptions): SymbolicTensor;
export function Input(shape: Shape, options?: Omit<InputLayerOptions, 'shape'>): SymbolicTensor;
export function Input(first: InputLayerOptions | Shape, more?: object): SymbolicTensor {
  return inputTensor(new InputLayer(first as Shape, more as object));
}

/** The symbolic tensor that a functional model starts from. */
export function inputTensor(layer: InputLayer): SymbolicTensor {
  const tensor = new SymbolicTensor(layer.batchInputShape as Shape, layer.dtype, layer.name, recordOp);
  const call: LayerCall = {
    layer,
    arguments: { inputs: [], listed: false, initialState: undefined, masks: undefined, tensors: {} },
    inputs: [],
    training: undefined,
    options: {},
    outputs: [tensor],
    index: 0,
  };
  tensor.call = call;
  layer.calls.push(call);
  return tensor;
}
