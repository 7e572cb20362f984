// An op in a functional model: a layer without weights.
import { ValueError } from '../../common/errors.ts';
import { snakeCase, uniqueName } from '../../common/names.ts';
import { isTracing, Trace, tracing } from '../../graph/trace.ts';
import type { Value } from '../../graph/value.ts';
import { toValue } from '../../ops/constant.ts';
import { type Arguments, type Definition, isSetting, operandsOf } from '../../ops/definition.ts';
import { build } from '../../ops/dispatch.ts';
import { cast } from '../../ops/dtypes.ts';
import { isSymbolic } from '../../ops/operand.ts';
import type { SymbolicOperand } from '../../ops/symbolic.ts';
import type { DType } from '../../tensor/index.ts';
import { Layer } from './layer.ts';
import { isShapeList, type Shape, type Shapes } from './shape.ts';
import type { SymbolicTensor } from './symbolic.ts';

/**
 * Two lengths to try an op with where a length is not known: multiples of 1 to 12, so that reshaping by small factors works,
 * and nothing a user's shape is likely to hold.
 */
const GUESSES = [27720, 55440] as const;

/** What values of a symbolic tensor are; layers refuse texts. */
const dtypeOf = ({ dtype }: SymbolicOperand): DType => (dtype === 'string' ? 'float32' : dtype);

export class OpLayer extends Layer {
  readonly #definition: Definition;
  /** The arguments: symbolic tensors at the places of the inputs, constants, settings. */
  readonly #given: Arguments;
  #dtypes: readonly DType[] = [];

  constructor(definition: Definition, given: Arguments) {
    super({ name: uniqueName(snakeCase(definition.className)) });
    this.#definition = definition;
    this.#given = given;
    this.ensureBuilt([]);
  }

  /** Keras's name of the op's class. */
  override get className(): string {
    // The constructor of Layer asks for it too, before there is a definition.
    return #definition in this ? this.#definition.className : 'Op';
  }

  /** @internal */
  get definition(): Definition {
    return this.#definition;
  }

  /** @internal */
  get given(): Arguments {
    return this.#given;
  }

  override inputDtypeAt(index: number): 'float32' | 'int32' {
    return this.#symbols[index].dtype === 'int32' ? 'int32' : 'float32';
  }

  override outputDtypeAt(index: number): DType {
    return this.#dtypes[index];
  }

  override call(inputs: Value | readonly Value[]): Value | readonly Value[] {
    const values = Array.isArray(inputs) ? [...inputs] : [inputs as Value];
    return build(this.#definition, this.#given, (operand) =>
      isSymbolic(operand) ? cast(values.shift() as Value, dtypeOf(operand)) : toValue(this.#definition.name, operand),
    );
  }

  /** The symbolic tensors among the arguments. */
  get #symbols(): readonly SymbolicOperand[] {
    return operandsOf(this.#definition, this.#given).filter(isSymbolic);
  }

  override computeOutputShape(inputShape: Shapes): Shapes {
    const { name } = this.#definition;
    if (isTracing()) throw new ValueError(`${name}: expected values inside a call, got a symbolic tensor. Use the call's inputs.`);
    const shapes = isShapeList(inputShape) ? inputShape : [inputShape];
    const [first, second] = GUESSES.map((length) => this.#guess(shapes, length));
    this.#dtypes = first.map(({ dtype }) => dtype);
    const result = first.map(({ shape }, k) => shape.map((dim, i) => (dim === second[k].shape[i] ? dim : null)));
    return result.length === 1 ? result[0] : result;
  }

  #guess(shapes: readonly Shape[], length: number): readonly Value[] {
    const trace = new Trace();
    const dtypes = this.#symbols.map(dtypeOf);
    const inputs = shapes.map((shape, i) => trace.input({ shape: shape.map((dim) => dim ?? length), dtype: dtypes[i] }));
    try {
      const result = tracing(trace, () => this.call(inputs));
      return Array.isArray(result) ? result : [result as Value];
    } catch (error) {
      if (!(error instanceof ValueError)) throw error;
      throw new ValueError(error.message.replaceAll(String(length), 'null'));
    }
  }

  /** The settings by name; operands are told by the model that the op is part of. */
  override getConfig(): Record<string, unknown> {
    return { name: this.name, trainable: this.trainable, ...this.settings };
  }

  /** @internal What of the arguments Keras's files keep as the op's config. */
  get settings(): Record<string, unknown> {
    const { parameters } = this.#definition;
    return Object.fromEntries(Object.entries(this.#given).filter(([name]) => isSetting(parameters[name])));
  }
}

/** Adds an op to the functional model that its symbolic operands belong to. */
export function recordOp(definition: Definition, given: Arguments): readonly SymbolicTensor[] {
  const symbols = operandsOf(definition, given).filter(isSymbolic) as SymbolicTensor[];
  return [new OpLayer(definition, given).apply(symbols.length === 1 ? symbols[0] : symbols)].flat();
}
