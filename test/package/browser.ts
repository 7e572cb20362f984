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
    const url = `${server.url}${place}`;
    return await (engine === 'chromium' ? visitInChromium(url) : visitDriven(engine, url));
  } finally {
    server.closeAllConnections();
    server.close();
  }
}

async function visitInChromium(url: string): Promise<Outcome> {
  const browser = await chromium.launch({ executablePath: findBrowser('chromium'), args: chromiumArgs });
  try {
    const page = await browser.newPage();
    const problems: string[] = [];
    page.on('pageerror', (error) => problems.push(String(error)));
    page.on('requestfailed', (request) => problems.push(`failed: ${request.url()}`));
    await page.goto(url);
    const outcome = page.waitForFunction(() => (globalThis as { outcome?: Outcome }).outcome, undefined, { timeout: PATIENCE });
    return await outcome.then(
      (handle) => handle.jsonValue() as Promise<Outcome>,
      (cause) => Promise.reject(new Error(`the page left no outcome. ${problems.join('; ')}`, { cause })),
    );
  } finally {
    await browser.close();
  }
}

async function visitDriven(engine: 'firefox' | 'webkit', url: string): Promise<Outcome> {
  const browser = await start(engine);
  try {
    await browser.open(url);
    let cause: unknown;
    for (const end = Date.now() + PATIENCE; Date.now() < end; ) {
      // While one page gives way to the next there may be nobody to ask.
      const outcome = await browser.evaluate('return window.outcome ? JSON.stringify(window.outcome) : null').catch((error) => {
        cause = error;
      });
      if (typeof outcome === 'string') return JSON.parse(outcome);
      await new Promise((resolve) => setTimeout(resolve, 100));
    }
    throw new Error('the page left no outcome', { cause });
  } finally {
    await browser.close();
  }
}
