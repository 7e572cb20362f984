// Copies batches of arrays into the memory of a compiled step.

import type { Samples } from '../data/model-source.ts';
import type { WriteInput } from '../runtime/program.ts';
import { checkIds } from '../runtime/validate-ids.ts';
import type { Tensor } from '../tensor/index.ts';
import type { BatchTypes, Step } from './compiled-steps.ts';
import { copyRows } from './inputs.ts';

/** Types of a batch of `size` rows. */
export function batchTypes(samples: Samples, size: number): BatchTypes {
  const type = (tensor: Tensor, dtype: 'float32' | 'int32') => ({ shape: [size, ...tensor.shape.slice(1)], dtype });
  return {
    inputs: samples.inputs.map((tensor, i) => type(tensor, samples.inputDtypes[i])),
    targets: samples.targets.map((tensor, i) => tensor && type(tensor, samples.targetDtypes[i])),
    weights: samples.weights.map((tensor) => tensor && type(tensor, 'float32')),
  };
}

const parts = ({ inputs, targets, weights }: Samples): Tensor[] => [
  ...inputs,
  ...[...targets, ...weights].filter((tensor) => tensor !== undefined),
];

/** Checks the ids of every sample, so that a bad one is found before anything changes. */
export function checkSamples(step: Step, samples: Samples): void {
  if (step.idChecks.length === 0) return;
  for (const [i, tensor] of parts(samples).entries()) checkIds(step.idChecks, step.values[i], tensor.data, tensor.shape);
}

/** Runs a step on the rows `first` to `first + size` of the order. */
export function runBatch({ program }: Step, samples: Samples, order: Int32Array | undefined, first: number, size: number): void {
  program.run(batchWriter(samples, order, first, size));
}

/** Copies the rows `first` to `first + size` of the order into a step's inputs. */
export function batchWriter(samples: Samples, order: Int32Array | undefined, first: number, size: number): WriteInput {
  const tensors = parts(samples);
  return (memory, i) => copyRows(memory, tensors[i], order, first, size);
}
