// Batches of changing length: plans are kept and used again, and memory stays where it is.
import { describe, expect, it } from 'vitest';
import { callbacks, Dataset, layers, Sequential, setRandomSeed } from '../../src/index.ts';
import { bytesInUse, memory } from '../../src/kernels/memory.ts';

function small() {
  setRandomSeed(3);
  const model = new Sequential([new layers.Embedding(20, 4, { maskZero: true }), new layers.LSTM(5), new layers.Dense(1)]);
  model.compile({ optimizer: 'adam', loss: 'mse' });
  return model;
}

/** One batch of two samples of each length. */
const ofLengths = (longest: number) =>
  Dataset.from(
    Array.from({ length: 2 * longest }, (_, i) => [Array.from({ length: (i >> 1) + 1 }, (_, j) => 1 + ((i + j) % 19)), i % 2] as const),
  ).paddedBatch(2);

/** What is in use after each epoch. */
async function bytesByEpoch(longest: number, epochs: number): Promise<{ used: number[]; held: number[] }> {
  const used: number[] = [];
  const held: number[] = [];
  const count = new callbacks.LambdaCallback({
    onEpochEnd: () => {
      used.push(bytesInUse());
      held.push(memory.buffer.byteLength);
    },
  });
  await small().fit(ofLengths(longest), { epochs, verbose: 0, callbacks: [count] });
  return { used, held };
}

describe('batches of changing length', () => {
  it('make a plan for each length, once', async () => {
    const { used } = await bytesByEpoch(40, 5);
    expect(new Set(used).size).toBe(1);
  });

  it('take no more memory when there are more lengths than plans are kept', async () => {
    const { held } = await bytesByEpoch(100, 12);
    expect(held.at(-1)).toBe(held[1]);
  });

  it('learn as batches of one length would', async () => {
    const model = small();
    const history = await model.fit(ofLengths(12), { epochs: 60, verbose: 0 });
    expect(history.history.loss.at(-1)).toBeLessThan(history.history.loss[0]);
  });
});
