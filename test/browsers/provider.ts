// Lets vitest run tests in Firefox and WebKit.
import { defineBrowserProvider } from '@vitest/browser';
import { browsers } from '../../scripts/browsers.mjs';
import { type Browser, start } from './browser.ts';

/** A page that takes longer hangs, and vitest would wait for it for ever. */
const LONGEST_MINUTES = 5;

export function driven(engine: 'firefox' | 'webkit') {
  let browser: Promise<Browser> | undefined;
  let watch: NodeJS.Timeout | undefined;
  const close = async () => {
    clearTimeout(watch);
    await (await browser?.catch(() => undefined))?.close();
  };
  return defineBrowserProvider({
    name: `driven-${engine}`,
    supportedBrowser: [engine],
    providerFactory: () => ({
      name: `driven-${engine}`,
      supportsParallelism: false,
      getCommandsContext: () => ({}),
      async openPage(_, url) {
        browser ??= start(engine);
        await (await browser).open(url);
        watch ??= setTimeout(() => {
          console.error(`The tests in ${browsers[engine].label} took more than ${LONGEST_MINUTES} minutes: it is ended.`);
          void close();
        }, LONGEST_MINUTES * 60_000).unref();
      },
      close,
    }),
  });
}
