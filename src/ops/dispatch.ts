// One function for all kinds of operands: part of a graph inside a trace, a layer of a functional model, or computed at once.
import { ValueError } from '../common/errors.ts';
import { describe } from '../common/options.ts';
import { isTracing } from '../graph/trace.ts';
import { Value } from '../graph/value.ts';
import { toFloat } from '../primitives/unary.ts';
import { relabel } from '../primitives/views.ts';
import { eager } from '../runtime/eager.ts';
import { toTensor } from '../tensor/index.ts';
import { type Body, OpLayer } from './op-layer.ts';
import { isInner, isSymbolicTensor, type Operand, type OpResult, toValue } from './operand.ts';

/** The op of this name, on operands of any kind. `settings` are its other arguments, for configs. */
export function run<R>(name: string, operands: readonly unknown[], body: Body, settings: Readonly<Record<string, unknown>> = {}): R {
  return one(dispatch(name, operands, body, settings)) as R;
}

/** As `run`, for ops that give a list. */
export function runAll<R>(name: string, operands: readonly unknown[], body: Body, settings: Readonly<Record<string, unknown>> = {}): R[] {
  return [...dispatch(name, operands, body, settings)] as R[];
}

const one = (list: readonly unknown[]): unknown => list[0];

function dispatch(name: string, operands: readonly unknown[], body: Body, settings: Readonly<Record<string, unknown>>): readonly unknown[] {
  const symbolic = operands.filter(isSymbolicTensor);
  const inner = operands.find(isInner);
  if (symbolic.length > 0) {
    if (inner) {
      const what = inner instanceof Value ? 'a value of a layer call' : `the weight ${inner.name}`;
      throw new ValueError(
        `${name}: expected symbolic tensors and constants, got ${what} beside a symbolic tensor. Put both into the call of a layer of your own.`,
      );
    }
    const layer = new OpLayer(name, operands, body, settings);
    return list(layer.apply(symbolic.length === 1 ? symbolic[0] : symbolic));
  }
  if (inner) {
    if (!isTracing()) {
      throw new ValueError(
        `${name}: expected to be called inside a layer's call, a loss or a metric, got ${inner instanceof Value ? 'a value' : `the weight ${inner.name}`} outside. ` +
          'Pass a Tensor, such as one of layer.getWeights().',
      );
    }
    return list(body(...operands.map((operand) => toValue(name, operand))));
  }
  return eager(
    operands.map((operand) => {
      if (operand === undefined || operand === null || typeof operand === 'string' || typeof operand === 'function') {
        throw new ValueError(
          `${name}: expected a number, an array or a Tensor, got ${describe(operand)}. Pass what it should compute with.`,
        );
      }
      return toTensor(name, operand);
    }),
    (values) => list(body(...values)) as readonly Value[],
  );
}

const list = <T>(result: T | readonly T[]): readonly T[] => (Array.isArray(result) ? result : [result as T]);

/** The value as float32, whatever it was. */
export const asFloat = (x: Value): Value => relabel(toFloat(x), 'float32');

/** An op of one operand that computes in float32. */
export const unary =
  (name: string, body: (x: Value) => Value) =>
  <A extends Operand>(x: A): OpResult<A> =>
    run(name, [x], (v) => body(asFloat(v)));

/** An op of two operands that computes in float32. */
export const binary =
  (name: string, body: (a: Value, b: Value) => Value) =>
  <A extends Operand, B extends Operand>(x1: A, x2: B): OpResult<A | B> =>
    run(name, [x1, x2], (a, b) => body(asFloat(a), asFloat(b)));
