// A headless Chromium, and pages for it: a small web server on localhost that serves files and one module as the page.
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { extname } from 'node:path';
import { chromium } from 'playwright';
import { chromiumArgs, findBrowser } from '../../scripts/browsers.mjs';

const types: Record<string, string> = { '.html': 'text/html', '.js': 'text/javascript', '.wasm': 'application/wasm', '.css': 'text/css' };

export type Files = Record<string, string | Uint8Array>;

/** Whether these tests can run; without a Chromium it says so, and in CI it throws. */
export function chromiumIsHere(): boolean {
  if (findBrowser('chromium')) return true;
  if (process.env.CI === 'true') throw new Error('no Chromium found, which CI must have');
  console.log('No Chromium found: the tests of the bundled package in a page do not run.');
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
export async function visit(files: Files, headers: Record<string, string> = {}, place = ''): Promise<Outcome> {
  const server = await serve(files, headers);
  const browser = await chromium.launch({ executablePath: findBrowser('chromium'), args: chromiumArgs });
  try {
    const page = await browser.newPage();
    const problems: string[] = [];
    page.on('pageerror', (error) => problems.push(String(error)));
    page.on('requestfailed', (request) => problems.push(`failed: ${request.url()}`));
    await page.goto(`http://localhost:${(server.address() as AddressInfo).port}/${place}`);
    const outcome = page.waitForFunction(() => (globalThis as { outcome?: Outcome }).outcome, undefined, { timeout: 40_000 });
    return await outcome.then(
      (handle) => handle.jsonValue() as Promise<Outcome>,
      (cause) => Promise.reject(new Error(`the page left no outcome. ${problems.join('; ')}`, { cause })),
    );
  } finally {
    await browser.close();
    server.closeAllConnections();
    server.close();
  }
}

async function serve(files: Files, headers: Record<string, string>): Promise<Server> {
  const server = createServer((request, response) => {
    const path = decodeURIComponent(new URL(request.url ?? '/', 'http://localhost').pathname).slice(1) || 'index.html';
    const body = Object.hasOwn(files, path) ? files[path] : undefined;
    response.writeHead(body === undefined ? 404 : 200, { 'Content-Type': types[extname(path)] ?? 'text/plain', ...headers });
    response.end(body);
  });
  await new Promise<void>((resolve) => server.listen(0, 'localhost', resolve));
  return server;
}
