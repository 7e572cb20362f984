// Word embeddings: subwords, a dataset of padded batches, an average of vectors, and files for TensorBoard and its projector.
// node examples/word-embeddings.mjs [folder for the logs]
import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Dataset, Dense, Embedding, GlobalAveragePooling1D, Sequential, SubwordTextEncoder, setRandomSeed, tensor } from 'keratin';
import * as callbacks from 'keratin/callbacks';
import * as losses from 'keratin/losses';

// A lookup, at once: each id becomes a row of five numbers.
console.log(new Embedding(1000, 5).apply(tensor([1, 2, 3])).shape);

const good = ['a wonderful film', 'loved the acting', 'great fun and warm', 'one of the best this year', 'I was delighted'];
const bad = ['a dreadful film', 'hated the acting', 'no fun and cold', 'one of the worst this year', 'I was disappointed'];
const parts = (list, i) => `${list[i % 5]}, ${list[(i * 3 + 1) % 5]}, ${list[(i * 7 + 2) % 5]}`;
const reviews = Array.from({ length: 100 }, (_, i) => ({ text: parts(i % 2 ? good : bad, i), label: i % 2 }));

const encoder = SubwordTextEncoder.buildFromCorpus(
  reviews.map(({ text }) => text),
  { targetVocabSize: 400 },
);
console.log(
  `${encoder.vocabSize} subwords; 'delightful' is ${encoder.encode('delightful').map((id) => JSON.stringify(encoder.decode([id])))}`,
);

const encoded = reviews.map(({ text, label }) => [encoder.encode(text), label]);
const train = Dataset.from(encoded.slice(0, 80)).shuffle(80, { seed: 1 }).paddedBatch(10);
const test = Dataset.from(encoded.slice(80)).paddedBatch(10);

setRandomSeed(42);
const model = new Sequential([
  new Embedding(encoder.vocabSize, 16),
  new GlobalAveragePooling1D(),
  new Dense(16, { activation: 'relu' }),
  new Dense(1),
]);
model.compile({ optimizer: 'adam', loss: new losses.BinaryCrossentropy({ fromLogits: true }), metrics: ['accuracy'] });

const logDir = process.argv[2] ?? mkdtempSync(join(tmpdir(), 'word-embeddings-'));
const subwords = Array.from({ length: encoder.vocabSize }, (_, id) => (id === 0 ? '<padding>' : JSON.stringify(encoder.decode([id]))));
const history = await model.fit(train, {
  epochs: 40,
  validationData: test,
  verbose: 0,
  callbacks: [new callbacks.TensorBoard({ logDir, embeddingsFreq: 10, embeddingsMetadata: subwords })],
});
console.log(`validation loss ${history.sparkline('val_loss')}, accuracy ${history.history.val_accuracy.at(-1)?.toFixed(2)}`);
console.log(`tensorboard --logdir ${logDir}`);
