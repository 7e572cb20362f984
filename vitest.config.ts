// The same test files run in Node and in Chromium; those named *.node.test.ts in Node only. Without a Chromium the config
// has the project `node` alone. `npx vitest run --project node <filter>` is the quickest way to one file.
import { playwright } from '@vitest/browser-playwright';
import { defineConfig } from 'vitest/config';
import { chromiumArgs, findChromium } from './scripts/chromium.mjs';

const executablePath = findChromium();

const chromium = {
  extends: true as const,
  // Named here because a dependency that the dev server discovers during a run makes it reload the page.
  optimizeDeps: { include: ['@assemblyscript/loader'] },
  test: {
    name: 'chromium',
    exclude: ['**/*.node.test.ts'],
    browser: {
      enabled: true,
      headless: true,
      ui: false,
      screenshotFailures: false,
      provider: playwright({ launchOptions: { executablePath, args: chromiumArgs } }),
      instances: [{ browser: 'chromium' as const }],
    },
  },
};

export default defineConfig({
  cacheDir: 'build/vite',
  assetsInclude: ['**/*.keras', '**/*.h5'],
  // With these two headers a page is isolated and has SharedArrayBuffer.
  server: { headers: { 'Cross-Origin-Opener-Policy': 'same-origin', 'Cross-Origin-Embedder-Policy': 'require-corp' } },
  test: {
    include: ['test/**/*.test.ts'],
    testTimeout: 60_000,
    hookTimeout: 60_000,
    projects: [{ extends: true, test: { name: 'node' } }, ...(executablePath ? [chromium] : [])],
  },
});
