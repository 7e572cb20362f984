// Infers what a layer gives before there are data: `call` runs once, on values whose lengths may be unknown.
import { innerShape, publicShape, UNKNOWN } from '../../graph/shape.ts';
import { currentInference, type Inference, Trace, tracing } from '../../graph/trace.ts';
import type { Value } from '../../graph/value.ts';
import type { DType } from '../../tensor/index.ts';
import { type CallArguments, mapArguments, type OptionValues } from './call-arguments.ts';
import type { CallableLayer, InnerLayer } from './callable.ts';
import { isShapeList, type Shape, type Shapes } from './shape.ts';

/** The inferred type of a tensor; null for unknown lengths. */
export interface Expected {
  readonly shape: Shape;
  readonly dtype: DType;
  /** Shape of the mask that it carries. */
  readonly mask?: Shape | undefined;
}

/** A call of a layer before there are data. */
export interface ExpectedCall {
  readonly arguments: CallArguments<Expected>;
  readonly training?: boolean | undefined;
  readonly options?: OptionValues | undefined;
}

/** A call with inputs alone. */
export const callOf = (inputs: readonly Expected[], listed: boolean, options?: OptionValues): ExpectedCall => ({
  arguments: { inputs, listed, initialState: undefined, masks: undefined, tensors: {} },
  options,
});

/** A layer that a run of `call` built. */
interface Built {
  readonly layer: InnerLayer;
  readonly inputShape: Shapes;
  /** Brings it back to what it was. */
  readonly restore: () => void;
}

/** Records the layers that one run of `call` built, so that it can be undone. */
class Building implements Inference {
  readonly keepsWeights: boolean;
  readonly built: Built[] = [];

  constructor(keepsWeights: boolean) {
    this.keepsWeights = keepsWeights;
  }

  building(layer: object, inputShape: unknown, restore: () => void): void {
    this.built.push({ layer: layer as InnerLayer, inputShape: inputShape as Shapes, restore });
  }

  undo(): void {
    for (const { restore } of this.built.reverse()) restore();
  }

  /** Leaves it to an inference around this one, if there is one, to undo all. */
  keep(): void {
    for (const { layer, inputShape, restore } of this.built) currentInference()?.building(layer, inputShape, restore);
  }
}

/**
 * What the layer gives for these inputs. With `keepsWeights` it is built then, and so are the layers that it applies inside; without, and
 * when it throws, it is as it was before.
 */
export function inferOutputs(layer: CallableLayer, call: ExpectedCall, keepsWeights: boolean): readonly Expected[] {
  const building = new Building(keepsWeights);
  let found: readonly Expected[] | undefined;
  let failure: unknown;
  try {
    found = run(layer, call, building, UNKNOWN);
  } catch (error) {
    failure = error;
  }
  if (found && keepsWeights) building.keep();
  else building.undo();
  if (found && !needsTrial(layer, call, keepsWeights)) return found;
  const tried = layer.triesLengths ? tryLengths(layer, call, keepsWeights) : undefined;
  const all = [found, tried].filter((outputs) => outputs !== undefined);
  if (all.length === 0) throw failure;
  return agreed(all) ?? all[all.length - 1];
}

/** Runs `call` in a trace that is thrown away, with `length` in place of each unknown one. */
function run(layer: CallableLayer, call: ExpectedCall, building: Building, length: number): readonly Expected[] {
  const trace = new Trace({ training: call.training ?? false, inference: building });
  return tracing(trace, () => {
    const plain = (shape: Shape, dtype: DType): Value => trace.input({ shape: shape.map((dim) => dim ?? length), dtype });
    const { inputs, ...rest } = mapArguments(call.arguments, ({ shape, dtype, mask }) => {
      const value = plain(shape, dtype);
      if (mask) value.mask = plain(mask, 'float32');
      return value;
    });
    const outputs = layer.invokeAll(inputs, trace.training, { ...rest, ...(call.options && { options: call.options }) });
    return outputs.map(({ shape, dtype, mask }) => ({ shape: publicShape(shape), dtype, mask: mask && publicShape(mask.shape) }));
  });
}

/** A user's `call` may branch on a length, or loop over one, which an unknown length does not show. */
function needsTrial(layer: CallableLayer, call: ExpectedCall, keepsWeights: boolean): boolean {
  if (!layer.runsUserCode) return false;
  return call.arguments.inputs.some(({ shape }) => shape.slice(1).includes(null)) || (keepsWeights && hasUnbuilt(layer));
}

function hasUnbuilt(root: InnerLayer): boolean {
  // A set that grows while it is gone over: layers may know those that hold them.
  const inside = new Set(root.sublayers);
  for (const layer of inside) for (const inner of layer.sublayers) inside.add(inner);
  inside.delete(root);
  return [...inside].some((layer) => !layer.built && layer.makesWeights);
}

/** Short lengths show what depends on them; in long ones windows fit. Most can be divided by 2, 3, 4 and so on. */
const LENGTHS = [2, 3, 24, 48];
const LONG = [2520, 5040];

/** One run with made-up lengths. */
interface Trial {
  readonly outputs: readonly Expected[];
  readonly built: readonly Built[];
}

/**
 * The one way out for `call`s that compute with lengths as if they were known: trying some. What differs from one to the other is
 * unknown. Undefined where `call` throws for all.
 */
function tryLengths(layer: CallableLayer, call: ExpectedCall, keepsWeights: boolean): readonly Expected[] | undefined {
  const outer = new Building(keepsWeights);
  const shape = inputShapeOf(call);
  const attempt = (length: number): Trial[] => {
    const building = new Building(false);
    try {
      tracing(new Trace({ inference: building }), () => layer.ensureBuilt(shape));
      return [{ outputs: run(layer, call, building, length), built: [...building.built] }];
    } catch {
      return [];
    } finally {
      building.undo();
    }
  };
  try {
    if (keepsWeights) tracing(new Trace({ inference: outer }), () => layer.ensureBuilt(shape));
  } catch {
    outer.undo();
    return undefined;
  }
  const short = LENGTHS.flatMap(attempt);
  const trials = short.length > 1 ? short : [...short, ...LONG.flatMap(attempt)];
  if (trials.length < 2) {
    outer.undo();
    return undefined;
  }
  outer.keep();
  const outputs = agreed(trials.map((trial) => trial.outputs));
  if (outputs && keepsWeights) buildInside(trials);
  return outputs;
}

/** Builds the layers that all trials built, for what their shapes had in common. */
function buildInside(trials: readonly Trial[]): void {
  for (const { layer } of trials[0].built) {
    const shapes = trials.map(({ built }) => built.find((other) => other.layer === layer)?.inputShape);
    if (shapes.includes(undefined)) continue;
    const lists = (shapes as Shapes[]).map(listOf);
    const common = lists[0].map((_, i) => commonShape(lists.map((list) => list[i])));
    try {
      layer.ensureBuilt(isShapeList(shapes[0] as Shapes) ? common : common[0]);
    } catch {
      // It needs a length that is not known yet: the first data build it.
    }
  }
}

/** Outputs that several runs agree on; undefined where the number of outputs or of axes depends on a length. */
function agreed(runs: readonly (readonly Expected[])[]): readonly Expected[] | undefined {
  const [first] = runs;
  const isLike = (outputs: readonly Expected[]): boolean =>
    outputs.length === first.length && outputs.every(({ shape }, i) => shape.length === first[i].shape.length);
  if (!runs.every(isLike)) return undefined;
  return first.map(({ dtype }, i) => {
    const masks = runs.map((outputs) => outputs[i].mask).filter((mask) => mask !== undefined);
    return {
      shape: commonShape(runs.map((outputs) => outputs[i].shape)),
      dtype,
      mask: masks.length === runs.length ? commonShape(masks) : undefined,
    };
  });
}

const commonShape = (shapes: readonly Shape[]): Shape =>
  shapes[0].map((dim, axis) => (shapes.every((shape) => shape[axis] === dim) ? dim : null));

const listOf = (shapes: Shapes): readonly Shape[] => (isShapeList(shapes) ? shapes : [shapes]);

const inputShapeOf = ({ arguments: { inputs, listed } }: ExpectedCall): Shapes =>
  listed ? inputs.map(({ shape }) => shape) : inputs[0].shape;

/** A call with inputs of these shapes. */
export function callForShape(layer: CallableLayer, inputShape: Shapes, options?: OptionValues): ExpectedCall {
  // Inside a call lengths may be of the kind that values have.
  const inputs = listOf(inputShape).map((shape, i) => ({ shape: publicShape(innerShape(shape)), dtype: layer.inputDtypeAt(i) }));
  return callOf(inputs, isShapeList(inputShape), options);
}

/** The shapes of what a layer gives for inputs of these shapes; it is not built by that. */
export function inferShape(layer: CallableLayer, inputShape: Shapes, options?: OptionValues): Shapes {
  const outputs = inferOutputs(layer, callForShape(layer, inputShape, options), false).map(({ shape }) => shape);
  return outputs.length === 1 ? outputs[0] : outputs;
}

/** Runs what builds layers, in a way that can be undone; it is undone when it throws. */
export function undoably<T>(build: () => T): { readonly result: T; readonly undo: () => void } {
  const building = new Building(currentInference()?.keepsWeights ?? true);
  try {
    const result = tracing(new Trace({ inference: building }), build);
    building.keep();
    return { result, undo: () => building.undo() };
  } catch (error) {
    building.undo();
    throw error;
  }
}

/** The layer's outputs where it is connected in a model; builds it. A shape that its class declares counts. */
export function connectLayer(layer: CallableLayer, call: ExpectedCall): readonly Expected[] {
  const inputShape = inputShapeOf(call);
  const keepsWeights = currentInference()?.keepsWeights ?? true;
  if (!layer.declaresShape) return inferOutputs(layer, call, keepsWeights);
  const declared = layer.computeOutputShape(inputShape, call.options);
  if (keepsWeights) layer.ensureBuilt(inputShape);
  const found = layer.isHost ? undefined : inferredOrNothing(layer, call, keepsWeights);
  return listOf(declared).map((shape, i) => ({
    shape,
    dtype: found?.[i]?.dtype ?? numberOf(layer.outputDtypeAt(i)),
    mask: found?.[i]?.mask,
  }));
}

const numberOf = (dtype: DType | 'string'): DType => (dtype === 'string' ? 'float32' : dtype);

function inferredOrNothing(layer: CallableLayer, call: ExpectedCall, keepsWeights: boolean): readonly Expected[] | undefined {
  try {
    return inferOutputs(layer, call, keepsWeights);
  } catch {
    // Its class says what it gives, and data will show what is wrong.
    return undefined;
  }
}
