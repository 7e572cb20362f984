// A loss in a graph of its own, for tests.
import type { Value } from '../../src/graph/value.ts';
import type { Loss } from '../../src/losses/index.ts';
import { gradientsOf } from '../../src/primitives/arithmetic.ts';
import { densify } from '../../src/primitives/embedding.ts';
import { eager } from '../../src/runtime/eager.ts';
import { type Tensor, type TensorLike, tensor } from '../../src/tensor/index.ts';

/** The loss and its gradient by `wrt`, which `output` turns into the prediction. */
export function lossAndGradient(
  loss: Loss,
  target: TensorLike,
  wrt: Tensor,
  { weight, mask, output = (x) => x }: { weight?: Tensor; mask?: Tensor; output?: (x: Value) => Value } = {},
): [Tensor, Tensor] {
  const extra = [weight, mask].filter((t) => t !== undefined);
  const [value, gradient] = eager([tensor(target, undefined, loss.targetDtype), wrt, ...extra], ([y, x, ...rest]) => {
    const w = weight && rest[0];
    const m = mask && rest[rest.length - 1];
    const total = loss.compute(y, output(x), w, m);
    const [g] = gradientsOf(total, [x]);
    return g ? [total, densify(g)] : [total];
  });
  return [value, gradient];
}
