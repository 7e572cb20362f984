// Finding the shape of a layer's output by trying it.
import { isTracing, Trace, tracing } from '../../graph/trace.ts';
import type { CallableLayer } from './callable.ts';
import { isShapeList, type Shapes } from './shape.ts';

/** Shapes that `call` gives for a batch of this shape, found by tracing it with two guesses for each unknown length. */
export function traceOutputShape(layer: CallableLayer, inputShape: Shapes): Shapes {
  if (isTracing()) throw new Error('internal: a shape is inferred inside a trace');
  layer.ensureBuilt(inputShape);
  const listed = isShapeList(inputShape);
  const shapes = listed ? inputShape : [inputShape];
  const guess = (length: number) => {
    const trace = new Trace();
    return tracing(trace, () => {
      const inputs = shapes.map((shape) => trace.input({ shape: shape.map((dim) => dim ?? length), dtype: layer.inputDtype }));
      return layer.invokeAll(inputs, false, { listed }).map((output) => output.shape);
    });
  };
  const [a, b] = [guess(11), guess(13)];
  const result = a.map((shape, k) => shape.map((dim, i) => (dim === b[k][i] ? dim : null)));
  return result.length === 1 ? result[0] : result;
}
