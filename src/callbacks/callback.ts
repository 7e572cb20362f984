// Hooks that run during training, testing and predicting.

import type { CallbackState } from './state.ts';
import type { TrainedModel } from './trained-model.ts';

/** Values of the loss and the metrics so far, by name. Callbacks may add to it. */
export type Logs = Record<string, number>;

/** The parameters of a run. */
export interface CallbackParams {
  readonly verbose: number;
  readonly epochs: number;
  /** Batches in an epoch, or null when not known yet. */
  readonly steps: number | null;
}

/**
 * Base of all callbacks: override the methods you need.
 *
 * ```js
 * class Report extends callbacks.Callback {
 *   onEpochEnd(epoch, logs) { console.log(epoch, logs.loss); }
 * }
 * await model.fit(x, y, { callbacks: [new Report()], verbose: 0 });
 * ```
 * Epochs and batches count from 0. A method may return a promise, which training waits for.
 */
export class Callback {
  /** The model in training. */
  model: TrainedModel | undefined;
  params: CallbackParams | undefined;

  /** Set by `onTrainBegin`, the epoch that training goes on with, in place of `initialEpoch`. */
  firstEpoch: number | undefined;

  setModel(model: TrainedModel): void {
    this.model = model;
  }

  setParams(params: CallbackParams): void {
    this.params = params;
  }

  /** Receives all callbacks of the run, itself among them. */
  setCallbacks(_callbacks: readonly Callback[]): void {}

  /** The state that BackupAndRestore keeps, to go on after an interruption; undefined when there is none. */
  getState(): CallbackState | undefined {
    return undefined;
  }

  /** Takes what `getState` gave, after `onTrainBegin`. */
  setState(_state: CallbackState): void {}

  onTrainBegin(_logs?: Logs): void | Promise<void> {}
  onTrainEnd(_logs?: Logs): void | Promise<void> {}
  onEpochBegin(_epoch: number, _logs?: Logs): void | Promise<void> {}
  onEpochEnd(_epoch: number, _logs?: Logs): void | Promise<void> {}
  onTrainBatchBegin(batch: number, logs?: Logs): void | Promise<void> {
    return this.onBatchBegin(batch, logs);
  }
  onTrainBatchEnd(batch: number, logs?: Logs): void | Promise<void> {
    return this.onBatchEnd(batch, logs);
  }
  /** Other names of `onTrainBatchBegin` and `onTrainBatchEnd`. */
  onBatchBegin(_batch: number, _logs?: Logs): void | Promise<void> {}
  onBatchEnd(_batch: number, _logs?: Logs): void | Promise<void> {}
  onPredictBegin(_logs?: Logs): void | Promise<void> {}
  onPredictEnd(_logs?: Logs): void | Promise<void> {}
  onPredictBatchBegin(_batch: number, _logs?: Logs): void | Promise<void> {}
  /** `outputs` are those of the batch, as `predict` gives them. */
  onPredictBatchEnd(_batch: number, _logs?: { readonly outputs: unknown }): void | Promise<void> {}
  onTestBegin(_logs?: Logs): void | Promise<void> {}
  onTestEnd(_logs?: Logs): void | Promise<void> {}
  onTestBatchBegin(_batch: number, _logs?: Logs): void | Promise<void> {}
  onTestBatchEnd(_batch: number, _logs?: Logs): void | Promise<void> {}
}

type Hook = Exclude<
  keyof Callback,
  'model' | 'params' | 'firstEpoch' | 'setModel' | 'setParams' | 'setCallbacks' | 'getState' | 'setState'
>;

/** Several callbacks called in order. A hook that none of them overrides costs nothing. */
export class CallbackList {
  readonly callbacks: readonly Callback[];
  readonly #listeners = new Map<Hook, readonly Callback[]>();

  constructor(callbacks: readonly Callback[], model: TrainedModel, params: CallbackParams) {
    this.callbacks = callbacks;
    for (const callback of callbacks) {
      callback.setModel(model);
      callback.setParams(params);
      callback.setCallbacks(callbacks);
    }
  }

  /** Those that override `hook`. */
  #of(hook: Hook): readonly Callback[] {
    let list = this.#listeners.get(hook);
    if (!list) {
      const names = [hook, hook.replace('Train', '') as Hook];
      list = this.callbacks.filter((callback) => names.some((name) => callback[name] !== Callback.prototype[name]));
      this.#listeners.set(hook, list);
    }
    return list;
  }

  /** The epoch that a callback wants to begin with. */
  get firstEpoch(): number | undefined {
    return this.callbacks.find((callback) => callback.firstEpoch !== undefined)?.firstEpoch;
  }

  /** Whether anyone listens to `hook`. */
  has(hook: Hook): boolean {
    return this.#of(hook).length > 0;
  }

  /** Calls `hook`; gives a promise only when a callback did. */
  call(hook: Hook, ...args: [logs: Logs] | [index: number, logs: Logs | { readonly outputs: unknown }]): void | Promise<void> {
    const list = this.#of(hook);
    for (let i = 0; i < list.length; i++) {
      const result = invoke(list[i], hook, args);
      if (isThenable(result)) return this.#rest(result, list.slice(i + 1), hook, args);
    }
  }

  async #rest(first: PromiseLike<void>, list: readonly Callback[], hook: Hook, args: readonly unknown[]): Promise<void> {
    await first;
    for (const callback of list) await invoke(callback, hook, args);
  }
}

/** Whether a callback gave something to wait for: a promise, or what awaits like one. */
const isThenable = (result: unknown): result is PromiseLike<void> => typeof (result as { then?: unknown } | undefined)?.then === 'function';

const invoke = (callback: Callback, hook: Hook, args: readonly unknown[]): void | Promise<void> =>
  (callback[hook] as (...a: readonly unknown[]) => void | Promise<void>).apply(callback, args as unknown[]);
