// Without setThreads: how many threads there are, and when they start.
import { expect, it, vi } from 'vitest';
import { backendInfo, ops, tensor } from '../../src/index.ts';
import { hooks } from '../../src/threads/thread-manager.ts';
import { digest } from '../helpers/digest.ts';
import { largeModel, untilThreads } from './large-model.ts';

it('they start by themselves, one per core and at most 4, once there was work for them', async () => {
  const cores = vi.spyOn(hooks, 'cores').mockReturnValue(1);
  const spawn = vi.spyOn(hooks, 'spawn');
  const model = largeModel();
  let steps = 0;
  for (; steps < 10; steps++) await model.step();
  expect(backendInfo()).toMatchObject({ threads: 1, shared: false, reason: 'this host has one core' });
  const weights = digest(model.weights());
  model.restart();

  cores.mockReturnValue(16);
  const row = tensor(new Float32Array(128 * 128), [128, 128]);
  ops.matmul(row, row);
  expect(spawn).not.toHaveBeenCalled();
  expect(backendInfo()).toMatchObject({ threads: 1, shared: false, reason: 'no plan was large enough yet' });

  for (steps = 0; steps < 10; steps++) await model.step();
  expect(spawn).toHaveBeenCalledTimes(3);
  await untilThreads(4);
  expect(backendInfo()).toMatchObject({ shared: true, reason: 'one per core, at most 4' });
  expect(digest(model.weights())).toBe(weights);
  model.restart();
  for (steps = 0; steps < 10; steps++) await model.step();
  expect(digest(model.weights())).toBe(weights);
});
