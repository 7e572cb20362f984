// Single kernels shared by two threads, as the plan of a model shares its instructions.
import { Program } from '../build/modules/runtime/program.js';
import { restore, save } from './compare.mjs';
import { canThread, oneThread, severalThreads } from './threads.mjs';
import { accumulate, adam, gather, matmul, unary } from './works.mjs';

/** @import { Plan } from '../build/modules/plan/plan.js' */
/** @import { Work } from './works.mjs' */
/** @import { Contest } from './works-models.mjs' */

/**
 * The kernels that are worth two threads, each made when its turn comes; in a quick run nothing is.
 *
 * @param {boolean} small
 * @returns {{ group: string, make: () => Contest }[]}
 */
export function threadedWorks(small) {
  if (!canThread || small) return [];
  const made = [
    () => matmul(512, 512, 512),
    () => matmul(1024, 1024, 1024),
    () => gather(65_536, 100_000, 64),
    () => accumulate(65_536, 100_000, 64),
    () => adam(10_000_000),
    ...['exp', 'tanh', 'sigmoid'].map((kernel) => () => unary(kernel, 1_000_000)),
  ];
  return made.map((make) => ({ group: 'threads', make: () => contest(make()) }));
}

/**
 * A plan of a work's calls. Its costs, which decide on threads, are those that the planner would see.
 *
 * @param {Work} work
 * @returns {Plan}
 */
function planOf({ calls, flops = 0, bytes = 0, results }) {
  const writes = results.map(({ address, length }) => ({ address, shape: [length], dtype: /** @type {const} */ ('float32') }));
  const instructions = calls.map(([kernel, ...numbers], i) => {
    const last = i === calls.length - 1;
    const names = { kernel: /** @type {any} */ (kernel), op: kernel, owner: 'bench' };
    return { ...names, numbers, flops: last ? flops : 0, bytes: last ? bytes : 0, inPlace: false, writes: last ? writes : [] };
  });
  return { instructions, inputs: [], outputs: [], feeds: [], arenaBytes: 0, bytesWithoutReuse: 0, guards: [] };
}

/**
 * @param {Work} work
 * @returns {Contest}
 */
function contest(work) {
  const { group, name, flops, bytes, results, release } = work;
  const program = new Program(planOf(work), [], []);
  const run = () => program.run();
  const start = save(results);
  const side = (/** @type {() => unknown} */ threads) => {
    const prepare = async () => {
      const ready = await threads();
      restore(results, start);
      // The data were moved last, and are now where a model would have them.
      run();
      return ready;
    };
    const outcome = async () => {
      await threads();
      restore(results, start);
      run();
      return save(results);
    };
    return { run, prepare, outcome };
  };
  return {
    group: 'threads',
    name: `${group} ${name}`,
    ...(flops === undefined ? { bytes } : { flops }),
    tolerance: 0,
    sides: { keratin: side(oneThread), threads2: side(() => severalThreads(2, run)) },
    release,
  };
}
