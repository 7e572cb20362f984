// One function for all kinds of operands: part of a graph inside a trace, recorded by a functional model, or computed at once.
import { mismatch } from '../common/errors.ts';
import { describe } from '../common/options.ts';
import { isTracing } from '../graph/trace.ts';
import { Value } from '../graph/value.ts';
import { Variable } from '../graph/variable.ts';
import { eager } from '../runtime/eager.ts';
import { Tensor, toTensor } from '../tensor/index.ts';
import { readArguments } from './arguments.ts';
import { contentsOf, toValue } from './constant.ts';
import {
  type Arguments,
  type ArgumentsOf,
  type Definition,
  mapOperands,
  operandsOf,
  type Parameter,
  type Parameters,
  parameterOf,
} from './definition.ts';
import { convert, type Weak, widest } from './dtypes.ts';
import { isOpen } from './lengths.ts';
import { isInner, isSymbolic } from './operand.ts';

/** A public op, which carries its definition. */
export interface OpFunction {
  (...args: never): unknown;
  readonly definition: Definition;
}

/** What is not the rule about an op. */
type Exceptions = Partial<Pick<Definition, 'className' | 'onData'>>;

/**
 * The public function of an op.
 * @param module Keras's module of the op's class
 * @param name Keras's name of the function, in camelCase
 * @param parameters in the order of the arguments
 * @param body adds the op to the current trace; operands are values of the dtypes that the parameters say
 */
export function op<const P extends Parameters, F>(
  module: string,
  name: string,
  parameters: P,
  body: (args: ArgumentsOf<P>) => Value,
  exceptions: Exceptions = {},
): F {
  return publish({ module, name, parameters, body, givesList: false, className: classNameOf(name), ...exceptions });
}

/** The same for an op that gives a list. */
export function listOp<const P extends Parameters, F>(
  module: string,
  name: string,
  parameters: P,
  body: (args: ArgumentsOf<P>) => readonly Value[],
  exceptions: Exceptions = {},
): F {
  return publish({ module, name, parameters, body, givesList: true, className: classNameOf(name), ...exceptions });
}

const classNameOf = (name: string): string => name[0].toUpperCase() + name.slice(1);

function publish<F>(definition: Definition): F {
  const apply = (...args: readonly unknown[]): unknown => run(definition, readArguments(definition, args));
  return Object.defineProperty(Object.assign(apply, { definition }), 'name', { value: definition.name }) as F;
}

/** The op on operands of any kind. */
export function run(definition: Definition, args: Arguments): unknown {
  const results = resultsOf(definition, args);
  return definition.givesList ? results : results[0];
}

function resultsOf(definition: Definition, args: Arguments): readonly unknown[] {
  const { name } = definition;
  const all = operandsOf(definition, args);
  const symbolic = all.find(isSymbolic);
  const inner = all.find(isInner);
  if (symbolic) {
    if (inner) {
      const what = inner instanceof Value ? 'a value of a layer call' : `the weight ${inner.name}`;
      throw mismatch(
        name,
        'symbolic tensors and constants',
        `${what} beside a symbolic tensor`,
        'Put both into the call of a layer of your own.',
      );
    }
    return symbolic.record(definition, args);
  }
  if (isTracing() && (inner || Object.values(args).flat().some(isOpen)))
    return build(definition, args, (operand) => toValue(name, operand));
  return atOnce(definition, args);
}

/** Adds the op to the current trace. `resolve` gives the value of an operand that is no bare number. */
export function build(definition: Definition, args: Arguments, resolve: (operand: unknown) => Value): readonly Value[] {
  const { parameters, body } = definition;
  const shared: Weak[] = [];
  const resolved = mapOperands(parameters, args, (operand, conversion) => {
    const weak: Weak = typeof operand === 'number' ? operand : resolve(operand);
    if (conversion === 'common' || conversion === 'arithmetic') shared.push(weak);
    return weak;
  });
  const dtype = widest(shared);
  const result = body(mapOperands(parameters, resolved, (operand, conversion) => convert(operand as Weak, conversion, dtype)) as never);
  return Array.isArray(result) ? result : [result as Value];
}

/**
 * A function of operands that is no op of Keras's, such as a loss or a penalty, on operands of any kind: `body` is given their
 * values. null stands for an operand that is left out.
 */
export function onOperands<R>(name: string, operands: Readonly<Record<string, unknown>>, body: (args: never) => Value): R {
  const parameters = Object.fromEntries(Object.keys(operands).map((key) => [key, anyOperand] as const));
  return run({ name, className: classNameOf(name), module: '', parameters, body, givesList: false }, operands) as R;
}

const anyOperand: Parameter = { operand: 'none', read: (_owner, _name, value) => value };

/** Computes the op on data. */
function atOnce(definition: Definition, args: Arguments): Tensor[] {
  const { name, parameters, onData } = definition;
  if (onData) return [onData(mapOperands(parameters, args, (operand) => (operand instanceof Variable ? contentsOf(operand) : operand)))];
  const tensors: Tensor[] = [];
  const several = Object.values(parameters).filter((field) => parameterOf(field).operand).length > 1;
  const read = mapOperands(parameters, args, (operand, _, parameter) => {
    if (typeof operand === 'number') return operand;
    const owner = several ? `${name}: ${parameter}` : name;
    const tensor = operand instanceof Variable ? contentsOf(operand) : toTensor(owner, dataOf(owner, operand));
    tensors.push(tensor);
    return tensor;
  });
  return eager(tensors, (values) => {
    const rest = [...values];
    return build(definition, read, (operand) => {
      const value = rest.shift() as Value;
      if (operand instanceof Tensor) value.known = operand.data;
      return value;
    });
  });
}

function dataOf(owner: string, operand: unknown): unknown {
  if (operand instanceof Value) {
    throw mismatch(
      owner,
      "to be called inside a layer's call, a loss or a metric",
      'a value outside of one',
      'Values live only during a call.',
    );
  }
  if (operand !== undefined && operand !== null && typeof operand !== 'string' && typeof operand !== 'function') return operand;
  throw mismatch(owner, 'a number, an array or a Tensor', describe(operand), 'Pass what it should compute with.');
}
