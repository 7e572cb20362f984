// The same test files run in Node and in Chromium, those named *.node.test.ts in Node only. What depends on the engine runs in
// Firefox and WebKit too. A browser that is not there has no project here.
// `npx vitest run --project node <filter>` is the quickest way to one file.
import { playwright } from '@vitest/browser-playwright';
import { defineConfig } from 'vitest/config';
import { chromiumArgs, type Engine, findBrowser } from './scripts/browsers.mjs';
import { driven } from './test/browsers/provider.ts';

const everything = ['test/**/*.test.ts'];
const nodeOnly = '**/*.node.test.ts';

/** Real workers, and bits that Node and Chromium have found: kernels, layers as Keras recorded them, trained weights. */
const inEveryEngine = [
  'test/kernels/*.test.ts',
  'test/layers/golden.test.ts',
  'test/models/digest.test.ts',
  'test/models/seeded-fit.test.ts',
  'test/runtime/*.test.ts',
  'test/threads/*.test.ts',
];

const executablePath = findBrowser('chromium');
const providers = {
  chromium: () => playwright({ launchOptions: { executablePath, args: chromiumArgs } }),
  firefox: () => driven('firefox'),
  webkit: () => driven('webkit'),
};

function projectsIn(browser: Engine) {
  if (!findBrowser(browser)) return [];
  const project = {
    extends: true as const,
    // Named here because a dependency that the dev server discovers during a run makes it reload the page.
    optimizeDeps: { include: ['@assemblyscript/loader'] },
    test: {
      name: browser,
      include: browser === 'chromium' ? everything : inEveryEngine,
      exclude: [nodeOnly],
      browser: {
        enabled: true,
        headless: true,
        ui: false,
        screenshotFailures: false,
        // Two attempts at starting a browser, and a page that loads while everything else runs.
        connectTimeout: 120_000,
        provider: providers[browser](),
        instances: [{ browser }],
      },
    },
  };
  return [project];
}

export default defineConfig({
  cacheDir: 'build/vite',
  assetsInclude: ['**/*.keras', '**/*.h5'],
  // With these two headers a page is isolated and has SharedArrayBuffer.
  server: { headers: { 'Cross-Origin-Opener-Policy': 'same-origin', 'Cross-Origin-Embedder-Policy': 'require-corp' } },
  test: {
    testTimeout: 60_000,
    hookTimeout: 60_000,
    projects: [
      { extends: true, test: { name: 'node', include: everything } },
      ...projectsIn('chromium'),
      ...projectsIn('firefox'),
      ...projectsIn('webkit'),
    ],
  },
});
