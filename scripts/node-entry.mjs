// dist/node.js: the main entry for Node. It loads at once what most programs need and the rest when it is first used, which halves
// the time to load. A bundler must see everything, so it has dist/index.js; both stand on the same modules.
import { readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { pathToFileURL } from 'node:url';

/** Modules that are loaded at once, with what they import. All classes that the main entry itself exports must be among them. */
const FIRST = [
  'callbacks/early-stopping.js',
  'data/index.js',
  'common/errors.js',
  'files/model-format-error.js',
  'layers/activation/activation.js',
  'layers/core/dense.js',
  'layers/regularization/dropout.js',
  'layers/core/embedding.js',
  'layers/reshaping/flatten.js',
  'layers/pooling/global-pooling.js',
  'layers/core/input-layer.js',
  'layers/preprocessing/text-vectorization.js',
  'models/model.js',
  'models/sequential.js',
  'common/names.js',
  'optimizers/adam.js',
  'preprocessing/index.js',
  'random/seed.js',
  'kernels/kernels.js',
  'runtime/threads.js',
  'tensor/index.js',
];

/** The file that loads the rest, as a module that may wait for another: a function of an ES module cannot. */
export const LATER = 'later.cjs';

/**
 * The modules that `entries` need, by their paths below `folder`.
 * @param {string} folder
 * @param {readonly string[]} entries
 */
function reach(folder, entries) {
  /** @type {Set<string>} */
  const found = new Set();
  const stack = [...entries];
  for (let path = stack.pop(); path !== undefined; path = stack.pop()) {
    if (found.has(path)) continue;
    found.add(path);
    for (const [, to] of readFileSync(folder + path, 'utf8').matchAll(/^(?:import|export|\})[^'"\n]*'(\.[^']+)';$/gm))
      stack.push(join(dirname(path), to));
  }
  return found;
}

/**
 * Which modules go into which file: what is loaded first, what the namespaces add, and the rest.
 * @param {string} folder of compiled modules, with a slash at its end
 */
export function split(folder) {
  const index = readFileSync(`${folder}index.js`, 'utf8');
  const namespaces = [...index.matchAll(/^export \* as \w+ from '\.\/(.*)';$/gm)].map(([, path]) => path);
  const first = reach(folder, FIRST);
  return { first, second: reach(folder, namespaces) };
}

/** The names between braces, each with its alias. */
const listed = (/** @type {string} */ braces) =>
  braces
    .replace(/[{}]/g, '')
    .split(',')
    .map((name) => name.trim())
    .filter(Boolean);

/**
 * The sources of both files.
 * @param {string} folder of compiled modules, with a slash at its end
 * @returns {Promise<{ entry: string, later: string }>}
 */
export async function nodeEntry(folder) {
  const { first } = split(folder);
  const lines = [`import later from './${LATER}';`];
  const loads = ["exports.all = () => require('./index.js');"];
  const load = async (/** @type {string} */ path) => import(pathToFileURL(folder + path).href);

  for (const [line, what, from] of readFileSync(`${folder}index.js`, 'utf8').matchAll(/^export (.+) from '\.\/(.*)';$/gm)) {
    const space = /^\* as (\w+)$/.exec(what)?.[1];
    if (space) {
      loads.push(`exports.${space} = () => require('./${from}');`);
      const near = await namesNear(from);
      lines.push(...near.map(({ name, path }) => `import { ${name} as ${space}_${name} } from './${path}';`));
      const own = near.map(({ name }) => `${name}: ${space}_${name}`).join(', ');
      const names = JSON.stringify(Object.keys(await load(from)));
      lines.push(`export const ${space} = /* @__PURE__ */ namespace({ ${own} }, ${names}, later.${space});`);
    } else if (first.has(from)) {
      lines.push(line);
    } else {
      const module = await load(from);
      const names = what === '*' ? Object.keys(module) : listed(what);
      for (const given of names) {
        const [name, alias = name] = given.split(' as ');
        if (typeof module[name] !== 'function' || String(module[name]).startsWith('class'))
          throw new Error(`node-entry: expected a function to load later, got ${name}. Add its module to FIRST.`);
        lines.push(`export function ${alias}(...given) { return later.all().${alias}(...given); }`);
      }
    }
  }
  lines.push(`
function namespace(near, names, load) {
  const space = Object.create(null, { [Symbol.toStringTag]: { value: 'Module' } });
  for (const name of names) Object.defineProperty(space, name, { enumerable: true, get: () => near[name] ?? load()[name] });
  return Object.freeze(space);
}`);
  return { entry: `${lines.join('\n')}\n`, later: `${loads.join('\n')}\n` };

  /** The names of a namespace whose modules are loaded at once. */
  async function namesNear(/** @type {string} */ path) {
    const near = [];
    for (const [, what, to] of readFileSync(folder + path, 'utf8').matchAll(/^export (.+) from '(\.[^']+)';$/gm)) {
      const source = join(dirname(path), to);
      if (!first.has(source)) continue;
      const names = what === '*' ? Object.keys(await load(source)) : listed(what);
      near.push(...names.map((name) => ({ name, path: source })));
    }
    return near;
  }
}
