// A model drawn with symbolic tensors: several inputs and outputs, shared layers, models as layers.
import { mismatch } from '../common/errors.ts';
import { snakeCase, uniqueName } from '../common/names.ts';
import { checkOptions, describe } from '../common/options.ts';
import { classNameOf } from '../common/spec.ts';
import type { Value } from '../graph/value.ts';
import { mapArguments } from '../layers/base/call-arguments.ts';
import {
  type CallOptions,
  isShapeList,
  type Layer,
  type LayerCall,
  type LayerSpec,
  type Shape,
  type Shapes,
  type Symbols,
} from '../layers/base/layer.ts';
import { shapeList } from '../layers/base/shape.ts';
import { isSymbolic, type SymbolicTensor } from '../layers/base/symbolic.ts';
import { InputLayer } from '../layers/core/input-layer.ts';
import type { PreprocessingLayer } from '../layers/preprocessing/preprocessing-layer.ts';
import { constant } from '../ops/constant.ts';
import type { JsonObject } from '../saving/model/json.ts';
import { functionalLayers, functionalObject, graphLayers } from '../saving/model/write-functional.ts';
import type { Writing } from '../saving/model/writing.ts';
import type { Tensor } from '../tensor/index.ts';
import { BaseModel } from './base-model.ts';
import { hostSpec, isHost, textsLeft } from './host.ts';
import { type Arranged, dtypeFor, type InputSpec, isNamed, type Reader } from './inputs.ts';
import { checkOrder, flatten, isNested, type Leaf, leavesOf, unflatten } from './structure.ts';
import { type Topology, topology } from './topology.ts';

export interface ModelOptions {
  /** Symbolic tensors of `Input`: one, an array, or an object by name, in Keras's order, which is that of the sorted names. */
  inputs: Symbols;
  /** Symbolic tensors of layers, in the same way. */
  outputs: Symbols;
  /** Default 'model', numbered. */
  name?: string;
}

/**
 * A model from inputs to outputs, through any graph of layers.
 *
 * ```js
 * const x = Input({ shape: [1], name: 'word' });
 * const y = new layers.Flatten().apply(new layers.Embedding(10, 4, { inputLength: 1 }).apply(x));
 * const model = new Model({ inputs: x, outputs: y });
 * model.predict([[3]]).shape; // [1, 4]
 * ```
 * `new Model(x, y)` is the same. A layer used twice shares its weights. Data for several inputs come as an array or as an object by the inputs' names, and
 * several outputs give an array; made with outputs by name, `{ tag, score }`, the model gives an array that has `tag` and `score` too,
 * in Keras's order: sorted by name, first the score, then the tag.
 * @throws ValueError when an output needs an input that is not given.
 */
export class Model extends BaseModel {
  static override readonly spec: LayerSpec = { keras: 'keras.src.models.functional.Functional' };
  readonly inputs: readonly SymbolicTensor[];
  readonly outputs: readonly SymbolicTensor[];
  readonly inputNames: readonly string[];
  readonly outputNames: readonly string[];
  /** @internal Inputs and outputs as they were given: one, an array, or an object by name. */
  readonly structure: ModelOptions;
  /** @internal */
  readonly topology: Topology;
  readonly #layers: readonly Layer[];
  /** Where the graph starts: inputs, or the outputs of preprocessing layers. */
  private readonly borders: readonly { readonly tensor: SymbolicTensor; readonly spec: InputSpec }[];

  constructor(options: ModelOptions);
  constructor(inputs: Symbols, outputs: Symbols, options?: Pick<ModelOptions, 'name'>);
  constructor(first: ModelOptions | Symbols, second?: Symbols, more?: object) {
    const options = (second === undefined ? first : { ...more, inputs: first, outputs: second }) as ModelOptions;
    checkOptions('Model', options, ['inputs', 'outputs', 'name']);
    super(options?.name ?? uniqueName(new.target === Model ? 'model' : snakeCase(classNameOf(new.target))));
    this.structure = options;
    const inputs = leaves(this.name, 'inputs', options.inputs);
    const outputs = leaves(this.name, 'outputs', options.outputs);
    this.inputs = inputs.map(({ tensor }) => tensor);
    this.outputs = outputs.map(({ tensor }) => tensor);
    this.topology = topology(this.name, this.inputs, this.outputs);
    this.#layers = graphLayers(this);
    this.outputNames = distinct(outputs.map((leaf) => nameOf(leaf, (leaf.tensor.call as LayerCall).layer.name)));
    this.inputNames = distinct(inputs.map((leaf) => nameOf(leaf, leaf.tensor.name)));
    this.borders = this.inputs.flatMap((input, i) => this.bordersOf(input, this.inputNames[i]));
  }

  /** @internal As in Keras, outputs of nested structures go by their layers in metrics, and by the keys that lead to them in losses. */
  override get metricPrefixes(): readonly string[] {
    if (!isNested(this.structure.outputs)) return this.outputNames;
    return distinct(this.outputs.map(({ call }) => (call as LayerCall).layer.name));
  }

  override get input(): Symbols {
    return alone(this.structure.inputs);
  }

  override get output(): Symbols {
    return alone(this.structure.outputs);
  }

  /** Outputs that were given by name are in the array by name too. */
  override pack<T>(outputs: readonly T[]): T | readonly T[] {
    const { outputs: structure } = this.structure;
    if (isSymbolic(structure) || (Array.isArray(structure) && !isNested(structure))) return super.pack(outputs);
    const built = unflatten(outputs, structure);
    return Array.isArray(built) ? built : Object.assign([...outputs], built);
  }

  override arranged(owner: string, side: 'inputs' | 'outputs'): Arranged {
    return (data) => {
      const structure = this.structure[side];
      const flat = flatten(data, structure);
      if (!flat) checkOrder(owner, data, structure, side);
      return flat;
    };
  }

  override unpack(outputs: unknown): readonly Tensor[] {
    const { outputs: structure } = this.structure;
    return Array.isArray(structure) && isNested(structure) ? (flatten(outputs, structure) as Tensor[]) : super.unpack(outputs);
  }

  /**
   * Uses the model on data, symbolic tensors or, inside the call of a layer, values: one, an array, or an object by the inputs' names.
   *
   * ```js
   * model.apply({ left: [[1, 2]], right: [[3, 4]] });
   * ```
   */
  // biome-ignore lint/suspicious/noExplicitAny: what goes in decides what comes out
  override apply(inputs: any, options?: any): any {
    const { inputs: structure } = this.structure;
    if (inputs?.length !== 1) checkOrder(this.name, inputs, structure, 'inputs');
    const inOrder = isNamed(inputs, this.inputNames) ? this.inputNames.map((name) => inputs[name]) : inStructure(inputs, structure);
    return super.apply(inOrder ? (inOrder.length === 1 ? inOrder[0] : inOrder) : inputs, options);
  }

  /** Every layer once, in Keras's order: by their longest way to an output, then as met from the outputs. */
  get layers(): readonly Layer[] {
    return this.#layers;
  }

  override get built(): boolean {
    return true;
  }

  /** Shape of a batch of the input, or a list of them. */
  override get inputShape(): Shapes {
    return one(this.inputs.map(({ shape }) => shape));
  }

  /** Shape of a batch of the output, or a list of them. */
  override get outputShape(): Shapes {
    return one(this.outputs.map(({ shape }) => shape));
  }

  override get inputDtype(): 'float32' | 'int32' {
    return this.borders[0].spec.dtype;
  }

  override inputDtypeAt(index: number): 'float32' | 'int32' {
    return this.borders[index]?.spec.dtype ?? 'float32';
  }

  override get takesList(): boolean {
    return this.inputs.length > 1;
  }

  override ensureBuilt(): void {}

  override get preparesData(): boolean {
    return this.borders.some(({ spec }) => spec.prepare);
  }

  inputSpecs(): readonly InputSpec[] {
    return this.borders.map(({ spec }) => spec);
  }

  override call(inputs: Value | readonly Value[], options: CallOptions): readonly Value[] {
    const { length } = this.borders;
    const shapes = Array.isArray(inputs) ? inputs.map(({ shape }: Value) => shape) : (inputs as Value).shape;
    if (length > 1) shapeList(this.name, shapes, length, length);
    return super.call(inputs, options);
  }

  forward(inputs: readonly Value[], training: boolean): Value[] {
    const values = new Map<SymbolicTensor, Value>();
    for (const [i, { tensor }] of this.borders.entries()) values.set(tensor, inputs[i]);
    for (const call of this.topology.calls) {
      if (isHost(call.layer) || this.inputs.some((input) => input.call === call)) continue;
      const { inputs: x, ...rest } = mapArguments(call.arguments, (one) => (isSymbolic(one) ? (values.get(one) as Value) : constant(one)));
      const outputs = call.layer.invokeAll(x, call.training ?? training, { ...rest, options: call.options });
      for (const [i, output] of call.outputs.entries()) values.set(output, outputs[i]);
    }
    return this.outputs.map((output) => values.get(output) as Value);
  }

  override computeOutputShape(inputShape: Shapes): Shapes {
    const count = this.inputs.length;
    const inputShapes = count > 1 || isShapeList(inputShape) ? shapeList(this.name, inputShape, count, count) : [inputShape];
    if (!this.preparesData) return super.computeOutputShape(inputShape);
    const shapes = new Map<SymbolicTensor, Shape>(this.inputs.map((input, i) => [input, inputShapes[i]]));
    for (const call of this.topology.calls) {
      if (this.inputs.some((input) => input.call === call)) continue;
      const { inputs, listed } = mapArguments<SymbolicTensor | Tensor, Shape>(call.arguments, (one) =>
        isSymbolic(one) ? (shapes.get(one) as Shape) : one.shape,
      );
      const result = call.layer.computeOutputShape(listed ? inputs : inputs[0], call.options);
      for (const [i, shape] of (isShapeList(result) ? result : [result]).entries()) shapes.set(call.outputs[i], shape);
    }
    return one(this.outputs.map((output) => shapes.get(output) as Shape));
  }

  override connections(): ReadonlyMap<Layer, readonly string[]> | undefined {
    const { levels, calls } = this.topology;
    const oneEach = levels.every((level) => level.length === 1) && new Set(calls.map(({ layer }) => layer)).size === calls.length;
    if (oneEach && calls.every((call) => call.inputs.length <= 1)) return undefined;
    const connected = new Map<Layer, string[]>();
    for (const { layer, inputs } of calls) {
      const from = inputs.map((input) => `${input.call?.layer.name}[${input.call?.index}][${input.index}]`);
      connected.set(layer, [...(connected.get(layer) ?? []), ...from]);
    }
    return connected;
  }

  override kerasObject(writing: Writing): JsonObject {
    return functionalObject(this, writing);
  }

  override layersInFile(): readonly Layer[] {
    return functionalLayers(this);
  }

  /** The tensors made of an input that layers in the graph read, or that are outputs. */
  private bordersOf(input: SymbolicTensor, name: string): { tensor: SymbolicTensor; spec: InputSpec }[] {
    const borders: { tensor: SymbolicTensor; spec: InputSpec }[] = [];
    const visit = (tensor: SymbolicTensor, hosts: readonly PreprocessingLayer[]): void => {
      const readers = this.topology.calls.filter(
        (call) => call.inputs.includes(tensor) && !this.inputs.some((start) => start.call === call),
      );
      const computing = readers
        .filter(({ layer }) => !isHost(layer))
        .map(({ layer, inputs }) => ({ inputDtype: layer.inputDtypeAt(inputs.indexOf(tensor)) }));
      if (computing.length > 0 || this.outputs.includes(tensor) || readers.length === 0) {
        if (tensor.dtype === 'string') throw textsLeft(this.name);
        const spec =
          hosts.length > 0
            ? hostSpec(name, input.shape, hosts, computing)
            : { name, shape: tensor.shape, dtype: this.dtypeOf(tensor, computing) };
        borders.push({ tensor, spec });
      }
      for (const { layer, outputs } of readers) if (isHost(layer)) visit(outputs[0], [...hosts, layer]);
    };
    visit(input, []);
    return borders;
  }

  /** Whole numbers for an input that only feeds layers of ids; without readers its own dtype. */
  private dtypeOf(input: SymbolicTensor, readers: readonly Reader[]): 'float32' | 'int32' {
    const { layer } = input.call as LayerCall;
    const isOpen = layer instanceof InputLayer && !layer.explicitDtype && readers.length > 0;
    return dtypeFor(isOpen ? 'int32' : input.dtype, readers);
  }
}

/** What was passed for structures that hold structures. */
const inStructure = (inputs: unknown, structure: Symbols): unknown[] | undefined =>
  isNested(structure) ? flatten(inputs, structure) : undefined;

/** An array of one is that one. */
const alone = (symbols: Symbols): Symbols => (Array.isArray(symbols) && symbols.length === 1 ? symbols[0] : symbols);

const one = (shapes: readonly Shape[]): Shapes => (shapes.length === 1 ? shapes[0] : shapes);

function distinct(names: readonly string[]): string[] {
  const seen = new Map<string, number>();
  return names.map((name) => {
    const count = seen.get(name) ?? 0;
    seen.set(name, count + 1);
    return count === 0 ? name : `${name}_${count}`;
  });
}

/** The name of an input or output: its key, and where arrays hold it the name of its own. */
const nameOf = ({ path, isListed }: Leaf, name: string): string => (path === undefined ? name : isListed ? `${path}/${name}` : path);

function leaves(owner: string, what: string, symbols: Symbols): Leaf[] {
  const list = leavesOf(symbols);
  const odd = list.find(({ tensor }) => !isSymbolic(tensor));
  if (list.length === 0 || odd) {
    throw mismatch(
      owner,
      `${what} as symbolic tensors`,
      describe(odd ? odd.tensor : symbols),
      'Start from Input({ shape }) and apply layers to it.',
    );
  }
  return list;
}
