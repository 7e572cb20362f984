import { expect, it } from 'vitest';
import { setThreads } from '../../src/index.ts';
import { finished } from '../../src/threads/pool.ts';
import { digest } from '../helpers/digest.ts';
import { largeModel, untilThreads } from './large-model.ts';

it('threads know the kernels of libraries that were loaded after they started', async () => {
  setThreads(3);
  const first = largeModel({ lstm: false });
  await first.step();
  await untilThreads(3);

  const model = largeModel();
  await model.step();
  await untilThreads(3);
  model.restart();
  const before = finished.chunks;
  for (let i = 0; i < 4; i++) await model.step();
  const result = digest(model.weights());
  for (let i = 0; i < 500 && finished.chunks === before; i++) await model.step();
  expect(finished.chunks).toBeGreaterThan(before);

  setThreads(1);
  model.restart();
  for (let i = 0; i < 4; i++) await model.step();
  expect(digest(model.weights())).toBe(result);
});
