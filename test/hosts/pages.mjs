// Pages in Chromium: what they print, their workers included, until a line says that the program is over.
import { chromium } from 'playwright';
import { chromiumArgs, findBrowser, missing } from '../../scripts/browsers.mjs';
import { serve } from '../package/page-server.mjs';

/** Milliseconds. */
const PATIENCE = 40_000;

/** @type {Promise<import('playwright').Browser> | undefined} */
let browser;

/** What keeps pages from being visited, if anything does. */
export function noPages() {
  return findBrowser('chromium') ? undefined : missing('chromium');
}

/**
 * Opens a page and gives what it printed.
 *
 * @param {import('../package/page-server.mjs').Files | string} source files that are served, or an address
 * @param {RegExp} ends what a line matches when the program is over
 * @param {string} [place] in the files
 */
export async function visit(source, ends, place = '') {
  if (typeof source === 'string') return visitAddress(source + place, ends);
  const server = await serve(source);
  try {
    return await visitAddress(server.url + place, ends);
  } finally {
    server.closeAllConnections();
    server.close();
  }
}

/**
 * @param {string} url
 * @param {RegExp} ends
 */
async function visitAddress(url, ends) {
  browser ??= chromium.launch({ executablePath: findBrowser('chromium'), args: chromiumArgs });
  const context = await (await browser).newContext();
  try {
    const page = await context.newPage();
    /** @type {string[]} */
    const lines = [];
    /** @type {string[]} */
    const failures = [];
    const isOver = new Promise((resolve) => {
      page.on('console', (message) => {
        lines.push(message.text());
        if (ends.test(message.text())) resolve('over');
      });
      page.on('pageerror', (error) => resolve(failures.push(error.stack || String(error))));
      page.on('requestfailed', (request) => failures.push(`${request.url()}: ${request.failure()?.errorText}`));
      page.on('response', (response) => {
        if (!response.ok() && !response.url().endsWith('/favicon.ico')) failures.push(`${response.url()}: ${response.status()}`);
      });
    });
    await page.goto(url);
    /** @type {ReturnType<typeof setTimeout> | undefined} */
    let timer;
    const isLate = new Promise((resolve) => {
      timer = setTimeout(resolve, PATIENCE, 'late');
    });
    const end = await Promise.race([isOver, isLate]);
    clearTimeout(timer);
    if (end === 'over') return lines.join('\n');
    throw new Error([end === 'late' ? 'the page does not end' : 'the page failed', ...failures, ...lines.slice(-5)].join('\n'));
  } finally {
    await context.close();
  }
}

/** Ends the browser. */
export async function closePages() {
  await (await browser)?.close();
}

/**
 * A page that loads one script.
 *
 * @param {string} script
 * @param {{ module?: boolean, imports?: Record<string, string> }} [how]
 */
export function pageWith(script, { module = true, imports } = {}) {
  const map = imports ? `<script type="importmap">${JSON.stringify({ imports })}</script>` : '';
  return `<!doctype html><meta charset="utf-8">${map}<script ${module ? 'type="module"' : 'defer'} src="${script}"></script>\n`;
}
