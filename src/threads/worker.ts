// The code of a worker, which the build also writes to a file. It is text because bundlers lose files that only a worker names,
// and because what a bundler makes of a function (helpers, counters) may not exist in the worker.
import * as word from './control.ts';

/** Loads before a worker falls asleep: some 30 us, more than waking up costs, so that it stays awake from op to op. */
const SPINS = 3000;

/** What a worker is started with. */
export interface WorkerData {
  readonly control: Int32Array;
  readonly memory: WebAssembly.Memory;
  readonly modules: readonly WebAssembly.Module[];
}

const body = `
const work = ({ control, memory, modules }) => {
  const kernels = modules.flatMap((module) => {
    const { exports } = new WebAssembly.Instance(module, { env: { memory } });
    return WebAssembly.Module.exports(module).filter(({ kind }) => kind === 'function').map(({ name }) => exports[name]);
  });
  Atomics.add(control, ${word.READY}, 1);
  for (let idle = 0; ; ) {
    const ticket = Atomics.load(control, ${word.TICKET});
    if ((ticket & ${word.LEFT}) === 0) {
      if (++idle < ${SPINS}) continue;
      Atomics.add(control, ${word.SLEEPERS}, 1);
      Atomics.wait(control, ${word.TICKET}, ticket);
      Atomics.sub(control, ${word.SLEEPERS}, 1);
      idle = 0;
      continue;
    }
    if (Atomics.compareExchange(control, ${word.TICKET}, ticket, ticket - 1) !== ticket) continue;
    idle = 0;
    const chunk = (ticket & ${word.LEFT}) - 1;
    try {
      const numbers = new Float64Array(memory.buffer, (control[${word.NUMBERS}] >>> 0) * 8, control[${word.COUNT}]);
      kernels[control[${word.KERNEL}]](...numbers, chunk, control[${word.THREADS}]);
    } catch (error) {
      Atomics.add(control, ${word.FAILED}, 1);
      Atomics.notify(control, ${word.DONE});
      throw error;
    }
    Atomics.store(control, ${word.FINISHED} + chunk, ticket >>> ${word.NUMBER_BITS});
    Atomics.add(control, ${word.DONE}, 1);
    if (Atomics.load(control, ${word.WAITING})) Atomics.notify(control, ${word.DONE});
  }
};
`;

export const nodeSource = `${body}work(require('worker_threads').workerData);`;
export const pageSource = `${body}onmessage = ({ data }) => work(data);`;
