// An op of a functional model, as a layer without weights.
import { mismatch } from '../../common/errors.ts';
import { snakeCase, uniqueName } from '../../common/names.ts';
import { isTracing } from '../../graph/trace.ts';
import type { Value } from '../../graph/value.ts';
import { toValue } from '../../ops/constant.ts';
import { type Arguments, type Definition, isSetting, operandsOf, parameterOf } from '../../ops/definition.ts';
import { build } from '../../ops/dispatch.ts';
import { cast } from '../../ops/dtypes.ts';
import { checkNoZero } from '../../ops/lengths.ts';
import { isSymbolic } from '../../ops/operand.ts';
import type { SymbolicOperand } from '../../ops/symbolic.ts';
import type { DType } from '../../tensor/index.ts';
import { Layer } from './layer.ts';
import type { SymbolicTensor } from './symbolic.ts';

/** The dtype of a symbolic tensor's values; 'string' never reaches an op, since layers refuse texts. */
const dtypeOf = ({ dtype }: SymbolicOperand): DType => (dtype === 'string' ? 'float32' : dtype);

export class OpLayer extends Layer {
  readonly #definition: Definition;
  /** The arguments: symbolic tensors at the places of the inputs, constants, settings. */
  readonly #arguments: Arguments;

  constructor(definition: Definition, args: Arguments) {
    if (isTracing()) {
      throw mismatch(definition.name, 'values inside a call', 'a symbolic tensor', "Use the call's inputs.");
    }
    super({ name: uniqueName(snakeCase(definition.className)) });
    this.#definition = definition;
    this.#arguments = args;
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
  get callArguments(): Arguments {
    return this.#arguments;
  }

  override get runsUserCode(): boolean {
    return false;
  }

  override get triesLengths(): boolean {
    return false;
  }

  override inputDtypeAt(index: number): 'float32' | 'int32' {
    return this.#symbols[index].dtype === 'int32' ? 'int32' : 'float32';
  }

  override call(inputs: Value | readonly Value[]): Value | readonly Value[] {
    const operands: readonly Value[] = Array.isArray(inputs) ? inputs : [inputs as Value];
    const { name } = this.#definition;
    const values = [...operands];
    const outputs = build(this.#definition, this.#arguments, (operand) =>
      isSymbolic(operand) ? cast(values.shift() as Value, dtypeOf(operand)) : toValue(name, operand),
    );
    const lengths = operands.flatMap(({ shape }) => shape);
    for (const output of outputs) checkNoZero(name, lengths, output.shape);
    return outputs;
  }

  /** The symbolic tensors among the arguments. */
  get #symbols(): readonly SymbolicOperand[] {
    return operandsOf(this.#definition, this.#arguments).filter(isSymbolic);
  }

  /** The settings by name; operands are part of the model. */
  override getConfig(): Record<string, unknown> {
    return { name: this.name, trainable: this.trainable, ...this.settings };
  }

  /** @internal The arguments that Keras's files keep as the op's config. */
  get settings(): Record<string, unknown> {
    const { parameters } = this.#definition;
    const settings = Object.entries(this.#arguments).filter(([name]) => isSetting(parameters[name]));
    return Object.fromEntries(settings.map(([name, value]) => [name, parameterOf(parameters[name]).write?.(value) ?? value]));
  }
}

/** Adds an op to the functional model that its symbolic operands belong to. */
export function recordOp(definition: Definition, args: Arguments): readonly SymbolicTensor[] {
  const symbols = operandsOf(definition, args).filter(isSymbolic) as SymbolicTensor[];
  return [new OpLayer(definition, args).apply(symbols.length === 1 ? symbols[0] : symbols)].flat();
}
