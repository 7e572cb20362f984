// Builds the package: assembly/ -> wasm -> a TypeScript module with the same bytes, then src/ -> build/modules/ -> dist/.
// `node scripts/build.mjs kernels` stops before dist/, and `node scripts/build.mjs kernels pooling` compiles only what the tests
// of assembly/pooling.ts need.
import { spawnSync } from 'node:child_process';
import { copyFileSync, rmSync } from 'node:fs';
import { bundle } from './bundle.mjs';
import { buildKernels, kernelModules } from './kernels.mjs';

/**
 * @param {string} command
 * @param {string[]} args
 */
function run(command, args) {
  const { status } = spawnSync(command, args, { stdio: 'inherit', shell: process.platform === 'win32' });
  if (status !== 0) process.exit(status ?? 1);
}

const [what, ...files] = process.argv.slice(2);
try {
  await buildKernels(files);
} catch (error) {
  console.error(/** @type {Error} */ (error).message);
  process.exit(1);
}
if (what !== 'kernels') {
  for (const folder of ['dist', 'build/modules']) rmSync(folder, { recursive: true, force: true });
  run('npx', ['tsc', '-p', 'tsconfig.build.json']);
  await bundle();
  for (const name of kernelModules) copyFileSync(`build/${name}.wasm`, `dist/${name}.wasm`);
}
