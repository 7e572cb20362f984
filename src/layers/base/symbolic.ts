// Symbolic tensors, which functional models are drawn with, and the calls that they come from.
import type { Arguments, Definition } from '../../ops/definition.ts';
import { SymbolicOperand } from '../../ops/symbolic.ts';
import type { DType, Tensor } from '../../tensor/index.ts';
import type { CallArguments, OptionValues } from './call-arguments.ts';
import type { Shape } from './shape.ts';

/** One use of a layer in a functional model. */
export interface SymbolicCall {
  readonly layer: { readonly name: string; readonly className: string };
  /** The layer's inputs; tensors among them are constants of the model. */
  readonly arguments: CallArguments<SymbolicTensor | Tensor>;
  /** The symbolic tensors among the arguments. */
  readonly inputs: readonly SymbolicTensor[];
  readonly training: boolean | undefined;
  /** Values of the layer's `callOptions`. */
  readonly options: OptionValues;
  readonly outputs: readonly SymbolicTensor[];
  /** Which use of its layer it is, from 0. */
  readonly index: number;
}

/** Adds an op to a functional model and gives its outputs. */
export type RecordOp = (definition: Definition, args: Arguments) => readonly SymbolicTensor[];

/**
 * The place of a tensor in a functional model: its shape (null where it varies) and where it comes from.
 *
 * ```js
 * const x = Input({ shape: [4] });
 * const y = new layers.Dense(2).apply(x);
 * y.shape; // [null, 2]
 * ```
 */
export class SymbolicTensor extends SymbolicOperand {
  readonly shape: Shape;
  readonly dtype: DType | 'string';
  readonly name: string;
  /** @internal The call that gives it. */
  call: SymbolicCall | undefined;
  /** @internal Which of the call's outputs it is. */
  readonly index: number;
  /** @internal Shape of the mask that it carries. */
  readonly mask: Shape | undefined;
  /** @internal Adds an op to the model: tensors hand it on from the inputs of the model, since ops of a model are layers themselves. */
  readonly recordOp: RecordOp;

  constructor(shape: Shape, dtype: DType | 'string', name: string, recordOp: RecordOp, index = 0, mask?: Shape) {
    super();
    this.shape = shape;
    this.dtype = dtype;
    this.name = name;
    this.recordOp = recordOp;
    this.index = index;
    this.mask = mask;
  }

  /** Number of axes. */
  get rank(): number {
    return this.shape.length;
  }

  /** @internal */
  override record(definition: Definition, args: Arguments): readonly SymbolicTensor[] {
    return this.recordOp(definition, args);
  }
}

export const isSymbolic = (value: unknown): value is SymbolicTensor => value instanceof SymbolicTensor;
