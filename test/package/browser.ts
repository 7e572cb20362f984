// Browsers, and pages for them: one module as the page.
import { chromium } from 'playwright';
import { browsers, chromiumArgs, type Engine, findBrowser } from '../../scripts/browsers.mjs';
import { start } from '../browsers/browser.ts';
import { type Files, serve } from './page-server.mjs';

/** Milliseconds. */
const PATIENCE = 40_000;

export type { Files } from './page-server.mjs';

/** Whether tests can run in it; in CI it throws where they cannot. `npm test` names those that are not there. */
export function isHere(engine: Engine): boolean {
  if (findBrowser(engine)) return true;
  if (process.env.CI === 'true') throw new Error(`no ${browsers[engine].label} found, which CI must have`);
  return false;
}

/** What a program in a page came to: the lines of its console.log, or its error. */
export interface Outcome {
  lines: string[];
  error?: string;
  isolated: boolean;
}

/** A page that runs the module `script` and leaves the outcome in a global; a policy without 'unsafe-inline' is fine. */
export function pageOf(script: string): Files {
  const runner = `
    const outcome = { lines: [], isolated: crossOriginIsolated };
    const log = console.log;
    console.log = (...values) => { outcome.lines.push(values.join(' ')); log(...values); };
    try { await import('/${script}'); } catch (error) { outcome.error = String(error?.stack ?? error); }
    globalThis.outcome = outcome;`;
  return { 'index.html': '<!doctype html><meta charset="utf-8"><script type="module" src="/runner.js"></script>', 'runner.js': runner };
}

/** Opens `files['index.html']`, or `place`, from a server that sends `headers` and waits for the page's global `outcome`. */
export async function visit(files: Files, headers: Record<string, string> = {}, place = '', engine: Engine = 'chromium'): Promise<Outcome> {
  const server = await serve(files, headers);
  try {
    return await (await visitorIn(engine))(`${server.url}${place}`);
  } catch (error) {
    // Whatever is wrong with the browser, the next page is not to meet it.
    await close(engine);
    throw error;
  } finally {
    server.closeAllConnections();
    server.close();
  }
}

/** Opens an address and gives the outcome of its page. */
type Visit = (url: string) => Promise<Outcome>;

/** A browser is started once and shows page after page; after a while without one it is closed. */
const started = new Map<Engine, { visit: Promise<Visit>; close(): Promise<void>; idle?: NodeJS.Timeout }>();
const IDLE_MILLISECONDS = 20_000;

async function visitorIn(engine: Engine): Promise<Visit> {
  let browser = started.get(engine);
  if (!browser) {
    browser = engine === 'chromium' ? chromiumVisitor() : drivenVisitor(engine);
    started.set(engine, browser);
  }
  clearTimeout(browser.idle);
  const visit = await browser.visit;
  return (url) =>
    visit(url).finally(() => {
      browser.idle = setTimeout(() => void close(engine), IDLE_MILLISECONDS).unref();
    });
}

async function close(engine: Engine): Promise<void> {
  const browser = started.get(engine);
  started.delete(engine);
  clearTimeout(browser?.idle);
  await browser?.close().catch(() => undefined);
}

function chromiumVisitor() {
  const browser = chromium.launch({ executablePath: findBrowser('chromium'), args: chromiumArgs });
  const visit = async (url: string): Promise<Outcome> => {
    const context = await (await browser).newContext();
    const page = await context.newPage();
    const problems: string[] = [];
    page.on('pageerror', (error) => problems.push(String(error)));
    page.on('requestfailed', (request) => problems.push(`failed: ${request.url()}`));
    await page.goto(url);
    const found = page.waitForFunction(() => (globalThis as { outcome?: Outcome }).outcome, undefined, { timeout: PATIENCE });
    const outcome = await found.then(
      (handle) => handle.jsonValue() as Promise<Outcome>,
      (cause) => Promise.reject(new Error(`the page left no outcome. ${problems.join('; ')}`, { cause })),
    );
    await context.close();
    return outcome;
  };
  return { visit: browser.then(() => visit), close: async () => (await browser).close() };
}

function drivenVisitor(engine: 'firefox' | 'webkit') {
  const browser = start(engine);
  let visits = 0;
  const visit = async (address: string): Promise<Outcome> => {
    const { open, evaluate } = await browser;
    // Until the page has given way to the next, its outcome is still there.
    const url = `${address}#${++visits}`;
    await open(url);
    const script = `return location.href === ${JSON.stringify(url)} && window.outcome ? JSON.stringify(window.outcome) : null`;
    let cause: unknown;
    for (const end = Date.now() + PATIENCE; Date.now() < end; ) {
      // In between there may be nobody to ask.
      const outcome = await evaluate(script).catch((error) => {
        cause = error;
      });
      if (typeof outcome === 'string') return JSON.parse(outcome);
      await new Promise((resolve) => setTimeout(resolve, 100));
    }
    throw new Error('the page left no outcome', { cause });
  };
  return { visit: browser.then(() => visit), close: async () => (await browser).close() };
}
