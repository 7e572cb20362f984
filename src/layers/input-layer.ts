// The place where data enter a model.
import { ValueError } from '../errors.ts';
import type { Value } from '../graph/value.ts';
import { uniqueName } from '../names.ts';
import { checkChoice } from '../options.ts';
import { readArguments } from './arguments.ts';
import { checkShape, Layer, type Shape } from './layer.ts';

export interface InputLayerOptions {
  /** Shape of one sample; null for a length that varies. */
  shape?: Shape;
  /** Shape of a batch, instead of `shape`. */
  batchShape?: Shape;
  /** Kind of number: 'float32' (the default) or 'int32' for ids. */
  dtype?: 'float32' | 'int32';
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
  readonly dtype: 'float32' | 'int32';

  constructor(options: InputLayerOptions) {
    const { shape, batchShape, dtype, name } = readArguments<InputLayerOptions>(
      'InputLayer',
      [options],
      [],
      ['shape', 'batchShape', 'dtype', 'name'],
    );
    if ((shape === undefined) === (batchShape === undefined)) {
      throw new ValueError(
        'InputLayer: expected either shape or batchShape, got ' +
          (shape === undefined ? 'none' : 'both') +
          '. Pass shape: [...] of one sample.',
      );
    }
    // Keras 2 counts its inputs from 1.
    super({ name: name ?? uniqueName('input', 1), batchInputShape: batchShape ?? [null, ...checkShape('InputLayer', shape)] });
    this.dtype = checkChoice(this.name, 'dtype', dtype ?? 'float32', ['float32', 'int32']);
    this.supportsMasking = true;
    this.built = true;
  }

  override get className(): string {
    return 'InputLayer';
  }

  override get inputDtype(): 'float32' | 'int32' {
    return this.dtype;
  }

  override call(x: Value): Value {
    return x;
  }

  override computeOutputShape(inputShape: Shape): Shape {
    return inputShape;
  }

  override getConfig(): Record<string, unknown> {
    return { batchShape: this.batchInputShape, dtype: this.dtype, name: this.name };
  }
}
