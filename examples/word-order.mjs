// An LSTM over words of which only the order matters: was it good before it was bad, or the other way round? A bag of words could
// not tell. Padding is masked, so that sentences of any length end at their last word.
import { Dense, Embedding, LSTM, padSequences, Sequential, setRandomSeed, Tokenizer } from 'keratin';

const fillers = 'the food and service that we had on our visit last week with all of my friends'.split(' ');
let state = 7;
const random = (below) => {
  state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
  return Math.floor((state / 2 ** 32) * below);
};

/** A sentence and whether it ends well. */
function sentence() {
  const words = Array.from({ length: 4 + random(8) }, () => fillers[random(fillers.length)]);
  const at = random(words.length - 1);
  const improves = random(2) === 1;
  words.splice(at, 0, improves ? 'bad' : 'good');
  words.splice(at + 2 + random(words.length - at - 1), 0, improves ? 'good' : 'bad');
  return { text: words.join(' '), label: Number(improves) };
}

const samples = Array.from({ length: 600 }, sentence);
const [train, test] = [samples.slice(0, 500), samples.slice(500)];

const tokenizer = new Tokenizer();
tokenizer.fitOnTexts(train.map(({ text }) => text));
const encode = (texts) => padSequences(tokenizer.textsToSequences(texts), { maxlen: 14 });
const texts = (list) => list.map(({ text }) => text);
const labels = (list) => list.map(({ label }) => label);

setRandomSeed(42);
const model = new Sequential([
  new Embedding(Object.keys(tokenizer.wordIndex).length + 1, 8, { maskZero: true, inputLength: 14 }),
  new LSTM(16),
  new Dense(1, { activation: 'sigmoid' }),
]);
model.compile({ optimizer: 'adam', loss: 'binary_crossentropy', metrics: ['accuracy'] });
model.summary();

const history = await model.fit(encode(texts(train)), labels(train), { epochs: 40, verbose: 0 });
console.log(`loss ${history.sparkline('loss')} ${history.history.loss.at(-1)?.toFixed(4)}`);
const [, accuracy] = await model.evaluate(encode(texts(test)), labels(test), { verbose: 0 });
console.log(`accuracy on ${test.length} sentences that it has not seen: ${accuracy.toFixed(2)}`);

const questions = ['the food was bad and the service good', 'good food with bad service'];
const answers = model.predict(encode(questions));
for (const [i, question] of questions.entries()) {
  console.log(`${answers.at(i, 0) > 0.5 ? 'ends well ' : 'ends badly'} (${(answers.at(i, 0) * 100).toFixed(0)} %): ${question}`);
}
