// TimeDistributed: one layer applied to every step.
import { mismatch } from '../../common/errors.ts';
import type { Options, OptionsOf, ValuesOf } from '../../common/spec.ts';
import { isKnown, shapeText, sizeOf } from '../../graph/shape.ts';
import type { Value } from '../../graph/value.ts';
import { concatenate, expandDims, reshape, slice } from '../../primitives/layout.ts';
import { optionsOfCall } from '../base/invoke.ts';
import { type CallOptions, Layer, type LayerOptions, type LayerSpec, type MaskRules, type Shape, type Shapes } from '../base/layer.ts';
import { innerLayer } from './inner-layer.ts';

const anyLayer = /* @__PURE__ */ innerLayer(
  'a layer',
  'new layers.Dense(3) or the like',
  (layer): layer is Layer => layer instanceof Layer,
);

const options = {
  /** The layer for each step. */
  layer: [anyLayer],
} as const satisfies Options;

export interface TimeDistributedOptions extends LayerOptions, OptionsOf<typeof options> {}

export interface TimeDistributed extends ValuesOf<typeof options> {}

/**
 * Applies a layer to each step of `[batch, steps, ...]` alike: its weights are those of the layer.
 *
 * ```js
 * const layer = new layers.TimeDistributed(new layers.Dense(3));
 * layer.apply(tensor(new Float32Array(40), [2, 4, 5])).shape; // [2, 4, 3]
 * ```
 * A mask [batch, steps] goes through. All steps are computed at once; only where that would change the numbers, with the
 * statistics of a BatchNormalization while training, one after another. Where it differs from Keras: random layers inside
 * draw once for all steps.
 * @throws ValueError when `layer` is not a layer, or the input has fewer than three axes.
 */
export class TimeDistributed extends Layer {
  static override readonly spec: LayerSpec = {
    keras: 'keras.layers.TimeDistributed',
    positional: ['layer'],
    options,
    supportsMasking: true,
    takesMask: true,
    groups: ['layer'],
  };

  constructor(options: TimeDistributedOptions);
  constructor(layer: Layer, options?: LayerOptions);
  constructor(...args: readonly never[]) {
    super(...args);
    if (!this.trainable) this.layer.trainable = false;
  }

  override get inputDtype(): 'float32' | 'int32' {
    return this.layer.inputDtype;
  }

  override get sublayers(): readonly Layer[] {
    return [this.layer];
  }

  private stepShape(shape: Shape): Shape {
    if (shape.length >= 3) return [shape[0], ...shape.slice(2)];
    throw mismatch(this.name, 'inputs of at least three axes', `shape ${shapeText(shape)}`, 'Pass [batch, steps, features].');
  }

  override build(inputShape: Shape): void {
    this.layer.ensureBuilt(this.stepShape(inputShape));
  }

  override innerShape(inputShape: Shapes): Shapes {
    const [batch, , ...rest] = inputShape as Shape;
    return [batch, ...rest];
  }

  override get maskRules(): MaskRules {
    return { passes: true };
  }

  override call(x: Value, { training, mask }: CallOptions): Value {
    const [batch, steps, ...rest] = x.shape;
    const step = (value: Value, stepMask: Value | undefined) => {
      const result = this.layer.call(value, optionsOfCall(this.layer, { masks: [stepMask] }, training));
      if (!Array.isArray(result)) return result as Value;
      // Models give a list, of one too.
      if (result.length === 1) return result[0];
      throw mismatch(this.name, 'a layer with one output', `${result.length} of ${this.layer.name}`, 'Give it one output.');
    };
    // A layer that changes variables of its own while training sees one step at a time, as in Keras.
    if (training && isKnown(steps) && this.layer.trainable && this.layer.weights.some((weight) => !weight.trainable)) {
      const parts = Array.from({ length: steps }, (_, t) => {
        const [value, stepMask] = [x, mask].map((v) => {
          if (!v) return undefined;
          const size = v.shape.map((dim, i) => (i === 1 ? 1 : dim));
          return reshape(
            slice(
              v,
              v.shape.map((_, i) => (i === 1 ? t : 0)),
              size,
            ),
            [batch, ...v.shape.slice(2)],
          );
        });
        return expandDims(step(value as Value, stepMask), 1);
      });
      return concatenate(parts, 1);
    }
    // The steps' masks fit layers of vectors; a layer of sequences would take them for its own steps.
    const flatMask = mask && rest.length === 1 ? reshape(mask, [sizeOf(mask.shape)]) : undefined;
    const y = step(reshape(x, [batch * steps, ...rest]), flatMask);
    return reshape(y, [batch, steps, ...y.shape.slice(1)]);
  }
}
