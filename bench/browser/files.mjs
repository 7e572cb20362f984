// The files of the page: the bench as one script, the kernels it measures with, and TensorFlow.js's when that is installed.
import { existsSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';
import { compile } from '../compile.mjs';

const root = fileURLToPath(new URL('../..', import.meta.url));
const threads = 'build/modules/parts/threads.js';
const tfjsFolder = `${root}node_modules/@tensorflow/tfjs-backend-wasm/dist/`;

/**
 * Each file of the page by its path. `build/modules` must be there, which `npm run build` makes.
 *
 * @returns {Promise<Record<string, string | Uint8Array>>}
 */
export async function pageFiles() {
  const here = `${root}bench/browser/`;
  const withTfjs = existsSync(tfjsFolder);
  const { outputFiles } = await build({
    // What lets a page have threads is a part of its own, where the package has them.
    stdin: {
      contents: [...(existsSync(root + threads) ? [threads] : []), 'bench/browser/main.mjs'].map((path) => `import './${path}';`).join(''),
      resolveDir: root,
    },
    // The package's sideEffects speak of what is published and not of these files.
    ignoreAnnotations: true,
    bundle: true,
    format: 'esm',
    target: 'es2022',
    write: false,
    logLevel: 'error',
    logOverride: { 'import-is-undefined': 'silent' },
    plugins: withTfjs ? [] : [withoutTfjs],
  });
  const wasm = withTfjs ? ['tfjs-backend-wasm.wasm', 'tfjs-backend-wasm-simd.wasm'] : [];
  return {
    'index.html': readFileSync(`${here}index.html`, 'utf8'),
    'style.css': readFileSync(`${here}style.css`, 'utf8'),
    'bench.js': outputFiles[0].text,
    'scalar.wasm': await compile('scalar'),
    'peaks.wasm': await compile('peaks'),
    ...Object.fromEntries(wasm.map((name) => [name, readFileSync(tfjsFolder + name)])),
  };
}

/** Imports of TensorFlow.js fail in the page as they do in Node where it is not installed. */
const withoutTfjs = {
  name: 'without-tfjs',
  setup(/** @type {import('esbuild').PluginBuild} */ { onResolve, onLoad }) {
    onResolve({ filter: /^@tensorflow\// }, ({ path }) => ({ path, namespace: 'missing' }));
    onLoad({ filter: /.*/, namespace: 'missing' }, () => ({
      contents: "throw Object.assign(new Error('not installed'), { code: 'ERR_MODULE_NOT_FOUND' });",
    }));
  },
};
