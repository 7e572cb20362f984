// Training whose output nobody reads any more goes on.
import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { builtEntry } from '../package/program.ts';

it.each([1, 2])('into a closed pipe, verbose %i', (verbose) => {
  const folder = mkdtempSync(join(tmpdir(), 'pipe-'));
  const program = join(folder, 'train.mjs');
  writeFileSync(
    program,
    `import { layers, ops, Sequential } from ${JSON.stringify(builtEntry())};
const model = new Sequential([layers.Input({ shape: [1] }), new layers.Dense(1)]);
model.compile('sgd', 'mse');
await model.fit(ops.ones([64, 1]), ops.ones([64, 1]), { epochs: 2000, verbose: ${verbose} });
console.error('trained');`,
  );
  const { stdout, stderr } = spawnSync('sh', ['-c', `${JSON.stringify(process.execPath)} ${JSON.stringify(program)} | head -1`], {
    encoding: 'utf8',
  });
  rmSync(folder, { recursive: true });
  expect(stdout).toContain('Epoch 1/2000');
  expect(stderr).toBe('trained\n');
});
