// Where the tests find browsers.
import { accessSync, constants } from 'node:fs';
import { delimiter, join } from 'node:path';

/**
 * The variable that leads to a browser, else its usual names in PATH. What WebKit has is a driver that starts it, and a display.
 *
 * @satisfies {Record<string, { label: string, variable: string, names: readonly string[], also?: readonly string[] }>}
 */
export const browsers = {
  chromium: { label: 'Chromium', variable: 'CHROMIUM', names: ['chromium', 'chromium-browser', 'google-chrome'] },
  firefox: { label: 'Firefox', variable: 'FIREFOX', names: ['firefox-esr', 'firefox'] },
  webkit: { label: 'WebKitGTK', variable: 'WEBKIT_WEB_DRIVER', names: ['WebKitWebDriver'], also: ['Xvfb'] },
};

/** @typedef {keyof typeof browsers} Engine */

export const engines = /** @type {Engine[]} */ (Object.keys(browsers));

/** Switches for a Chromium that runs as root in a container and talks to localhost alone. */
export const chromiumArgs = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];

/**
 * The path of a browser, or of WebKit's driver: from the environment variable, else the first of the usual names in PATH, else
 * undefined.
 *
 * @param {Engine} engine
 * @param {Record<string, string | undefined>} env
 * @returns {string | undefined}
 */
export function findBrowser(engine, env = process.env) {
  /** @type {{ variable: string, names: readonly string[], also?: readonly string[] }} */
  const { variable, names, also = [] } = browsers[engine];
  const given = env[variable];
  if (given && !isExecutable(given)) throw new Error(`${variable}: expected the path of a program, got ${given}`);
  if (also.some((name) => !inPath(name, env))) return undefined;
  return given || names.map((name) => inPath(name, env)).find(Boolean);
}

/**
 * What to say of a browser that is not there.
 *
 * @param {Engine} engine
 */
export function missing(engine) {
  /** @type {{ label: string, variable: string, names: readonly string[], also?: readonly string[] }} */
  const { label, variable, names, also = [] } = browsers[engine];
  const places = [`${variable}, or ${names.join(', ')} in PATH`, ...also].join(', and ');
  return `No ${label} found (${places}): no test ran in it.`;
}

/**
 * @param {string} name
 * @param {Record<string, string | undefined>} env
 */
function inPath(name, env) {
  const folders = (env.PATH ?? '').split(delimiter).filter(Boolean);
  return folders.map((folder) => join(folder, name)).find(isExecutable);
}

/** @param {string} path */
function isExecutable(path) {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}
