// Lets vitest run tests in Firefox and WebKit.
import { defineBrowserProvider } from '@vitest/browser';
import type { TestProject } from 'vitest/node';
import { browsers } from '../../scripts/browsers.mjs';
import { type Browser, start } from './browser.ts';

/** A page in which no file of tests ends for so long hangs, and vitest would wait for it for ever. */
const STALL_MINUTES = 5;
const LOOK_MILLISECONDS = 5000;

export function driven(engine: 'firefox' | 'webkit') {
  let browser: Promise<Browser> | undefined;
  let watch: NodeJS.Timeout | undefined;
  const close = async () => {
    clearInterval(watch);
    await (await browser?.catch(() => undefined))?.close();
  };
  return defineBrowserProvider({
    name: `driven-${engine}`,
    supportedBrowser: [engine],
    providerFactory: (project) => ({
      name: `driven-${engine}`,
      supportsParallelism: false,
      getCommandsContext: () => ({}),
      async openPage(_, url) {
        browser ??= start(engine);
        await (await browser).open(url);
        watch ??= onStall(project, () => {
          console.error(`No file of tests ended in ${browsers[engine].label} for ${STALL_MINUTES} minutes: it is ended.`);
          void close();
        });
      },
      close,
    }),
  });
}

/** Calls `stalled` when files of tests are at work and none ends. */
function onStall(project: TestProject, stalled: () => void): NodeJS.Timeout {
  let last = 0;
  let since = Date.now();
  const look = () => {
    const states = project.vitest.state
      .getTestModules()
      .flatMap((module) => (module.project.name === project.name ? [module.state()] : []));
    const ended = states.filter((state) => state !== 'queued' && state !== 'pending').length;
    if (ended === last && ended < states.length) {
      if (Date.now() - since > STALL_MINUTES * 60_000) stalled();
      return;
    }
    last = ended;
    since = Date.now();
  };
  return setInterval(look, LOOK_MILLISECONDS).unref();
}
