// The TypeScript files of a folder, parsed, and a walk over their syntax trees.
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { sep } from 'node:path';
import { parseSync } from 'vite';

/** Written by the build, so that no rule for people applies to them. */
const GENERATED = /(^|\/)generated\//;

/**
 * The .ts files under `folder`, as paths relative to it, in order.
 *
 * @param {string} folder
 * @returns {string[]}
 */
export function typescriptFiles(folder) {
  if (!existsSync(folder)) return [];
  const paths = readdirSync(folder, { recursive: true, encoding: 'utf8' }).map((path) => path.replaceAll(sep, '/'));
  return paths.filter((path) => path.endsWith('.ts') && !path.endsWith('.d.ts') && !GENERATED.test(path)).sort();
}

/**
 * @typedef {{ type: string, start: number, end: number, [key: string]: any }} Node
 * @typedef {{ specifier: string, typeOnly: boolean, lazy: boolean, start: number }} Import
 */

/**
 * @param {string} path
 * @param {string} [text]
 */
export function parse(path, text = readFileSync(path, 'utf8')) {
  const { program, errors } = parseSync(path, text, { lang: 'ts', sourceType: 'module' });
  if (errors.length > 0) throw new Error(`${path}: ${errors[0].message}`);
  return { text, program: /** @type {Node} */ (/** @type {unknown} */ (program)) };
}

/**
 * Every module that a file names: imports, re-exports and dynamic imports of a literal. `import { type A }` is not `typeOnly`:
 * under verbatimModuleSyntax it still loads the module.
 *
 * @param {Node} program
 * @returns {Import[]}
 */
export function importsOf(program) {
  /** @type {Import[]} */
  const found = [];
  for (const { node } of walk(program)) {
    if (node.type === 'ImportDeclaration') {
      found.push({ specifier: node.source.value, typeOnly: node.importKind === 'type', lazy: false, start: node.start });
    } else if (node.type === 'ExportAllDeclaration' || (node.type === 'ExportNamedDeclaration' && node.source)) {
      found.push({ specifier: node.source.value, typeOnly: node.exportKind === 'type', lazy: false, start: node.start });
    } else if (node.type === 'TSImportType') {
      found.push({ specifier: node.source.value, typeOnly: true, lazy: false, start: node.start });
    } else if (node.type === 'ImportExpression' && node.source.type === 'Literal') {
      found.push({ specifier: String(node.source.value), typeOnly: false, lazy: true, start: node.start });
    }
  }
  return found;
}

/**
 * Every node with the nodes that enclose it, the nearest last.
 *
 * @param {Node} root
 * @param {Node[]} parents
 * @returns {Generator<{ node: Node, parents: readonly Node[] }>}
 */
export function* walk(root, parents = []) {
  yield { node: root, parents };
  parents.push(root);
  for (const value of Object.values(root)) {
    for (const child of Array.isArray(value) ? value : [value]) {
      if (child && typeof child === 'object' && typeof child.type === 'string') yield* walk(child, parents);
    }
  }
  parents.pop();
}

/**
 * @param {string} text
 * @param {number} offset
 * @returns {number} the line, counted from 1
 */
export function lineAt(text, offset) {
  return text.slice(0, offset).split('\n').length;
}
