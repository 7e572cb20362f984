import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { expect, it } from 'vitest';
import { Trace, tracing } from '../../src/graph/trace.ts';
import { Variable } from '../../src/graph/variable.ts';
import { bytesInUse } from '../../src/kernels/memory.ts';
import { exp } from '../../src/primitives/unary.ts';
import { compileTrace } from '../../src/runtime/compile.ts';

setFlagsFromString('--expose-gc');
const gc = runInNewContext('gc') as () => void;

async function collect(isDone: () => boolean, times = 50): Promise<void> {
  for (let i = 0; i < times && !isDone(); i++) {
    gc();
    await new Promise((resolve) => setTimeout(resolve, 2));
  }
}

const BYTES = 1 << 20;
const makeVariables = (): void => {
  for (let i = 0; i < 8; i++) new Variable('gone', [BYTES / 4]);
};
const makeProgram = () => {
  const kept = new Variable('kept', [BYTES / 4], new Float32Array(BYTES / 4).fill(1));
  const trace = new Trace();
  return compileTrace(
    trace,
    tracing(trace, () => [exp(trace.read(kept))]),
  );
};

it('memory of variables that are gone is given back', async () => {
  const before = bytesInUse();
  makeVariables();
  expect(bytesInUse()).toBe(before + 8 * BYTES);
  await collect(() => bytesInUse() === before);
  expect(bytesInUse()).toBe(before);
});

it('a program keeps the variables that it reads', async () => {
  const before = bytesInUse();
  const program = makeProgram();
  // Once these are collected, what was collectable before them is too.
  makeVariables();
  await collect(() => bytesInUse() <= before + BYTES);
  await collect(() => bytesInUse() === before, 3);
  expect(bytesInUse()).toBe(before + BYTES);
  program.run();
  expect(program.output(0)[BYTES / 4 - 1]).toBeCloseTo(Math.E, 6);
});
