// A model whose training steps are worth several threads.
import { layers, Sequential, setRandomSeed, type Tensor } from '../../src/index.ts';
import { backendInfo } from '../../src/threads/backend.ts';

export interface Large {
  step(): Promise<number>;
  /** The first weights again, and an optimizer that has seen nothing. */
  restart(): void;
  weights(): Tensor[];
  predict(): Tensor;
}

/** Embeddings, an LSTM and dense layers; `words` of the table set its size. */
export function largeModel({ words = 3000, units = 64, lstm = true } = {}): Large {
  const [batch, steps] = [64, 12];
  setRandomSeed(5);
  const model = new Sequential([
    new layers.Embedding(words, 64, { inputLength: steps }),
    lstm ? new layers.LSTM(units, { returnSequences: true }) : new layers.Dense(units, { activation: 'tanh' }),
    new layers.Dense(128, { activation: 'gelu' }),
    new layers.Flatten(),
    new layers.Dense(10, { activation: 'softmax' }),
  ]);
  const x = Array.from({ length: batch }, (_, i) => Array.from({ length: steps }, (_, j) => (i * 37 + j * 101) % words));
  const y = x.map((row) => row[3] % 10);
  const compile = () => model.compile({ optimizer: 'adam', loss: 'sparse_categorical_crossentropy', metrics: ['accuracy'] });
  compile();
  const first = model.getWeights();
  return {
    step: async () => (await model.fit(x, y, { epochs: 1, batchSize: batch, verbose: 0, shuffle: false })).history.loss[0] as number,
    restart() {
      compile();
      model.setWeights(first);
    },
    weights: () => model.getWeights(),
    predict: () => model.predict(x, { batchSize: batch }),
  };
}

/** Waits until `threads` are at work. The reason is in the error when they never are. */
export async function untilThreads(threads: number): Promise<void> {
  for (let i = 0; backendInfo().threads !== threads; i++) {
    if (i > 1000) throw new Error(`expected ${threads} threads: ${JSON.stringify(backendInfo())}`);
    await new Promise((resolve) => setTimeout(resolve, 10));
  }
}
