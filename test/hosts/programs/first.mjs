import { Dense, Embedding, Flatten, oneHot, padSequences, Sequential } from 'keratin';

const reviews = ['Never coming back!', 'Horrible service', 'Awesome service!', 'Rocks!'];
const x = padSequences(
  reviews.map((text) => oneHot(text, 50)),
  { maxlen: 4, padding: 'post' },
);

const model = new Sequential([new Embedding(50, 8, { inputLength: 4 }), new Flatten(), new Dense(1, { activation: 'sigmoid' })]);
model.compile({ optimizer: 'adam', loss: 'binary_crossentropy', metrics: ['acc'] });
await model.fit(x, [1, 1, 0, 0], { epochs: 100 });
console.log(String(model.predict(x)));
