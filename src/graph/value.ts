// A graph: values, and the nodes that compute them. What is run has concrete shapes and is traced anew for each shape of batch;
// a graph that only finds types may have unknown lengths.
import type { KernelCall } from '../kernels/kernel-call.ts';
import type { DType, TensorData } from '../tensor/tensor.ts';
import { sizeOf } from './shape.ts';

/** What is known of a value before it is computed. */
export interface TensorType {
  readonly shape: readonly number[];
  readonly dtype: DType;
}

/** Memory that outlives the graph: a variable's. */
export interface Storage {
  readonly name: string;
  readonly address: number;
}

/** What an op's `lower` is given: the node, and the address of each of its buffers. */
export interface CallSite<A> {
  readonly node: Node<A>;
  readonly inputs: readonly number[];
  readonly outputs: readonly number[];
  /** Address of the scratch buffer, when the op asked for one. */
  readonly scratch: number;
  /** The next op, when this one's kernel is to apply it on the way out (see `fuses`). */
  readonly fused: Node | undefined;
}

/**
 * Everything about one operation, side by side: the shapes it gives, its gradient and the kernels that compute it.
 * An op without `lower` is a view: its output is its first input under another shape.
 */
// biome-ignore lint/suspicious/noExplicitAny: ops of all attribute types live in one graph
export interface Op<A = any> {
  readonly name: string;
  /** Types of the outputs; throws when the inputs do not fit. */
  readonly inferTypes: (inputs: readonly Value[], attributes: A) => readonly TensorType[];
  /** Gradients by each input, given those by each output (undefined: none arrives, or none is to be had). */
  readonly gradient?: (node: Node<A>, upstream: readonly (Value | undefined)[]) => readonly (Gradient | undefined)[];
  /** The instructions. A barrier lies between two of them. */
  readonly lower?: (site: CallSite<A>) => readonly KernelCall[];
  /** Bytes of scratch the instructions need. */
  readonly scratch?: (node: Node<A>) => number;
  /** Pairs [output, input]: the output is the input's own buffer, rewritten (updates of variables). */
  readonly aliases?: readonly (readonly [number, number])[];
  /** Inputs whose buffer the first output may take over when nobody reads them afterwards. */
  readonly inPlace?: readonly number[];
  /** Outputs that the instructions leave out when nobody reads them: their address is 0 then. */
  readonly optional?: readonly number[];
  /** Whether the kernel can apply `reader`, the only reader of the output, on the way out. */
  readonly fuses?: (node: Node<A>, reader: Node) => boolean;
  /** Set when the output holds nothing but elements of the inputs, moved or of another dtype. */
  readonly isDataMovement?: boolean;
  /** Floating point operations, for reports. */
  readonly flops?: (node: Node<A>) => number;
}

let nextId = 0;

/** One tensor of a graph: an input, a variable's contents, or an output of a node. */
export class Value {
  readonly id = nextId++;
  readonly shape: readonly number[];
  readonly dtype: DType;
  /** The node that computes it; undefined for inputs and variables. */
  readonly node: Node | undefined;
  /** Which of the node's outputs it is. */
  readonly index: number;
  /** The variable whose contents it is. */
  readonly variable: Storage | undefined;
  /** 1 where a step is real and 0 where it is padding, as layers pass it on. */
  mask: Value | undefined;
  /** What went into the sigmoid or softmax that made this value: cross-entropies are exact from there. */
  logits: Value | undefined;
  /** Its numbers, where the graph is made of numbers that are known already. */
  known: TensorData | undefined;

  constructor(type: TensorType, node?: Node, index = 0, variable?: Storage) {
    this.shape = type.shape;
    this.dtype = type.dtype;
    this.node = node;
    this.index = index;
    this.variable = variable;
  }

  /** Number of elements. */
  get size(): number {
    return sizeOf(this.shape);
  }
}

/** One application of an op. */
// biome-ignore lint/suspicious/noExplicitAny: as for Op
export class Node<A = any> {
  readonly id = nextId++;
  readonly op: Op<A>;
  readonly inputs: readonly Value[];
  readonly attributes: A;
  readonly outputs: readonly Value[];
  /** The layer (or other part of the model) that asked for it, for messages. */
  readonly owner: string;

  constructor(op: Op<A>, inputs: readonly Value[], attributes: A, owner: string) {
    this.op = op;
    this.inputs = inputs;
    this.attributes = attributes;
    this.owner = owner;
    this.outputs = op.inferTypes(inputs, attributes).map((type, index) => new Value(type, this, index));
  }
}

/** The gradient of a gather: rows of a table that is zero elsewhere. Ids may repeat. */
export interface IndexedSlices {
  readonly ids: Value;
  /** [number of ids, dim] */
  readonly values: Value;
  /** Shape of the table. */
  readonly shape: readonly number[];
}

export type Gradient = Value | IndexedSlices;

export const isIndexedSlices = (gradient: Gradient): gradient is IndexedSlices => !(gradient instanceof Value);
