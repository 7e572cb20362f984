// Ten restaurant reviews go in as words; the model says which new sentence is a complaint.
import { Dense, Embedding, Flatten, oneHot, padSequences, Sequential, setRandomSeed } from 'keratin';

const reviews = [
  'Never coming back!',
  'Horrible service',
  'Rude waitress',
  'Cold food.',
  'Horrible food!',
  'Awesome',
  'Awesome service!',
  'Rocks!',
  'poor work',
  "Couldn't have done better",
];
const complaints = [1, 1, 1, 1, 1, 0, 0, 0, 0, 0];

const vocabularySize = 50;
const maxLength = 4;
const encode = (texts) =>
  padSequences(
    texts.map((text) => oneHot(text, vocabularySize)),
    { maxlen: maxLength, padding: 'post' },
  );

setRandomSeed(42);
const model = new Sequential([
  new Embedding(vocabularySize, 8, { inputLength: maxLength }),
  new Flatten(),
  new Dense(1, { activation: 'sigmoid' }),
]);
model.compile({ optimizer: 'adam', loss: 'binary_crossentropy', metrics: ['acc'] });
model.summary();

const x = encode(reviews);
await model.fit(x, complaints, { epochs: 98, verbose: 0 });
await model.fit(x, complaints, { epochs: 100, initialEpoch: 98 });

const [loss, accuracy] = await model.evaluate(x, complaints, { verbose: 0 });
console.log(`log-loss ${loss.toFixed(4)}, accuracy ${accuracy.toFixed(2)}`);

const sentences = ['Horrible waitress', 'Awesome work', 'Never again, cold food', 'Rocks, awesome food'];
const probabilities = model.predict(encode(sentences));
for (const [i, sentence] of sentences.entries()) {
  const p = probabilities.at(i, 0);
  console.log(`${p > 0.5 ? 'a complaint ' : 'no complaint'} (${(p * 100).toFixed(0)} %): ${sentence}`);
}
