// Imports in src/ go one way, and no ring of files imports itself, not even for types.
import { existsSync } from 'node:fs';
import { dirname, join, posix } from 'node:path';
import { importsOf, lineAt, parse, typescriptFiles } from './source.mjs';

/**
 * The parts of src/, the lowest first. A part may import what it `uses`, all that those use, and with `import type` also
 * from its `types`, and by `import()` also from those of `later`. A name under `files` stands for a folder or for a file without its .ts; the longest name that fits a path
 * decides. A part without `files` is the folder or file of its own name.
 *
 * @typedef {{ files?: string[], uses: string[], types?: string[], later?: string[] }} Part
 * @type {Record<string, Part>}
 */
export const parts = {
  common: { uses: [] },
  tensor: { uses: ['common'] },
  files: { uses: ['tensor'] },
  'saving/arrays': { uses: ['files'] },
  kernels: { uses: ['common'] },
  random: { uses: ['kernels'] },
  graph: { uses: ['kernels', 'tensor'] },
  primitives: { uses: ['graph'] },
  plan: { uses: ['graph'] },
  threads: { uses: ['plan'] },
  runtime: { uses: ['threads'] },
  ops: { uses: ['primitives', 'runtime'] },
  functions: { files: ['activations', 'constraints', 'initializers', 'regularizers'], uses: ['ops', 'random'] },
  losses: { uses: ['functions'] },
  metrics: { uses: ['functions', 'losses'] },
  optimizers: { files: ['optimizers', 'schedules'], uses: ['functions'] },
  layers: { uses: ['functions', 'runtime'] },
  callbacks: { uses: ['metrics', 'optimizers', 'layers', 'files', 'saving/arrays'] },
  preprocessing: { uses: ['random', 'files'] },
  data: { uses: ['preprocessing'] },
  'saving/model': { uses: ['layers', 'ops', 'losses', 'metrics', 'optimizers', 'preprocessing', 'files'] },
  models: { uses: ['layers', 'losses', 'metrics', 'optimizers', 'callbacks', 'data', 'runtime', 'saving/model'], later: ['saving'] },
  saving: { uses: ['models', 'ops', 'preprocessing', 'files', 'saving/arrays'] },
  index: { uses: ['ops', 'models', 'saving', 'preprocessing', 'data'] },
};

/** @param {string} root */
export function check(root) {
  const folder = join(root, 'src');
  return { problems: importProblems(folder), note: `${typescriptFiles(folder).length} files` };
}

/**
 * @param {string} folder
 * @param {Record<string, Part>} table
 * @returns {string[]}
 */
export function importProblems(folder, table = parts) {
  const problems = tableProblems(table);
  /** @type {Map<string, string[]>} */
  const loads = new Map();
  /** @type {Map<string, string[]>} */
  const names = new Map();
  for (const file of typescriptFiles(folder)) {
    const part = partOf(file, table);
    if (!part) problems.push(`${file}: belongs to no part. Add it to the table in scripts/check/imports.mjs`);
    const { text, program } = parse(join(folder, file));
    /** @type {string[]} */
    const loaded = [];
    loads.set(file, loaded);
    /** @type {string[]} */
    const named = [];
    names.set(file, named);
    for (const { specifier, typeOnly, lazy, start } of importsOf(program)) {
      const place = `${file}:${lineAt(text, start)}`;
      if (!/^\.\.?\//.test(specifier)) {
        problems.push(`${place}: imports the package '${specifier}', but the published package has no dependencies`);
        continue;
      }
      const target = posix.join(dirname(file), specifier);
      if (target.startsWith('..') || !existsSync(join(folder, target))) {
        problems.push(`${place}: imports '${specifier}', which is no file in src`);
        continue;
      }
      const other = partOf(target, table);
      if (lazy && part && table[part].later?.includes(other)) continue;
      named.push(target);
      if (!typeOnly) loaded.push(target);
      if (part && other && !mayImport(part, other, typeOnly, table)) {
        problems.push(`${place}: ${part} may not import ${typeOnly ? 'types of ' : ''}${other} ('${specifier}')`);
      }
    }
  }
  for (const ring of rings(loads)) problems.push(`import cycle: ${ring.join(' -> ')}`);
  if (problems.some((problem) => problem.startsWith('import cycle'))) return problems;
  for (const knot of knots(names)) problems.push(`type import cycle between ${knot.join(', ')}`);
  return problems;
}

/**
 * The table itself: known names only, and a part uses only parts above it, which makes it free of cycles.
 *
 * @param {Record<string, Part>} table
 */
function tableProblems(table) {
  const names = Object.keys(table);
  return names.flatMap((name, at) => [
    ...table[name].uses
      .filter((used) => !names.slice(0, at).includes(used))
      .map((used) => `table: ${name} uses ${used}, which is not above it`),
    ...(table[name].types ?? [])
      .filter((used) => !names.includes(used))
      .map((used) => `table: ${name} takes types of ${used}, which is unknown`),
    ...(table[name].later ?? [])
      .filter((used) => !names.includes(used))
      .map((used) => `table: ${name} imports ${used} later, which is unknown`),
  ]);
}

/**
 * @param {string} file
 * @param {Record<string, Part>} table
 */
function partOf(file, table) {
  let best = { part: '', length: 0 };
  for (const [part, { files = [part] }] of Object.entries(table)) {
    for (const name of files) {
      if ((file === `${name}.ts` || file.startsWith(`${name}/`)) && name.length > best.length) best = { part, length: name.length };
    }
  }
  return best.part;
}

/**
 * @param {string} part
 * @param {string} other
 * @param {boolean} typeOnly
 * @param {Record<string, Part>} table
 * @returns {boolean}
 */
function mayImport(part, other, typeOnly, table) {
  if (part === other || (typeOnly && table[part].types?.includes(other))) return true;
  return table[part].uses.some((used) => Object.hasOwn(table, used) && mayImport(used, other, false, table));
}

/**
 * One ring of files for each import that closes one.
 *
 * @param {Map<string, string[]>} loads
 */
function rings(loads) {
  /** @type {string[][]} */
  const found = [];
  /** @type {Set<string>} */
  const done = new Set();
  /** @type {string[]} */
  const path = [];
  const visit = (/** @type {string} */ file) => {
    if (path.includes(file)) {
      found.push([...path.slice(path.indexOf(file)), file]);
      return;
    }
    if (done.has(file)) return;
    path.push(file);
    for (const next of loads.get(file) ?? []) visit(next);
    path.pop();
    done.add(file);
  };
  for (const file of loads.keys()) visit(file);
  return found;
}

/**
 * Sets of files each of which imports all others of its set, directly or through files between (Tarjan's algorithm).
 *
 * @param {Map<string, string[]>} imports
 */
function knots(imports) {
  /** @type {string[][]} */
  const found = [];
  /** @type {string[]} */
  const stack = [];
  /** @type {Map<string, number>} */
  const order = new Map();
  const visit = (/** @type {string} */ file) => {
    const own = order.size;
    let lowest = own;
    order.set(file, own);
    stack.push(file);
    for (const next of imports.get(file) ?? []) {
      if (!order.has(next)) lowest = Math.min(lowest, visit(next));
      else if (stack.includes(next)) lowest = Math.min(lowest, /** @type {number} */ (order.get(next)));
    }
    if (lowest === own) {
      const knot = stack.splice(stack.indexOf(file));
      if (knot.length > 1) found.push(knot.sort());
    }
    return lowest;
  };
  for (const file of imports.keys()) if (!order.has(file)) visit(file);
  return found;
}
