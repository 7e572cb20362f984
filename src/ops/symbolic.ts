// What the ops know of tensors without numbers: enough to have a model record an op on them.
import type { DType } from '../tensor/tensor.ts';
import type { Arguments, Definition } from './definition.ts';

/** A tensor of a functional model: a shape (null where it varies), and a way to record ops. Layers give the class. */
export abstract class SymbolicOperand {
  abstract readonly shape: readonly (number | null)[];
  abstract readonly dtype: DType | 'string';

  /** @internal Adds the op to the model that this tensor belongs to and gives its outputs. */
  abstract record(definition: Definition, args: Arguments): readonly SymbolicOperand[];
}
