// The boxed table of Keras 3, as rich draws it where there is no terminal.
import { mismatch } from '../common/errors.ts';
import { checkOptions, checkPositiveInteger } from '../common/options.ts';
import { specOf } from '../common/spec.ts';
import { isShapeList, type Layer, type LayerSpec, type Shape } from '../layers/base/layer.ts';
import { countElements } from '../layers/base/weights.ts';
import type { SummaryModel } from './model-types.ts';

/** 1234567 as 1,234,567. */
const thousands = (n: number): string => String(n).replace(/\B(?=(\d{3})+$)/g, ',');

export interface Keras3SummaryOptions {
  /** Width of the table. Default 76. */
  lineLength?: number;
  /** Where the columns end, as parts of the width. */
  positions?: readonly number[];
  /** Whether the layers of inner models are listed too. Default false. */
  expandNested?: boolean;
  /** Whether a column says which layers are trained. Default false. */
  showTrainable?: boolean;
  /** Names (or patterns) of the first and the last layer to list. */
  layerRange?: readonly [string, string];
}

/** Prints a model so. */
export function printKeras3(model: SummaryModel, options: Keras3SummaryOptions, print: (line: string) => void): void {
  const owner = `${model.name}.summary`;
  checkOptions(owner, options, ['lineLength', 'positions', 'expandNested', 'showTrainable', 'layerRange']);
  const { expandNested = false, showTrainable = false, layerRange } = options;
  const connections = model.connections();
  const titles = ['Layer (type)', 'Output Shape', 'Param #'];
  if (connections) titles.push('Connected to');
  if (showTrainable) titles.push('Trainable');
  const width = options.lineLength === undefined ? 76 : checkPositiveInteger(owner, 'lineLength', options.lineLength);
  const ends = (options.positions ?? (connections ? [0.3, 0.56, 0.74, 1] : [0.45, 0.8, 1])).map((part) => part * (showTrainable ? 0.9 : 1));
  const widths = cellWidths(owner, showTrainable ? [...ends, 1] : ends, width);
  const padding = (text: string, i: number): string => {
    const room = widths[i] - 2 - text.length;
    const before = titles[i] === 'Param #' ? room : titles[i] === 'Trainable' ? room >> 1 : 0;
    return ` ${' '.repeat(before)}${text}${' '.repeat(room - before)} `;
  };
  const rule = (line: string, joints: string): string => joints[0] + widths.map((cell) => line.repeat(cell)).join(joints[1]) + joints[2];
  const row = (fields: readonly string[], bar: string): void => {
    const cells = fields.map((field, i) => wrap(field, widths[i] - 2));
    const height = Math.max(...cells.map(({ length }) => length));
    for (let k = 0; k < height; k++) print(bar + cells.map((lines, i) => padding(lines[k] ?? '', i)).join(bar) + bar);
  };

  print(`Model: "${model.name}"`);
  print(rule('━', '┏┳┓'));
  row(titles, '┃');
  print(rule('━', '┡╇┩'));
  let first = true;
  const show = (layer: Layer, level: number): void => {
    if (!first) print(rule('─', '├┼┤'));
    first = false;
    const fields = [`${level ? `${'   '.repeat(level)}└ ` : ''}${layer.name} (${layer.className})`, shapeText(layer), countText(layer)];
    if (connections) fields.push(connections.get(layer)?.join(', ') || '-');
    if (showTrainable) fields.push(layer.weights.length === 0 ? '-' : layer.trainable ? 'Y' : 'N');
    row(fields, '│');
    const nested = (layer as { layers?: readonly Layer[] }).layers;
    if (expandNested) for (const inner of nested ?? []) show(inner, level + 1);
  };
  for (const layer of inRange(owner, model.layers, layerRange)) show(layer, 0);
  print(rule('─', '└┴┘'));

  const total = countElements(model.weights);
  const trainable = countElements(model.trainableWeights);
  const slots = model.optimizer?.variables ?? [];
  // The count of steps, which Keras keeps as int64, and the learning rate belong to an optimizer that has been used.
  const kept = slots.length > 0 || (model.optimizer?.iterations ?? 0) > 0 ? countElements(slots) + 2 : 0;
  const line = (what: string, count: number, bytes: number): void => print(` ${what} params: ${thousands(count)} (${sizeText(bytes)})`);
  const keptBytes = kept ? kept * 4 + 4 : 0;
  line('Total', total + kept, total * 4 + keptBytes);
  line('Trainable', trainable, trainable * 4);
  line('Non-trainable', total - trainable, (total - trainable) * 4);
  if (kept) line('Optimizer', kept, keptBytes);
}

/** Widths of the cells with a space on both sides: rich shrinks its columns one after another until they and their bars fit. */
function cellWidths(owner: string, ends: readonly number[], width: number): number[] {
  let start = 0;
  const widths = ends.map((end) => {
    const cell = Math.floor(end * width) - start;
    start += cell;
    return cell + 2;
  });
  let excess = widths.reduce((sum, cell) => sum + cell, 0) + widths.length + 1 - width;
  const cells = widths.map((cell, i) => {
    const share = halfToEven(excess / (widths.length - i));
    excess -= share;
    return cell - share;
  });
  if (widths.some((cell) => cell < 6)) {
    throw mismatch(owner, `room for ${ends.length} columns`, `a lineLength of ${width}`, 'Pass 76 or more.');
  }
  return cells;
}

function halfToEven(x: number): number {
  const below = Math.floor(x);
  const rest = x - below;
  return rest > 0.5 || (rest === 0.5 && below % 2 !== 0) ? below + 1 : below;
}

/** Lines of at most `width`: broken at spaces, longer words cut. */
function wrap(text: string, width: number): string[] {
  const lines = [''];
  for (const word of text.match(/\s*\S+\s*/g) ?? []) {
    const line = lines[lines.length - 1];
    if (line === '' || line.length + word.trimEnd().length <= width) lines[lines.length - 1] += word;
    else lines.push(word);
  }
  return lines.map((line) => line.trimEnd()).map((line) => (line.length > width ? `${line.slice(0, width - 1)}…` : line));
}

/** The shape at the layer's last use. */
function shapeText(layer: Layer): string {
  const last = layer.calls.at(-1)?.outputs.map(({ shape }) => shape);
  const shapes = last ?? (layer.built ? layer.outputShape : undefined);
  if (!shapes) return '?';
  const list = isShapeList(shapes) ? shapes.map(tuple) : [tuple(shapes as Shape)];
  return list.length === 1 ? list[0] : `[${list.join(', ')}]`;
}

const tuple = (shape: Shape): string => `(${shape.map((dim) => dim ?? 'None').join(', ')})`;

function countText(layer: Layer): string {
  const isPending = !layer.built && !specOf<LayerSpec>(layer.constructor).builtAtOnce;
  return isPending ? '0 (unbuilt)' : thousands(layer.countParams());
}

function sizeText(bytes: number): string {
  let size = bytes;
  const units = ['B', 'KB', 'MB', 'GB', 'TB'];
  while (size >= 1024 && units.length > 1) {
    size /= 1024;
    units.shift();
  }
  // Python rounds halves to even; a size is a multiple of a power of 2, so a hundred of it is exact.
  return `${(halfToEven(size * 100) / 100).toFixed(2)} ${units[0]}`;
}

/** The layers from the first whose name the first pattern fits to the last that the second one fits. */
function inRange(owner: string, layers: readonly Layer[], range: readonly [string, string] | undefined): readonly Layer[] {
  if (!range) return layers;
  const places = range.map((name) => layers.flatMap((layer, i) => (new RegExp(`^(?:${name})`).test(layer.name) ? [i] : [])));
  if (places.some(({ length }) => length === 0)) {
    throw mismatch(
      owner,
      'layerRange as names of two layers',
      range.join(', '),
      `The layers are ${layers.map(({ name }) => name).join(', ')}.`,
    );
  }
  const [from, to] = [Math.min(...places[0], ...places[1]), Math.max(...places[0], ...places[1])];
  return layers.slice(from, to + 1);
}
