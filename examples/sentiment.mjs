// Sentences with their sentiment, from a file of lines `sentence<TAB>0 or 1`, such as the "Sentiment Labelled Sentences" of
// Kotzias et al. (UCI Machine Learning Repository): node examples/sentiment.mjs yelp_labelled.txt
//
// Four fifths of the lines train a bag of word vectors, the rest tell what it is worth.
import { readFileSync } from 'node:fs';
import { Dense, Dropout, Embedding, GlobalAveragePooling1D, padSequences, Sequential, setRandomSeed, Tokenizer } from 'keratin';
import * as optimizers from 'keratin/optimizers';

const [path, seed = '1'] = process.argv.slice(2);
if (!path) {
  console.error('usage: node examples/sentiment.mjs <file of sentence<TAB>label> [seed of the split]');
  process.exit(2);
}

const lines = readFileSync(path, 'utf8')
  .split('\n')
  .filter((line) => /\t[01]\s*$/.test(line))
  .map((line) => ({ text: line.slice(0, line.lastIndexOf('\t')), label: Number(line.slice(line.lastIndexOf('\t') + 1)) }));

// A shuffle of our own, the same on every machine.
let state = Number(seed);
const random = (below) => {
  state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
  return Math.floor((state / 2 ** 32) * below);
};
for (let i = lines.length - 1; i > 0; i--) {
  const j = random(i + 1);
  [lines[i], lines[j]] = [lines[j], lines[i]];
}
const cut = Math.floor(lines.length * 0.8);
const [train, test] = [lines.slice(0, cut), lines.slice(cut)];

// Words and pairs of neighbours: "not good" is another thing than "good".
const withPairs = (text) => {
  const words = text.toLowerCase().match(/[a-z0-9]+(?:'[a-z]+)?|[!?]/g) ?? [];
  return [...words, ...words.slice(1).map((word, i) => `${words[i]}_${word}`)];
};
const tokenizer = new Tokenizer({ filters: '', oovToken: '<unknown>' });
tokenizer.fitOnTexts(train.map(({ text }) => withPairs(text)));
const length = 60;
const encode = (samples) => padSequences(tokenizer.textsToSequences(samples.map(({ text }) => withPairs(text))), { maxlen: length });
const labels = (samples) => samples.map(({ label }) => label);

setRandomSeed(42);
const model = new Sequential([
  new Embedding(Object.keys(tokenizer.wordIndex).length + 1, 16, { maskZero: true }),
  new GlobalAveragePooling1D(),
  new Dropout(0.5),
  new Dense(1, { activation: 'sigmoid' }),
]);
model.compile({ optimizer: new optimizers.Adam({ learningRate: 0.01 }), loss: 'binary_crossentropy', metrics: ['accuracy'] });
const history = await model.fit(encode(train), labels(train), { epochs: 10, batchSize: 32, verbose: 0 });
console.log(`loss ${history.sparkline('loss')}`);

const [, accuracy] = await model.evaluate(encode(test), labels(test), { verbose: 0 });
console.log(`accuracy on ${test.length} sentences that it has not seen: ${accuracy.toFixed(3)}`);
