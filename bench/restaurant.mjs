// The model of examples/restaurant.mjs: its training step as the three kernel sets run it, and the whole of fit and predict
// as a program calls them.
import { layers, oneHot, padSequences, Sequential, setRandomSeed } from '../build/modules/index.js';
import { batchTypes, copyBatch } from '../build/modules/models/batches.js';
import { median } from './measure.mjs';

/** @import { Work } from './works.mjs' */

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
const encoded = padSequences(
  reviews.map((review) => oneHot(review, 50)),
  { maxlen: 4, padding: 'post' },
);

function restaurant() {
  setRandomSeed(42);
  const model = new Sequential([
    new layers.Embedding(50, 8, { inputLength: 4 }),
    new layers.Flatten(),
    new layers.Dense(1, { activation: 'sigmoid' }),
  ]);
  model.compile({ optimizer: 'adam', loss: 'binary_crossentropy', metrics: ['acc'] });
  return model;
}

/**
 * One training step: the batch and the optimizer's settings are copied in, then the plan is run.
 *
 * @returns {Work & { model: Sequential }}
 */
export function trainingStep() {
  const model = restaurant();
  const samples = model.samples('fit', encoded, complaints, undefined, undefined);
  const { program } = model.steps.train(batchTypes(samples, samples.count), model.compiled('fit'));
  return {
    group: 'step',
    name: 'restaurant model, batch of 10',
    flops: program.plan.instructions.reduce((sum, { flops }) => sum + flops, 0),
    calls: program.calls(),
    before() {
      copyBatch(program, samples, undefined, 0, samples.count);
      program.feed();
    },
    results: program.variables.map(({ address, size }) => ({ address, length: size })),
    release() {},
    // Held so that its memory is not given back while the calls point into it.
    model,
  };
}

/** Milliseconds of each of `runs` calls, after some to warm up. */
async function timeEach(/** @type {() => unknown} */ call, /** @type {number} */ runs) {
  const times = [];
  for (let i = -Math.ceil(runs / 2); i < runs; i++) {
    const started = performance.now();
    await call();
    if (i >= 0) times.push(performance.now() - started);
  }
  return { milliseconds: median(times), best: Math.min(...times), runs };
}

/** What a user waits for, through the public interface. */
export async function wholeCalls(/** @type {number} */ runs) {
  const model = restaurant();
  const fit = await timeEach(() => model.fit(encoded, complaints, { epochs: 100, verbose: 0 }), runs);
  const row = [encoded.array()[0]];
  const predict = await timeEach(() => model.predict(row), runs * 50);
  return { fit, predict };
}
