// Options and shapes of layers whose windows move along time.
import { mismatch } from '../../common/errors.ts';
import type { OptionType } from '../../common/option-types.ts';
import { checkInteger, checkPositiveInteger } from '../../common/options.ts';
import { isKnown, shapeText } from '../../graph/shape.ts';
import type { Value } from '../../graph/value.ts';
import { countWindows, type Padding } from '../../primitives/im2col.ts';
import { transpose } from '../../primitives/layout.ts';
import type { Shape } from '../base/layer.ts';
import { describeShape } from '../base/shape.ts';

/** Where the features are: [batch, steps, features] or [batch, features, steps]. */
export type DataFormat = 'channels_last' | 'channels_first';

/** A positive number, or an array of one, as Keras writes the sizes of layers with one axis. */
export type Single = number | readonly [number] | readonly number[];

function checkSingle(owner: string, name: string, value: unknown): number {
  if (!Array.isArray(value)) return checkPositiveInteger(owner, name, value);
  if (value.length === 1) return checkPositiveInteger(owner, name, value[0]);
  throw mismatch(owner, `${name} to be one number`, describeShape(value), 'Sequences have one axis of steps.');
}

export const single: OptionType<number, Single> = { read: checkSingle, write: (value) => [value] };

/** The same number at both ends, or one for each. */
export type Pair = number | readonly [before: number, after: number] | readonly number[];

function checkPair(owner: string, name: string, value: unknown): Padding {
  const pair = Array.isArray(value) ? value : [value, value];
  if (pair.length === 2) return [checkInteger(owner, name, pair[0]), checkInteger(owner, name, pair[1])];
  throw mismatch(owner, `${name} to be a number or [before, after]`, describeShape(value), 'Pass one number for both ends or two.');
}

export const pair: OptionType<Padding, Pair> = { read: checkPair };

/** Throws unless the shape has three axes. */
export function checkSequence(owner: string, shape: Shape): void {
  if (shape.length === 3) return;
  throw mismatch(owner, 'inputs of three axes', `shape ${shapeText(shape)}`, 'Pass [batch, steps, features].');
}

/** The steps' axis. */
export const stepsAxis = (format: DataFormat): 1 | 2 => (format === 'channels_last' ? 1 : 2);

/** Applies `body`, a function of [batch, steps, features], to x of either format. */
export const inStepsFirst = (x: Value, format: DataFormat, body: (x: Value) => Value): Value =>
  format === 'channels_last' ? body(x) : transpose(body(transpose(x, [0, 2, 1])), [0, 2, 1]);

/** How windows move along a sequence. */
export interface Windowing {
  readonly size: number;
  readonly stride: number;
  readonly dilation: number;
  readonly padding: 'valid' | 'same' | 'causal';
}

/** The zeros that `padding` asks for around `steps` steps: as TensorFlow, the odd one behind. */
export function paddingFor(steps: number, { size, stride, dilation, padding }: Windowing): Padding {
  const reach = (size - 1) * dilation;
  if (padding === 'valid') return [0, 0];
  if (padding === 'causal') return [reach, 0];
  const total = Math.max((Math.ceil(steps / stride) - 1) * stride + reach + 1 - steps, 0);
  const before = Math.floor(total / 2);
  return [before, total - before];
}

/** How many windows there are; unknown for an unknown number of steps. */
export function outputSteps(owner: string, steps: number, windowing: Windowing): number {
  const [before, after] = paddingFor(steps, windowing);
  const count = countWindows(before + steps + after, windowing);
  if (!isKnown(count) || count > 0 || (steps === 0 && windowing.padding !== 'valid')) return count;
  const reach = (windowing.size - 1) * windowing.dilation + 1;
  throw mismatch(owner, `at least ${reach} steps, which is what a window covers`, steps, "Pad the sequences or use padding: 'same'.");
}
