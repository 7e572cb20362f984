// Firefox and WebKit for tests: each is started through what it comes with, and driven by the commands of WebDriver.
import { browsers, type Engine } from '../../scripts/browsers.mjs';
import { startFirefox } from './firefox.ts';
import { Processes } from './processes.ts';
import { startWebKit } from './webkit.ts';

/** A browser with one page. */
export interface Browser {
  /** Leads the page to an address and does not wait for it to load. */
  open(url: string): Promise<void>;
  /** Runs the body of a function in the page and gives what it returns. */
  evaluate(script: string): Promise<unknown>;
  close(): Promise<void>;
}

/** Gives a command's value, or throws. */
export type Command = (name: 'open' | 'evaluate', parameters: object) => Promise<unknown>;

const starts = { firefox: startFirefox, webkit: startWebKit };
const ATTEMPTS = 2;
/** Twice this is less than vitest waits for a page. */
const START_MILLISECONDS = 25_000;

/** Starts a browser. One that does not start in time is ended and started once more. */
export async function start(engine: Exclude<Engine, 'chromium'>, milliseconds = START_MILLISECONDS): Promise<Browser> {
  const { label } = browsers[engine];
  for (let attempt = 1; ; attempt++) {
    const processes = new Processes();
    try {
      const command = await within(milliseconds, starts[engine](processes));
      return {
        open: async (url) => void (await command('open', { url })),
        evaluate: (script) => command('evaluate', { script, args: [] }),
        close: () => processes.end(),
      };
    } catch (error) {
      await processes.end();
      const why = `${label} did not start: ${(error as Error).message}`;
      if (attempt === ATTEMPTS) throw new Error(`${why}. It was tried ${ATTEMPTS} times.`, { cause: error });
      console.warn(`${why}. Trying once more.`);
    }
  }
}

async function within<T>(milliseconds: number, promise: Promise<T>): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Error(`nothing came of it within ${milliseconds / 1000} s`)), milliseconds);
  });
  return Promise.race([promise, late]).finally(() => clearTimeout(timer));
}
