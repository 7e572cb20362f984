// Rebuilds the graph of a functional model from its nodes.

import { describe } from '../../common/options.ts';
import type { Layer, Symbols } from '../../layers/base/layer.ts';
import type { SymbolicTensor } from '../../layers/base/symbolic.ts';
import { InputLayer, inputTensor } from '../../layers/core/input-layer.ts';
import { Tensor, toTensor } from '../../tensor/index.ts';
import { callLayer, callOperation } from './call-node.ts';
import { formatError } from './format-error.ts';
import { isObject, type JsonObject } from './json.ts';
import { classNameOf, countCall, customOf, type Reading } from './read-object.ts';
import { isModel } from './write-model.ts';

/** Where a tensor comes from. */
export interface Reference {
  readonly layer: string;
  readonly node: number;
  readonly output: number;
}

/** The arguments of a call, with references in place of tensors. */
export interface NodeArguments {
  readonly args: readonly unknown[];
  readonly kwargs: JsonObject;
}

interface Entry {
  readonly name: string;
  readonly config: JsonObject;
  /** undefined for an op, which becomes a layer when it is called. */
  readonly layer: Layer | undefined;
  readonly nodes: readonly (NodeArguments & { readonly references: readonly Reference[] })[];
  /** Outputs of the nodes so far. */
  readonly outputs: (readonly SymbolicTensor[])[];
  /** How many references of the next node are resolved. */
  found: number;
}

export const isReference = (value: unknown): value is Reference => value instanceof Found;

class Found implements Reference {
  readonly layer: string;
  readonly node: number;
  readonly output: number;

  constructor(reading: Reading, history: unknown) {
    const [layer, node, output] = Array.isArray(history) ? history : [];
    const isIndex = (index: unknown): boolean => Number.isSafeInteger(index) && (index as number) >= 0;
    if (typeof layer !== 'string' || !isIndex(node) || !isIndex(output)) {
      throw formatError(reading.owner, `${JSON.stringify(history)?.slice(0, 80)} as the place of a tensor`, 'It is [layer, call, output].');
    }
    [this.layer, this.node, this.output] = [layer, node, output];
  }
}

/** The symbolic tensors of a functional model's config, by the places that the config gives. */
export class Graph {
  readonly #entries = new Map<string, Entry>();
  readonly #reading: Reading;
  /** Calls of layers, also inside models. */
  count = 1;
  /** Where the calls of models that came in Keras 2's form count from. */
  readonly #bases: ReadonlyMap<string, number>;

  constructor(layers: readonly unknown[], reading: Reading) {
    this.#reading = reading;
    for (const one of layers) {
      const entry = this.#entry(one);
      if (this.#entries.has(entry.name))
        throw formatError(reading.owner, `two layers named '${entry.name}'`, 'Names of layers are unique.');
      this.#entries.set(entry.name, entry);
    }
    this.#bases = this.#oldBases();
    this.#connect();
  }

  /** The tensors at the places of `input_layers` or `output_layers`: one, an array, or an object by name. */
  at(outline: unknown): Symbols {
    if (isPlace(outline)) return this.#tensor(this.#outside(new Found(this.#reading, outline)));
    if (Array.isArray(outline)) return outline.map((item) => this.at(item));
    if (isObject(outline)) return Object.fromEntries(Object.entries(outline).map(([name, item]) => [name, this.at(item)]));
    throw formatError(
      this.#reading.owner,
      `${describe(outline)} as inputs or outputs`,
      'They are [layer, call, output], lists or objects of such.',
    );
  }

  #entry(one: unknown): Entry {
    const { owner } = this.#reading;
    if (!isObject(one)) throw formatError(owner, `${describe(one)} in the list of layers`, 'It is an object.');
    const config = isObject(one.config) ? one.config : {};
    const name = one.name ?? config.name;
    if (typeof name !== 'string')
      throw formatError(owner, `a layer ${classNameOf(one)} without a name`, 'Layers of a functional model have names.');
    const isOperation = /(^|\.)ops(\.|$)/.test(String(one.module)) && !customOf(one, this.#reading);
    const layer = isOperation ? undefined : this.#reading.layer(one, this.#reading);
    const nodeList = one.inbound_nodes ?? [];
    if (!Array.isArray(nodeList)) throw formatError(owner, `${describe(nodeList)} as inbound_nodes of '${name}'`, 'It is a list.');
    const nodes = nodeList.map((item) => {
      const node = Array.isArray(item) ? oldNode(item, this.#reading) : newNode(item, this.#reading);
      return { ...node, references: [...referencesIn([node.args, node.kwargs])] };
    });
    const start = layer instanceof InputLayer ? [[inputTensor(layer)]] : [];
    return { name, config: one, layer, nodes: layer instanceof InputLayer ? [] : nodes, outputs: start, found: 0 };
  }

  /** Calls each layer as soon as the inputs of a call exist; a queue, so that neither order nor depth of the file matters. */
  #connect(): void {
    const waiting = new Map<string, Entry[]>();
    const ready = [...this.#entries.values()].reverse();
    for (let entry = ready.pop(); entry; entry = ready.pop()) {
      while (entry.outputs.length < entry.nodes.length) {
        const node = entry.nodes[entry.outputs.length];
        const missing = this.#missing(entry, node.references);
        if (missing) {
          const list = waiting.get(missing);
          if (list) list.push(entry);
          else waiting.set(missing, [entry]);
          break;
        }
        const key = `${entry.name}\n${entry.outputs.length}`;
        entry.outputs.push(this.#call(entry, node));
        entry.found = 0;
        ready.push(...(waiting.get(key) ?? []));
        waiting.delete(key);
      }
    }
    const stuck = [...this.#entries.values()].find(
      ({ nodes, outputs, layer }) => !(layer instanceof InputLayer) && outputs.length < nodes.length,
    );
    if (!stuck) return;
    throw formatError(
      this.#reading.owner,
      `a graph in which '${stuck.name}' waits for what never comes`,
      'It has a loop, or a layer lacks a call.',
    );
  }

  /** Key of the first call that the entry still waits for, if any. */
  #missing(entry: Entry, references: readonly Reference[]): string | undefined {
    for (; entry.found < references.length; entry.found++) {
      const { layer, node } = references[entry.found];
      const source = this.#source(layer);
      const index = node - (this.#bases.get(layer) ?? 0);
      if (source.outputs.length <= index) return `${layer}\n${index}`;
    }
    return undefined;
  }

  #call(entry: Entry, node: NodeArguments): readonly SymbolicTensor[] {
    const call = replaced(node, ({ layer, node: index, output }) =>
      this.#tensor({ layer, node: index - (this.#bases.get(layer) ?? 0), output }),
    ) as NodeArguments;
    if (entry.layer) {
      this.count = countCall(this.#reading, this.count, entry.layer);
      return callLayer(entry.layer, call, this.#reading);
    }
    this.count++;
    if (entry.outputs.length > 0)
      throw formatError(this.#reading.owner, `several calls of the op '${entry.name}'`, 'An op is called once.');
    return callOperation(entry.name, entry.config, call, this.#reading);
  }

  #source(name: string): Entry {
    const source = this.#entries.get(name);
    if (source) return source;
    throw formatError(
      this.#reading.owner,
      `a call on what a layer '${name}' gives, which is not there`,
      'The list of layers is not complete.',
    );
  }

  #tensor({ layer, node, output }: Reference): SymbolicTensor {
    const found = this.#source(layer).outputs[node]?.[output];
    if (found) return found;
    throw formatError(
      this.#reading.owner,
      `output ${output} of call ${node} of '${layer}', which is not there`,
      'The list of calls is not complete.',
    );
  }

  /** Functional models count a node of their own, which stands before their calls. */
  #outside({ layer, node, output }: Reference): Reference {
    const { layer: source, nodes } = this.#source(layer);
    // Keras 2 counts so for Sequential models too, if they were built.
    const countsOwn = isModel(source) && ('topology' in source || node >= nodes.length);
    const base = this.#bases.get(layer) ?? Number(countsOwn && node > 0);
    return { layer, node: node - base, output };
  }

  /** The same in Keras 2's form, also for built Sequential models: the lowest call that anything refers to. */
  #oldBases(): ReadonlyMap<string, number> {
    const bases = new Map<string, number>();
    for (const { nodes } of this.#entries.values()) {
      for (const { references, kwargs } of nodes) {
        if (!oldForm.has(kwargs)) continue;
        for (const { layer, node } of references) {
          const source = this.#entries.get(layer)?.layer;
          if (isModel(source)) bases.set(layer, Math.min(node, bases.get(layer) ?? node));
        }
      }
    }
    return bases;
  }
}

/** Which nodes came in Keras 2's form. */
const oldForm = /* @__PURE__ */ new WeakSet<object>();

const isPlace = (value: unknown): boolean => Array.isArray(value) && value.length === 3 && typeof value[0] === 'string';

/** `{ args, kwargs }` with a `__keras_tensor__` for each tensor. */
function newNode(node: unknown, reading: Reading): NodeArguments {
  if (!isObject(node)) throw formatError(reading.owner, `${describe(node)} as a node`, 'It is an object with args and kwargs.');
  const read = (value: unknown): unknown => {
    if (Array.isArray(value)) return value.map(read);
    if (!isObject(value)) return value;
    const { class_name: className, config } = value;
    if (className === '__keras_tensor__') return new Found(reading, isObject(config) ? config.keras_history : undefined);
    if (className === '__tensor__' || className === '__numpy__') return constantOf(isObject(config) ? config : {}, reading);
    if (className === '__ellipsis__') return '...';
    if (className === '__slice__' && isObject(config)) return [config.start ?? null, config.stop ?? null, config.step ?? null];
    if (className === '__tuple__') return read((value.items ?? (isObject(config) ? config.items : config)) as unknown);
    return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, read(item)]));
  };
  const { args = [], kwargs = {} } = node;
  return { args: Array.isArray(args) ? (read(args) as unknown[]) : [read(args)], kwargs: read(kwargs) as JsonObject };
}

/** A constant of the graph, in a dtype that there is here. */
function constantOf({ value, dtype }: JsonObject, { owner }: Reading): Tensor {
  const kind = dtype === 'bool' ? 'bool' : /^u?int/.test(String(dtype)) ? 'int32' : 'float32';
  return toTensor(`${owner}: a constant`, value, kind);
}

/** `[[layer, call, output, kwargs], ...]`, one for each input. */
function oldNode(node: readonly unknown[], reading: Reading): NodeArguments {
  // A single input may come without the list around it.
  const rows = typeof node[0] === 'string' ? [node] : node;
  const inputs: Reference[] = [];
  let kwargs: Record<string, unknown> = {};
  for (const row of rows) {
    const [layer, index, output, keywords] = Array.isArray(row) ? row : [];
    inputs.push(new Found(reading, [layer, index, output]));
    if (isObject(keywords)) kwargs = { ...kwargs, ...keywords };
  }
  const read = (value: unknown): unknown => {
    if (isPlace(value)) return new Found(reading, value);
    return Array.isArray(value) ? value.map(read) : value;
  };
  const found = Object.fromEntries(Object.entries(kwargs).map(([key, value]) => [key, read(value)]));
  oldForm.add(found);
  return { args: [inputs.length === 1 ? inputs[0] : inputs], kwargs: found };
}

function* referencesIn(value: unknown): Generator<Reference> {
  if (isReference(value)) yield value;
  else if (Array.isArray(value)) for (const item of value) yield* referencesIn(item);
  else if (isObject(value) && !(value instanceof Tensor)) for (const item of Object.values(value)) yield* referencesIn(item);
}

/** With tensors in place of references. */
function replaced(value: unknown, tensor: (reference: Reference) => SymbolicTensor): unknown {
  if (isReference(value)) return tensor(value);
  if (Array.isArray(value)) return value.map((item) => replaced(item, tensor));
  if (!isObject(value) || value instanceof Tensor) return value;
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, replaced(item, tensor)]));
}
