// Losses that are a formula of targets and predictions, on operands of any kind.
import type { Value } from '../graph/value.ts';
import { onOperands } from '../ops/dispatch.ts';
import { asFloat } from '../ops/dtypes.ts';
import type { Operand, OpResult } from '../ops/operand.ts';
import { Loss } from './loss.ts';
import { sameRank } from './shapes.ts';

interface Pair {
  readonly yTrue: Value;
  readonly yPred: Value;
}

/** What the losses of the package are. */
export abstract class FormulaLoss extends Loss {
  /** One value per sample, of the same rank when that could be done; predictions are float32. */
  protected abstract formula(target: Value, prediction: Value): Value;

  /**
   * The loss of each sample, without weights and reduction: `new losses.MeanSquaredError().call([[0, 1]], [[1, 1]])` is [0.5].
   *
   * Takes arrays and Tensors, values inside a call, and symbolic tensors.
   */
  call<T extends Operand, P extends Operand>(yTrue: T, yPred: P): OpResult<T | P> {
    return onOperands(this.name, { yTrue, yPred }, ({ yTrue, yPred }: Pair) => this.formula(...sameRank(yTrue, asFloat(yPred))));
  }
}
