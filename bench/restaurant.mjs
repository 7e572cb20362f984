// The model of examples/restaurant.mjs: its data, and its training step as the three kernel sets run it.
import { oneHot, padSequences } from '../build/modules/index.js';
import { batchTypes, batchWriter } from '../build/modules/models/batches.js';
import { keratinModel } from './models/keratin.mjs';

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

/** The model as the text models of models/specs.mjs are written down. */
export const restaurantSpec = { vocabulary: 50, dim: 8, batch: 10, length: 4, core: 'flatten', sigmoid: true };
export const restaurantData = { x: Int32Array.from(encoded.data), y: Float32Array.from(complaints) };

/**
 * One training step: the batch and the optimizer's settings are copied in, then the plan is run.
 *
 * @returns {Work & { model: Sequential }}
 */
export function trainingStep() {
  const model = keratinModel(restaurantSpec);
  const samples = model.samples('fit', encoded, complaints, undefined, undefined);
  const { program } = model.steps.train(batchTypes(samples, samples.count), model.compiled('fit'));
  return {
    group: 'step',
    name: 'restaurant model, batch of 10',
    flops: program.plan.instructions.reduce((sum, { flops }) => sum + flops, 0),
    calls: program.calls(),
    before() {
      program.load(batchWriter(samples, undefined, 0, samples.count));
    },
    results: program.variables.map(({ address, size }) => ({ address, length: size })),
    release() {},
    // Held so that its memory is not given back while the calls point into it.
    model,
  };
}
