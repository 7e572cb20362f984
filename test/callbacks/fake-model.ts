// A stand-in for the model in training, whose one weight is the number of the epoch.
import type { Callback, Logs } from '../../src/callbacks/callback.ts';
import { CallbackList } from '../../src/callbacks/callback.ts';
import { SGD } from '../../src/optimizers/index.ts';
import { type Tensor, tensor } from '../../src/tensor/index.ts';

export interface FakeModel {
  stopTraining: boolean;
  weight: number;
  readonly optimizer: SGD;
}

export interface Run {
  readonly model: FakeModel;
  /** Epochs that ran. */
  readonly epochs: number;
  /** Logs of each epoch, with what callbacks added. */
  readonly logs: readonly Logs[];
}

/** Plays training in which the epochs end with the given logs. */
export async function play(callback: Callback | readonly Callback[], epochs: readonly Logs[], learningRate = 0.1): Promise<Run> {
  const callbacks = Array.isArray(callback) ? (callback as readonly Callback[]) : [callback as Callback];
  const model = {
    stopTraining: false,
    weight: 0,
    name: 'fake',
    outputNames: ['out'],
    optimizer: new SGD({ learningRate }),
    getWeights: (): Tensor[] => [tensor([model.weight])],
    setWeights: ([weight]: readonly Tensor[]) => {
      model.weight = weight.data[0];
    },
  };
  const list = new CallbackList(callbacks, model as never, { verbose: 0, epochs: epochs.length, steps: 1 });
  await list.call('onTrainBegin', {});
  const logs: Logs[] = [];
  for (const [epoch, ended] of epochs.entries()) {
    if (model.stopTraining) break;
    await list.call('onEpochBegin', epoch, {});
    model.weight = epoch + 1;
    const copy = { ...ended };
    await list.call('onTrainBatchEnd', 0, copy);
    await list.call('onEpochEnd', epoch, copy);
    logs.push(copy);
  }
  await list.call('onTrainEnd', logs.at(-1) ?? {});
  return { model, epochs: logs.length, logs };
}

/** Epochs whose `name` takes the given values. */
export const curve = (values: readonly number[], name = 'val_loss'): Logs[] => values.map((value) => ({ loss: 1, [name]: value }));
