// The table of layers, as Keras 2 prints it.
import { ValueError } from '../errors.ts';
import type { Layer, Shape } from '../layers/layer.ts';
import { countElements } from '../layers/layer.ts';
import { checkOptions, checkPositiveInteger } from '../options.ts';
import type { Model } from './model.ts';

export interface SummaryOptions {
  /** Called with each line. Default: console.log. */
  printFn?: (line: string) => void;
  /** Width of the table. Default 65. */
  lineLength?: number;
  /** Where the columns end, as parts of the width. Default [0.45, 0.85, 1]. */
  positions?: readonly number[];
}

const WIDTH = 65;
const POSITIONS = [0.45, 0.85, 1];

export function printSummary(model: Model, options: SummaryOptions): void {
  checkOptions(`${model.name}.summary`, options, ['printFn', 'lineLength', 'positions']);
  if (!model.built) {
    throw new ValueError(
      `${model.name}.summary: expected a built model, got one whose input shape is not known. ` +
        'Pass inputShape to the first layer, call build([null, ...]), or let it see data first.',
    );
  }
  const print = options.printFn ?? ((line: string) => console.log(line));
  const width = options.lineLength === undefined ? WIDTH : checkPositiveInteger(`${model.name}.summary`, 'lineLength', options.lineLength);
  const ends = (options.positions ?? POSITIONS).map((part) => Math.floor(part * width));
  for (const line of summaryLines(model, width, ends)) print(line);
}

function summaryLines(model: Model, width: number, ends: readonly number[]): string[] {
  const rule = '_'.repeat(width);
  const double = '='.repeat(width);
  const rows = model.layers.map((layer) =>
    row([`${layer.name} (${layer.className})`, shapeText(layer), String(layer.countParams())], ends),
  );
  const total = model.countParams();
  const trainable = countElements(model.trainableWeights);
  return [
    `Model: "${model.name}"`,
    rule,
    row(['Layer (type)', 'Output Shape', 'Param #'], ends),
    double,
    ...rows.flatMap((line, i) => (i === 0 ? [line] : [rule, line])),
    double,
    `Total params: ${thousands(total)}`,
    `Trainable params: ${thousands(trainable)}`,
    `Non-trainable params: ${thousands(total - trainable)}`,
    rule,
  ];
}

/** Each field begins after the end of the last column, whose final character gives way to a space, and is cut at its own end. */
function row(fields: readonly string[], ends: readonly number[]): string {
  let line = '';
  for (const [i, field] of fields.entries()) {
    if (i > 0) line = `${line.slice(0, -1)} `;
    line = (line + field).slice(0, ends[i]).padEnd(ends[i]);
  }
  return line;
}

/** A shape as Python prints a tuple. */
export function tuple(shape: Shape): string {
  const inner = shape.map((dim) => dim ?? 'None').join(', ');
  return `(${inner}${shape.length === 1 ? ',' : ''})`;
}

const shapeText = (layer: Layer): string => (layer.outputShape ? tuple(layer.outputShape) : 'multiple');

const thousands = (n: number): string => String(n).replace(/\B(?=(\d{3})+$)/g, ',');
