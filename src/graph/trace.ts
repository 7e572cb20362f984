// A trace records what a call of a model computes: its inputs, the state it changes, the numbers the host writes before
// each run, and the penalties that layers add to the loss.
import { mismatch } from '../common/errors.ts';
import { Node, type Op, type TensorType, Value } from './value.ts';
import type { Variable } from './variable.ts';

/** Numbers that the host writes into the arena before each run: learning rates, seeds, constants. */
export interface Feed {
  readonly value: Value;
  /** Writes the numbers; called once before each run. */
  readonly write: (address: number) => void;
}

/** Ids that a layer will use as row numbers, or labels that a loss will, checked while a batch is copied in. */
export interface IdCheck {
  /** An input of the trace; or what the run computes, which is looked at after it. */
  readonly input: Value;
  /** Ids must be in [least, bound). */
  readonly bound: number;
  /** Default: 0. */
  readonly least?: number;
  /** The layer or loss. */
  readonly layer: string;
  /** Default: ids. */
  readonly what?: 'ids' | 'labels';
  /** The option that says how many ids there are, '' for none. Default: inputDim. */
  readonly option?: string;
  /** One number outside the range that is allowed. */
  readonly ignored?: number;
}

/** On a trace that only finds types, whose lengths may be unknown. */
export interface Inference {
  /** Whether weights that layers make are there to stay; otherwise they have no contents. */
  readonly keepsWeights: boolean;
  /** Notes that a layer is about to be built, and how it is brought back to what it is now. */
  building(layer: object, inputShape: unknown, restore: () => void): void;
}

export class Trace {
  readonly training: boolean;
  /** Set when nothing of the trace is going to run. */
  readonly inference: Inference | undefined;
  readonly inputs: Value[] = [];
  readonly feeds: Feed[] = [];
  readonly idChecks: IdCheck[] = [];
  /** Nodes that are run for what they change, not for what they give. */
  readonly effects: Node[] = [];
  /** Penalties added to the loss: scalars. */
  readonly losses: Value[] = [];
  readonly #versions = new Map<Variable, Value>();
  readonly #owners: string[] = [];

  constructor({ training = false, inference }: { training?: boolean; inference?: Inference | undefined } = {}) {
    this.training = training;
    this.inference = inference;
  }

  input(type: TensorType): Value {
    const value = new Value(type);
    this.inputs.push(value);
    return value;
  }

  feed(type: TensorType, write: (address: number) => void): Value {
    const value = new Value(type);
    this.feeds.push({ value, write });
    return value;
  }

  /** The variable's contents as they are at this point of the trace. */
  read(variable: Variable): Value {
    let value = this.#versions.get(variable);
    if (!value) {
      value = new Value(variable, undefined, 0, variable);
      this.#versions.set(variable, value);
    }
    return value;
  }

  /** Declares that `value`, which overwrites the variable's buffer, is its contents from here on. */
  assigned(variable: Variable, value: Value): void {
    this.#versions.set(variable, value);
    if (value.node && !this.effects.includes(value.node)) this.effects.push(value.node);
  }

  /**
   * Demands that `ids` are in [least, bound). Inputs are checked before the run. What is computed, or a part of an input, is looked at
   * after it, so whoever uses such ids as addresses limits them as well.
   */
  requireIds(ids: Value, bound: number, layer: string, option = 'inputDim', least = 0): void {
    if (this.inference) return;
    if (ids.node && !isComputed(ids)) {
      for (const input of ids.node.inputs) this.requireIds(input, bound, layer, option, least);
    } else if (!this.idChecks.some((check) => check.input === ids && check.bound <= bound && (check.least ?? 0) >= least)) {
      this.idChecks.push({ input: ids, bound, layer, option, least });
    }
  }

  /** Every variable read so far. */
  variables(): Variable[] {
    return [...this.#versions.keys()];
  }

  get owner(): string {
    return this.#owners[this.#owners.length - 1] ?? '';
  }

  /** Runs `body` with `name` as the owner of the nodes it makes. */
  withOwner<T>(name: string, body: () => T): T {
    this.#owners.push(name);
    try {
      return body();
    } finally {
      this.#owners.pop();
    }
  }
}

/** Whether ids are anything but all elements of inputs, moved about. */
export const isComputed = ({ node, variable, size }: Value): boolean =>
  node ? !node.op.isDataMovement || node.inputs.some((input) => input.size > size || isComputed(input)) : variable !== undefined;

let current: Trace | undefined;
let inference: Inference | undefined;

/** Runs `body` with `trace` as the current trace, or with none. */
export function tracing<T>(trace: Trace | undefined, body: () => T): T {
  const outer = [current, inference] as const;
  current = trace;
  // What is built without a trace belongs to the inference around it.
  if (trace) inference = trace.inference;
  try {
    return body();
  } finally {
    [current, inference] = outer;
  }
}

/** The current trace; there is one whenever a layer, loss or metric is called. `what` asks for it, in messages. */
export function currentTrace(what = 'values'): Trace {
  if (current) return current;
  throw mismatch(
    what,
    "to be used inside a layer's call, a loss or a metric",
    'a use outside of one',
    'Values live only during a call: outside pass arrays or Tensors to ops, and use layers by apply.',
  );
}

export const isTracing = (): boolean => current !== undefined;

/** The inference that is going on, in a trace or in the building of a layer; undefined in a trace that is going to run. */
export const currentInference = (): Inference | undefined => inference;

/** Adds a node to the graph and gives its outputs. */
export function addNode<A>(op: Op<A>, inputs: readonly Value[], attributes: A): readonly Value[] {
  return new Node(op, inputs, attributes, currentTrace(op.name).owner).outputs;
}

/** Adds a node with one output. */
export function add1<A>(op: Op<A>, inputs: readonly Value[], attributes: A): Value {
  return addNode(op, inputs, attributes)[0];
}
