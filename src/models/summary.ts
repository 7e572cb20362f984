// The table of layers, as Keras 2 prints it.
import { mismatch } from '../common/errors.ts';
import { checkOptions, checkPositiveInteger, describe } from '../common/options.ts';
import { isShapeList, type Layer, type Shape, type Shapes } from '../layers/base/layer.ts';
import { countElements } from '../layers/base/weights.ts';
import { InputLayer } from '../layers/core/input-layer.ts';
import type { SummaryModel } from './model-types.ts';
import { type Keras3SummaryOptions, printKeras3 } from './summary-keras3.ts';

export interface SummaryOptions extends Pick<Keras3SummaryOptions, 'expandNested' | 'showTrainable' | 'layerRange'> {
  /** Called with each line. Default: console.log. */
  printFn?: (line: string) => void;
  /** Width of the table. Default 65, or 98 with a column of connections. */
  lineLength?: number;
  /** Where the columns end, as parts of the width. Default [0.45, 0.85, 1], or [0.33, 0.55, 0.67, 1]. */
  positions?: readonly number[];
  /** Another table: that of Keras 3, which takes `expandNested`, `showTrainable` and `layerRange` too. Default: the one of Keras 2. */
  style?: 'keras3';
}

const STACK = { width: 65, positions: [0.45, 0.85, 1], header: ['Layer (type)', 'Output Shape', 'Param #'] };
const GRAPH = { width: 98, positions: [0.33, 0.55, 0.67, 1], header: [...STACK.header, 'Connected to'] };

export function printSummary(model: SummaryModel, options: SummaryOptions): void {
  const { printFn, style, ...tableOptions } = options;
  const owner = `${model.name}.summary`;
  const print = printFn ?? ((line: string) => console.log(line));
  if (style === 'keras3') {
    printKeras3(model, tableOptions, print);
    return;
  }
  checkOptions(owner, options, ['printFn', 'lineLength', 'positions', 'style']);
  if (style !== undefined) throw mismatch(owner, "style 'keras3' or none", describe(style));
  // A model without shapes says so itself.
  if (!model.built) model.inputSpecs();
  const connections = model.connections();
  const table = connections ? GRAPH : STACK;
  const width = options.lineLength === undefined ? table.width : checkPositiveInteger(owner, 'lineLength', options.lineLength);
  const ends = (options.positions ?? table.positions).map((part) => Math.floor(part * width));
  const rule = '_'.repeat(width);
  const double = '='.repeat(width);
  const total = model.countParams();
  const trainable = countElements(model.trainableWeights);
  print(`Model: "${model.name}"`);
  print(rule);
  print(row(table.header, ends));
  print(double);
  for (const [i, layer] of model.layers.entries()) {
    if (i > 0) print(rule);
    for (const fields of rowsOf(layer, connections && (connections.get(layer) ?? []))) print(row(fields, ends));
  }
  print(double);
  print(`Total params: ${thousands(total)}`);
  print(`Trainable params: ${thousands(trainable)}`);
  print(`Non-trainable params: ${thousands(total - trainable)}`);
  print(rule);
}

function rowsOf(layer: Layer, connected: readonly string[] | undefined): string[][] {
  const fields = [`${layer.name} (${layer.className})`, shapeText(layer), String(layer.countParams())];
  if (!connected) return [fields];
  return [[...fields, connected[0] ?? ''], ...connected.slice(1).map((connection) => ['', '', '', connection])];
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

/** A shape as Python prints a tuple, or a list of them. */
export function pythonShape(shape: Shapes): string {
  return isShapeList(shape) ? `[${shape.map(tuple).join(', ')}]` : tuple(shape);
}

function tuple(shape: Shape): string {
  const inner = shape.map((dim) => dim ?? 'None').join(', ');
  return `(${inner}${shape.length === 1 ? ',' : ''})`;
}

function shapeText(layer: Layer): string {
  const shape = layer.outputShape;
  if (!shape) return 'multiple';
  if (layer instanceof InputLayer) return `[${pythonShape(shape)}]`;
  const text = pythonShape(shape);
  const texts = layer.calls.map(({ outputs }) =>
    pythonShape(outputs.length === 1 ? outputs[0].shape : outputs.map((output) => output.shape)),
  );
  return texts.every((other) => other === text) ? text : 'multiple';
}

const thousands = (n: number): string => String(n).replace(/\B(?=(\d{3})+$)/g, ',');
