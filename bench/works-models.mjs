// What a program that uses the package waits for: training steps, fit and predict of whole models, each side through its public
// interface.
import { keratinData, keratinModel, weightsOf } from './models/keratin.mjs';
import { plainModel } from './models/plain.mjs';
import { dataOf, lstmFlops, stepBytes } from './models/specs.mjs';
import { tfjsData, tfjsModel, tfjsWeights } from './peers/models.mjs';
import { BACKENDS } from './peers/tfjs.mjs';
import { restaurantData, restaurantSpec } from './restaurant.mjs';
import { canThread, oneThread, severalThreads } from './threads.mjs';

/** @import { Spec } from './models/specs.mjs' */

/**
 * A side of a contest. `run` is timed; `outcome` gives what is compared, of one run from the common start; `prepare` is called
 * before a turn and says `false` when the side cannot take part after all.
 *
 * @typedef {{ run(): unknown, outcome(): Promise<Float32Array[]>, prepare?(): unknown, release?(): void }} Side
 */
/**
 * @typedef {{
 *   group: string, name: string, flops?: number, bytes?: number, tolerance: number, sides: Record<string, Side>,
 *   release(): void,
 * }} Contest
 */
/** What is done with a model. @typedef {'step' | 'predict' | 'epochs'} Task */

/**
 * Of what is compared: a step's weights, predictions, and after many epochs predictions again, since TensorFlow.js's epsilon means
 * something else from the second step on, which moves weights of next to no gradient differently. Sums are in another order, and
 * Adam divides a gradient by its own size, errors included.
 */
const TOLERANCE = { step: 1e-4, predict: 2e-5, epochs: 1e-3 };

/**
 * @param {{ group: string, name: string, spec: Spec, task: Task, data?: ReturnType<typeof dataOf>, rate?: 'flops' | 'bytes' }} work
 * @param {import('./peers/tfjs.mjs').Tfjs} [tfjs]
 * @returns {Contest}
 */
function contest({ group, name, spec, task, data = dataOf(spec), rate }, tfjs) {
  const model = keratinModel(spec);
  const weights = weightsOf(model);
  const reset = weights.reduce((sum, { length }) => sum + length, 0) <= MOST_TO_RESET;
  const batch = { ...spec, batch: data.y.length };
  /** @type {Record<string, Side>} */
  const sides = { keratin: keratinSide(model, spec, task, data, 1, reset) };
  if (canThread) sides.threads2 = keratinSide(keratinModel(spec), spec, task, data, 2, reset);
  sides.plain = plainSide(batch, task, data, weights, reset);
  // TensorFlow.js has no optimizer that leaves rows alone.
  if (tfjs && !spec.lazy) for (const side of Object.keys(BACKENDS)) sides[side] = tfjsSide(tfjs, side, spec, task, data, weights, reset);
  return {
    group,
    name,
    ...(rate === 'flops' && { flops: lstmFlops(batch, task === 'step') }),
    ...(rate === 'bytes' && { bytes: stepBytes(spec, data.x) }),
    tolerance: TOLERANCE[task],
    sides,
    release: () => {
      for (const side of Object.values(sides)) side.release?.();
    },
  };
}

const EPOCHS = 100;
/**
 * Models of at most so many weights get their first ones back before each turn: after thousands of steps on the same batch its
 * gradients are denormals, whose arithmetic is another matter. The larger ones do not get that far.
 */
const MOST_TO_RESET = 1e6;

/** @returns {Side} */
function keratinSide(model, spec, task, data, threads, reset) {
  const start = reset ? model.getWeights() : undefined;
  const { x, y } = keratinData(spec, data);
  const run = {
    step: () => model.trainOnBatch(x, y),
    predict: () => model.predict(x, { batchSize: data.y.length }),
    epochs: () => model.fit(x, y, { epochs: EPOCHS, verbose: 0 }),
  }[task];
  return {
    run,
    prepare: async () => {
      if (threads === 1) oneThread();
      const ready = threads === 1 || (await severalThreads(threads, run));
      if (start) model.setWeights(start);
      return ready;
    },
    outcome: async () => {
      await run();
      return task === 'step' ? weightsOf(model) : [model.predict(x).data];
    },
  };
}

/** @returns {Side} */
function plainSide(spec, task, { x, y }, weights, reset) {
  const model = plainModel(spec, weights);
  const run = {
    step: () => model.step(x, y),
    predict: () => model.predict(x),
    epochs: () => {
      for (let epoch = 0; epoch < EPOCHS; epoch++) model.step(x, y);
    },
  }[task];
  return {
    run,
    prepare() {
      if (reset) for (const [i, weight] of model.weights.entries()) weight.set(weights[i]);
    },
    outcome: async () => {
      run();
      return task === 'step' ? model.weights : [model.predict(x)];
    },
  };
}

/** @returns {Side} */
function tfjsSide(tfjs, side, spec, task, data, weights, reset) {
  tfjs.use(side);
  const { model, setWeights, release } = tfjsModel(tfjs, spec, weights);
  const { x, y } = tfjsData(tfjs, spec, data);
  const predict = () => {
    const output = model.predict(x, { batchSize: data.y.length });
    const values = output.dataSync();
    output.dispose();
    return values;
  };
  const run = {
    step: () => model.trainOnBatch(x, y),
    predict,
    // It yields to the page once every epoch unless it is told not to.
    epochs: () => model.fit(x, y, { epochs: EPOCHS, verbose: 0, yieldEvery: 'never' }),
  }[task];
  return {
    run,
    prepare() {
      tfjs.use(side);
      if (reset) setWeights();
    },
    outcome: async () => {
      await run();
      return task === 'step' ? tfjsWeights(model) : [predict()];
    },
    release() {
      tfjs.use(side);
      release();
      x.dispose();
      y.dispose();
    },
  };
}

/**
 * Each contest by its group, made when its turn comes.
 *
 * @param {boolean} small
 * @param {import('./peers/tfjs.mjs').Tfjs | undefined} tfjs
 * @returns {{ group: string, make: () => Contest }[]}
 */
export function contests(small, tfjs) {
  const cut = (spec) => (small ? { ...spec, vocabulary: 50, batch: 4, length: 6, ...(spec.units && { units: 5 }) } : spec);
  const text = cut({ vocabulary: 8185, dim: 16, hidden: 16, batch: 32, length: 256, core: 'mean' });
  const lstm = cut({ vocabulary: 5000, dim: 32, units: 100, batch: 64, length: 500, core: 'lstm' });
  const large = cut({ vocabulary: 200_000, dim: 64, batch: 64, length: 64, core: 'mean' });
  const million = { ...large, vocabulary: small ? 100 : 1_000_000, lazy: true };
  const shape = ({ batch, length }) => `batch ${batch} x ${length}`;
  const words = ({ vocabulary }) => `${vocabulary} words`;
  const lazy = { ...large, lazy: true };
  const restaurant = { group: 'fit', spec: restaurantSpec };
  const one = { x: restaurantData.x.slice(0, restaurantSpec.length), y: restaurantData.y.slice(0, 1) };
  const works = [
    { ...restaurant, name: `restaurant model, ${EPOCHS} epochs`, task: 'epochs', data: restaurantData },
    { ...restaurant, name: 'restaurant model, predict of one row', task: 'predict', data: one },
    { group: 'text', name: `${words(text)}, Dense ${text.hidden}, step, ${shape(text)}`, spec: text, task: 'step', rate: 'bytes' },
    { group: 'lstm', name: `LSTM ${lstm.units}, step, ${shape(lstm)}`, spec: lstm, task: 'step', rate: 'flops' },
    { group: 'lstm', name: `LSTM ${lstm.units}, predict, ${shape(lstm)}`, spec: lstm, task: 'predict', rate: 'flops' },
    { group: 'vocabulary', name: `${words(large)}, Adam, step, ${shape(large)}`, spec: large, task: 'step', rate: 'bytes' },
    { group: 'vocabulary', name: `${words(lazy)}, LazyAdam, step, ${shape(lazy)}`, spec: lazy, task: 'step', rate: 'bytes' },
    { group: 'vocabulary', name: `${words(million)}, LazyAdam, step, ${shape(million)}`, spec: million, task: 'step', rate: 'bytes' },
  ];
  return works.map((work) => ({ group: work.group, make: () => contest(work, tfjs) }));
}
