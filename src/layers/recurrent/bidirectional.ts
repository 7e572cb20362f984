// Bidirectional: a recurrent layer run in both directions.
import { mismatch } from '../../common/errors.ts';
import { toConfig } from '../../common/identifier.ts';
import { choice, optional } from '../../common/option-types.ts';
import type { Options, OptionsOf, ValuesOf } from '../../common/spec.ts';
import type { Value } from '../../graph/value.ts';
import { add, multiply } from '../../primitives/binary.ts';
import { concatenate, flip } from '../../primitives/layout.ts';
import { affine } from '../../primitives/unary.ts';
import { type CallOptions, Layer, type LayerOptions, type LayerSpec, type MaskRules, type Shapes } from '../base/layer.ts';
import { copyLayer, innerLayer } from './inner-layer.ts';
import { RecurrentLayer } from './recurrent.ts';

const recurrentLayer = /* @__PURE__ */ innerLayer(
  'a recurrent layer',
  'new layers.LSTM(...) or the like',
  (layer): layer is RecurrentLayer => layer instanceof RecurrentLayer,
);

/** A layer of the same class from the layer's config, as Keras makes it: its weights and seeds are new. */
const copy = (layer: RecurrentLayer, changes: Record<string, unknown>): RecurrentLayer =>
  copyLayer(layer, { ...layer.getConfig(), ...changes });

const options = {
  /** The layer to run forwards; a copy of it runs backwards. */
  layer: [recurrentLayer],
  /** How the two outputs become one: 'concat' (the default), 'sum', 'mul', 'ave', or null for both. */
  mergeMode: [/* @__PURE__ */ optional(/* @__PURE__ */ choice('concat', 'sum', 'mul', 'ave')), 'concat'],
  /** The layer to run backwards, with goBackwards set, instead of a copy. */
  backwardLayer: [recurrentLayer, null],
} as const satisfies Options;

export interface BidirectionalOptions extends LayerOptions, OptionsOf<typeof options> {}

export interface Bidirectional extends ValuesOf<typeof options> {}

/**
 * Runs a recurrent layer from the first step to the last and a copy of it from the last to the first.
 *
 * ```js
 * const layer = new layers.Bidirectional(new layers.LSTM(8, { returnSequences: true }));
 * layer.apply(tensor(new Float32Array(24), [2, 4, 3])).shape; // [2, 4, 16]
 * ```
 * Weights: the forward layer's, then the backward one's. With `returnSequences` the outputs of masked steps are 0, as in
 * Keras. Options {@link BidirectionalOptions}.
 * @throws ValueError when what is wrapped is not a recurrent layer.
 */
export class Bidirectional extends Layer {
  static override readonly spec: LayerSpec = {
    keras: 'keras.layers.Bidirectional',
    positional: ['layer'],
    options,
    supportsMasking: true,
    takesMask: true,
    takesStates: true,
    groups: ['forward_layer', 'backward_layer'],
  };

  private readonly forwards: RecurrentLayer;
  private readonly backwards: RecurrentLayer;

  constructor(options: BidirectionalOptions);
  constructor(layer: RecurrentLayer, options?: Omit<BidirectionalOptions, 'layer'>);
  constructor(...args: readonly never[]) {
    super(...args);
    const { layer, backwardLayer } = this;
    const zeroOutputForMask = layer.returnSequences || layer.zeroOutputForMask;
    // A config holds the forward layer, whose name has the prefix already.
    const inner = layer.name.replace(/^forward_/, '');
    this.forwards = copy(layer, { name: `forward_${inner}`, zeroOutputForMask });
    this.backwards = backwardLayer
      ? copy(backwardLayer, { zeroOutputForMask })
      : copy(layer, { name: `backward_${inner}`, goBackwards: !layer.goBackwards, zeroOutputForMask });
    if (this.forwards.goBackwards === this.backwards.goBackwards) {
      throw mismatch(
        this.name,
        'layers of opposite directions',
        `two with goBackwards ${this.forwards.goBackwards}`,
        'Set it on one of them.',
      );
    }
  }

  override getConfig(): Record<string, unknown> {
    return { ...super.getConfig(), layer: toConfig(this.forwards), backwardLayer: toConfig(this.backwards) };
  }

  override get maskRules(): MaskRules {
    return this.forwards.maskRules;
  }

  override get sublayers(): readonly Layer[] {
    return [this.forwards, this.backwards];
  }

  override build(inputShape: Shapes): void {
    this.forwards.ensureBuilt(inputShape);
    this.backwards.ensureBuilt(inputShape);
  }

  override call(x: Value, { training, mask, initialState: states }: CallOptions): Value | readonly Value[] {
    const half = states && states.length / 2;
    const [out, ...forwardStates] = this.forwards.invokeAll([x], training, {
      listed: false,
      masks: [mask],
      initialState: states?.slice(0, half),
    });
    const [back, ...backwardStates] = this.backwards.invokeAll([x], training, {
      listed: false,
      masks: [mask],
      initialState: states?.slice(half),
    });
    const merged = this.merge(out, this.forwards.returnSequences ? flip(back, [1]) : back);
    const after = [...forwardStates, ...backwardStates];
    return merged.length + after.length === 1 ? merged[0] : [...merged, ...after];
  }

  /** Forgets the states of stateful layers: the next batch starts from zeros. */
  resetStates(): void {
    this.forwards.resetStates();
    this.backwards.resetStates();
  }

  private merge(a: Value, b: Value): Value[] {
    if (this.mergeMode === null) return [a, b];
    if (this.mergeMode === 'concat') return [concatenate([a, b], -1)];
    if (this.mergeMode === 'mul') return [multiply(a, b)];
    const sum = add(a, b);
    return [this.mergeMode === 'ave' ? affine(sum, 0.5, 0) : sum];
  }

  override computeMask(
    _inputs: Value | readonly Value[],
    mask: Value | undefined | readonly (Value | undefined)[],
  ): Value | undefined | readonly (Value | undefined)[] {
    const first = Array.isArray(mask) ? mask[0] : mask;
    if (!this.forwards.returnSequences) return undefined;
    return this.mergeMode === null ? [first, first] : first;
  }
}
