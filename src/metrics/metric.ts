// What every metric does: add to a few numbers batch by batch, and give the result so far.
import type { Value } from '../graph/value.ts';
import type { Variable } from '../graph/variable.ts';
import { snakeCase } from '../names.ts';
import { eager } from '../runtime/eager.ts';
import { type Tensor, type TensorLike, toTensor } from '../tensor/index.ts';

/** Options that every metric has. */
export interface MetricOptions {
  /** The key in histories and logs, by default the class in snake case. */
  readonly name?: string | null;
}

/**
 * The base of all metrics; see its subclasses.
 *
 * ```js
 * const metric = new metrics.BinaryAccuracy();
 * metric.updateState([[1], [0]], [[0.9], [0.8]]);
 * metric.result(); // 0.5
 * metric.resetState();
 * ```
 */
export abstract class Metric {
  readonly name: string;
  /** Whether larger results are better, for callbacks that look for the best one. */
  readonly direction: 'up' | 'down' | undefined = undefined;

  constructor(owner: string, options: MetricOptions = {}, defaultName?: string) {
    this.name = options.name ?? defaultName ?? snakeCase(owner);
  }

  /** The name that configs know the class by. */
  get className(): string {
    return this.constructor.name;
  }

  /** The numbers it keeps. */
  abstract get states(): readonly Variable[];

  /** Adds a batch, inside a trace. */
  abstract update(target: Value, prediction: Value, weight?: Value): void;

  /** The result for everything added since the last reset; 0 for nothing. */
  abstract result(): number;

  /** Adds a batch at once: arrays or Tensors, and one weight for each sample if they differ. */
  updateState(yTrue: TensorLike, yPred: TensorLike, sampleWeight?: TensorLike): void {
    const tensors: Tensor[] = [toTensor(`${this.name}: yTrue`, yTrue, 'float32'), toTensor(`${this.name}: yPred`, yPred, 'float32')];
    if (sampleWeight !== undefined) tensors.push(toTensor(`${this.name}: sampleWeight`, sampleWeight, 'float32'));
    eager(tensors, ([target, prediction, weight]) => {
      this.update(target, prediction, weight);
      return [];
    });
  }

  /** Forgets everything added so far. */
  resetState(): void {
    for (const state of this.states) state.view().fill(0);
  }

  /** The options that make the metric again. */
  getConfig(): Record<string, unknown> {
    return { name: this.name };
  }
}

/** a / b in float32, and 0 where b is 0. */
export const ratio = (a: number, b: number): number => (b === 0 ? 0 : Math.fround(a / b));
