// An op in a functional model: a layer without weights.
import { ValueError } from '../common/errors.ts';
import { snakeCase, uniqueName } from '../common/names.ts';
import { isTracing, Trace, tracing } from '../graph/trace.ts';
import type { Value } from '../graph/value.ts';
import { Layer } from '../layers/base/layer.ts';
import { isShapeList, type Shape, type Shapes } from '../layers/base/shape.ts';
import { isSymbolicTensor, toValue } from './operand.ts';

/** What an op computes, in a trace. */
export type Body = (...values: Value[]) => Value | readonly Value[];

/**
 * Two lengths to try an op with where a length is not known: multiples of 1 to 12, so that reshaping by small factors works,
 * and nothing a user's shape is likely to hold.
 */
const GUESSES = [27720, 55440] as const;

export class OpLayer extends Layer {
  /** Keras's name of the function, in camelCase. */
  readonly operation: string;
  /** The arguments: symbolic tensors at the places of the inputs, and constants. */
  readonly operands: readonly unknown[];
  /** The other arguments, by name. */
  readonly settings: Readonly<Record<string, unknown>>;
  private readonly body: Body;
  private dtypes: readonly ('float32' | 'int32')[] = [];

  constructor(operation: string, operands: readonly unknown[], body: Body, settings: Readonly<Record<string, unknown>>) {
    const className = operation[0].toUpperCase() + operation.slice(1);
    super({ name: uniqueName(snakeCase(className)) });
    this.operation = operation;
    this.operands = operands;
    this.settings = settings;
    this.body = body;
    this.ensureBuilt([]);
  }

  /** Keras's name of the op's class. */
  override get className(): string {
    // The constructor of Layer asks for it too, before there is an operation.
    const { operation = 'op' } = this;
    return operation[0].toUpperCase() + operation.slice(1);
  }

  override outputDtypeAt(index: number): 'float32' | 'int32' {
    return this.dtypes[index];
  }

  override call(inputs: Value | readonly Value[]): Value | readonly Value[] {
    const values = Array.isArray(inputs) ? [...inputs] : [inputs as Value];
    return this.body(
      ...this.operands.map((operand) => (isSymbolicTensor(operand) ? (values.shift() as Value) : toValue(this.operation, operand))),
    );
  }

  override computeOutputShape(inputShape: Shapes): Shapes {
    if (isTracing())
      throw new ValueError(`${this.operation}: expected values inside a call, got a symbolic tensor. Use the call's inputs.`);
    const shapes = isShapeList(inputShape) ? inputShape : [inputShape];
    const kinds = this.operands.filter(isSymbolicTensor).map(({ dtype }) => (dtype === 'int32' ? dtype : 'float32'));
    const [first, second] = GUESSES.map((length) => this.guess(shapes, kinds, length));
    this.dtypes = first.map(({ dtype }) => (dtype === 'int32' ? dtype : 'float32'));
    const result = first.map(({ shape }, k) => shape.map((dim, i) => (dim === second[k].shape[i] ? dim : null)));
    return result.length === 1 ? result[0] : result;
  }

  private guess(shapes: readonly Shape[], kinds: readonly ('float32' | 'int32')[], length: number): readonly Value[] {
    const trace = new Trace();
    const inputs = shapes.map((shape, i) => trace.input({ shape: shape.map((dim) => dim ?? length), dtype: kinds[i] }));
    try {
      const result = tracing(trace, () => this.call(inputs));
      return Array.isArray(result) ? result : [result as Value];
    } catch (error) {
      if (!(error instanceof ValueError)) throw error;
      throw new ValueError(error.message.replaceAll(String(length), 'null'));
    }
  }

  override getConfig(): Record<string, unknown> {
    return { name: this.name, trainable: this.trainable, ...this.settings };
  }
}
