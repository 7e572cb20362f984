import { Callback, type Logs } from './callback.ts';
import { print } from './message.ts';

/**
 * Stops training when the loss is no number or infinite.
 *
 * ```js
 * await model.fit(x, y, { epochs: 10, callbacks: [new callbacks.TerminateOnNaN()] });
 * // Batch 3: Invalid loss, terminating training
 * ```
 * `debugNaN: true` in `fit` finds the layer in which such a number first appears.
 */
export class TerminateOnNaN extends Callback {
  override onTrainBatchEnd(batch: number, logs: Logs = {}): void {
    const { loss } = logs;
    if (loss === undefined || Number.isFinite(loss)) return;
    print(`Batch ${batch}: Invalid loss, terminating training`);
    if (this.model) this.model.stopTraining = true;
  }
}
