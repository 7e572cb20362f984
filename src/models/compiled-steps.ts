// Compiled steps of a model: training, test and prediction, one program for each shape of batch.
import { mismatch } from '../common/errors.ts';
import { type IdCheck, Trace, tracing } from '../graph/trace.ts';
import type { TensorType, Value } from '../graph/value.ts';
import type { Variable } from '../graph/variable.ts';
import { withChecks } from '../kernels/environment.ts';
import { gradientsOf } from '../primitives/arithmetic.ts';
import { add } from '../primitives/binary.ts';
import { fill } from '../primitives/layout.ts';
import { affine } from '../primitives/unary.ts';
import { accumulateMean } from '../primitives/update.ts';
import { compileTrace } from '../runtime/compile.ts';
import type { Program } from '../runtime/program.ts';
import type { Compiled } from './compiled.ts';

/** The interface of a model for compiled steps. */
export interface Stepped {
  readonly name: string;
  /** The model's outputs for inputs in the current trace. */
  forward(inputs: readonly Value[], training: boolean): Value[];
  readonly trainableWeights: readonly Variable[];
  readonly weights: readonly Variable[];
}

/** Types of the batch's parts. Targets are undefined where neither a loss nor a metric reads them, weights where every sample counts 1. */
export interface BatchTypes {
  readonly inputs: readonly TensorType[];
  readonly targets: readonly (TensorType | undefined)[];
  readonly weights: readonly (TensorType | undefined)[];
}

/** A program with the checks its ids need. Inputs come in the order inputs, targets, weights. */
export interface Step {
  readonly program: Program;
  readonly idChecks: readonly IdCheck[];
  /** The program's inputs, as the checks name them. */
  readonly values: readonly Value[];
}

/** Plans kept per model; batches of many lengths come and go. */
const MOST_PLANS = 64;

export class Steps {
  readonly #model: Stepped;
  readonly #cache = new Map<string, Step>();
  /** The trainable variables as of when the first step was made: freezing a layer takes effect at the next `compile`. */
  #trainable: readonly Variable[] | undefined;

  /** Whether programs stop at the first output that is not finite. */
  checked = false;

  constructor(model: Stepped) {
    this.#model = model;
  }

  clear(): void {
    this.#cache.clear();
    this.#trainable = undefined;
  }

  predict(inputs: readonly TensorType[]): Step {
    return this.#cached(`predict ${key(inputs)}`, () => {
      const trace = new Trace();
      const outputs = tracing(trace, () =>
        this.#model.forward(
          inputs.map((type) => trace.input(type)),
          false,
        ),
      );
      return finish(trace, outputs);
    });
  }

  test(types: BatchTypes, compiled: Compiled): Step {
    return this.#cached(`test ${batchKey(types)}`, () => {
      const trace = new Trace();
      tracing(trace, () => this.#lossOf(trace, types, compiled, false));
      return finish(trace, []);
    });
  }

  train(types: BatchTypes, compiled: Compiled): Step {
    return this.#cached(`train ${compiled.optimizer.variant()} ${batchKey(types)}`, () => {
      const trace = new Trace({ training: true });
      tracing(trace, () => {
        const loss = this.#lossOf(trace, types, compiled, true);
        this.#trainable ??= this.#model.trainableWeights;
        const variables = this.#trainable;
        const gradients = gradientsOf(
          loss,
          variables.map((variable) => trace.read(variable)),
        );
        const pairs = variables.flatMap((variable, i) => {
          const gradient = gradients[i];
          return gradient ? [[variable, gradient] as const] : [];
        });
        if (variables.length === 0) return;
        if (pairs.length === 0) {
          const advice = 'Connect the loss with a layer that has trainable weights.';
          throw mismatch(`${this.#model.name}.fit`, 'trainable weights that the loss depends on', 'none', advice);
        }
        compiled.optimizer.apply(pairs, variables);
      });
      return finish(trace, []);
    });
  }

  /** Counts a training step. A model without trainable weights makes none, as in Keras. */
  advance(compiled: Compiled): void {
    if (this.#trainable && this.#trainable.length > 0) compiled.optimizer.advance();
  }

  /** The total loss; losses and metrics are added to their states on the way. */
  #lossOf(trace: Trace, types: BatchTypes, compiled: Compiled, training: boolean): Value {
    const inputs = types.inputs.map((type) => trace.input(type));
    const targets = types.targets.map((type) => type && trace.input(type));
    const weights = types.weights.map((type) => type && trace.input(type));
    const outputs = this.#model.forward(inputs, training);
    const samples = fill([1], inputs[0].shape[0]);
    const parts: Value[] = [];
    for (const [i, loss] of compiled.losses.entries()) {
      if (!loss) continue;
      const value = trace.withOwner('loss', () => loss.compute(targets[i] as Value, outputs[i], weights[i], outputs[i].mask));
      if (compiled.outputLossStates[i]) accumulateMean(compiled.outputLossStates[i], value, samples);
      parts.push(affine(value, compiled.lossWeights[i], 0));
    }
    for (const weight of this.#model.weights) {
      if (weight.regularizer) parts.push(weight.regularizer.call(trace.read(weight)));
    }
    parts.push(...trace.losses);
    if (parts.length === 0) throw mismatch(this.#model.name, 'a loss', 'none', 'Pass loss to compile().');
    const total = parts.reduce((a, b) => add(a, b));
    accumulateMean(compiled.lossState, total, samples);
    trace.withOwner('metrics', () => compiled.updateMetrics(targets, outputs, weights));
    return total;
  }

  #cached(kind: string, make: () => Step): Step {
    const name = this.checked ? `${kind} checked` : kind;
    let step = this.#cache.get(name);
    if (step) this.#cache.delete(name);
    else step = withChecks(this.checked, make);
    // Last used, last in the map: the first is the one to drop.
    this.#cache.set(name, step);
    if (this.#cache.size > MOST_PLANS) this.#cache.delete(this.#cache.keys().next().value as string);
    return step;
  }
}

const finish = (trace: Trace, outputs: readonly Value[]): Step => ({
  program: compileTrace(trace, outputs),
  idChecks: trace.idChecks,
  values: trace.inputs,
});

const key = (types: readonly (TensorType | undefined)[]): string =>
  types.map((type) => (type ? `${type.dtype}[${type.shape}]` : '-')).join(' ');

const batchKey = ({ inputs, targets, weights }: BatchTypes): string => `${key(inputs)} -> ${key(targets)} * ${key(weights)}`;
