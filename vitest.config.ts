// Every test runs in Node. What depends on the engine runs in Chromium, Firefox and WebKit too: the list below, by kind. A browser
// that is not there has no project here. `npx vitest run --project node <filter>` is the quickest way to one file.
import { playwright } from '@vitest/browser-playwright';
import { defineConfig } from 'vitest/config';
import { chromiumArgs, type Engine, findBrowser } from './scripts/browsers.mjs';
import { driven } from './test/browsers/provider.ts';

const everything = ['test/**/*.test.ts'];
/** Tests that need what only Node has: processes, files, other packages. */
const nodeOnly = '**/*.node.test.ts';

/**
 * What an engine can do its own way. Whatever is left out is plain JavaScript that all engines run alike: configs, texts, options,
 * messages, damaged files by the thousand; and the built package in pages is what test/package looks at, from Node.
 */
const inEveryEngine = [
  // WebAssembly: the kernels alone, and through the primitives that call them.
  'test/kernels/*.test.ts',
  'test/primitives/*.test.ts',
  // Bits that Keras has recorded or Node has found: layers, models, trained weights, random numbers.
  'test/layers/{digest,golden}.test.ts',
  'test/models/{digest,seeded-fit}.test.ts',
  'test/saving/keras/golden-models.test.ts',
  // Turns of the event loop.
  'test/models/fit.test.ts',
  // Files and streams: fetch, Blob, ReadableStream, DecompressionStream, TextDecoder.
  'test/data/{readers,sources}.test.ts',
  'test/files/{crc,hdf5,read-zip}.test.ts',
  'test/saving/arrays/npz.test.ts',
  'test/saving/keras/archives.test.ts',
  'test/saving/vectors/word-vectors.test.ts',
];

/** What an engine can do its own way too, with a copy of the package for each file: threads, memory, random numbers. */
const inEveryEngineAlone = ['test/{random,runtime,threads}/*.test.ts'];

const executablePath = findBrowser('chromium');
const providers = {
  chromium: () => playwright({ launchOptions: { executablePath, args: chromiumArgs } }),
  firefox: () => driven('firefox'),
  webkit: () => driven('webkit'),
};

function projectsIn(browser: Engine) {
  if (!findBrowser(browser)) return [];
  const provider = providers[browser]();
  const project = (name: string, include: readonly string[], isolate: boolean) => ({
    extends: true as const,
    // Named here because a dependency that the dev server discovers during a run makes it reload the page.
    optimizeDeps: { include: ['@assemblyscript/loader'] },
    test: {
      include: [...include],
      exclude: [nodeOnly],
      isolate,
      browser: {
        enabled: true,
        headless: true,
        ui: false,
        screenshotFailures: false,
        // Two attempts at starting a browser, and a page that loads while everything else runs.
        connectTimeout: 120_000,
        provider,
        instances: [{ browser, name }],
      },
    },
  });
  // One page runs file after file, since loading the package takes longer than most tests.
  return [project(browser, inEveryEngine, false), project(`${browser}-alone`, inEveryEngineAlone, true)];
}

export default defineConfig({
  cacheDir: 'build/vite',
  assetsInclude: ['**/*.keras', '**/*.h5'],
  // With these two headers a page is isolated and has SharedArrayBuffer.
  server: { headers: { 'Cross-Origin-Opener-Policy': 'same-origin', 'Cross-Origin-Embedder-Policy': 'require-corp' } },
  test: {
    setupFiles: ['test/setup.ts'],
    testTimeout: 60_000,
    hookTimeout: 60_000,
    projects: [
      // One process runs file after file, so that the package is loaded once; test/setup.ts gives those that need it their own.
      { extends: true, test: { name: 'node', include: everything, isolate: false } },
      ...projectsIn('chromium'),
      ...projectsIn('firefox'),
      ...projectsIn('webkit'),
    ],
  },
});
