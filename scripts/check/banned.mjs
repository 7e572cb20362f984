// What src/ must not contain: arithmetic that differs between engines, and whatever a browser, a bundler or a strict
// Content-Security-Policy refuses.
import { join } from 'node:path';
import { lineAt, parse, typescriptFiles, walk } from './source.mjs';

/** @import { Node } from './source.mjs' */

/** Exact by the language's specification, hence equal in every engine. */
const exactMath = new Set(['abs', 'ceil', 'clz32', 'floor', 'fround', 'imul', 'max', 'min', 'round', 'sign', 'sqrt', 'trunc']);
const mathConstants = new Set(['E', 'LN2', 'LN10', 'LOG2E', 'LOG10E', 'PI', 'SQRT1_2', 'SQRT2']);
/** The folder where fresh seeds come from. */
const MAY_BE_RANDOM = /^random\//;

const functions = new Set(['FunctionDeclaration', 'FunctionExpression', 'ArrowFunctionExpression']);

/** @param {string} root */
export function check(root) {
  const folder = join(root, 'src');
  const files = typescriptFiles(folder);
  return { problems: files.flatMap((file) => bannedIn(file, parse(join(folder, file)))), note: `${files.length} files` };
}

/**
 * @param {string} file its path inside src
 * @param {{ text: string, program: Node }} source
 * @returns {string[]}
 */
export function bannedIn(file, { text, program }) {
  /** @type {string[]} */
  const problems = [];
  for (const { node, parents } of walk(program)) {
    const problem = objection(node, parents, file);
    if (problem) problems.push(`${file}:${lineAt(text, node.start)}: ${problem}`);
  }
  return problems;
}

/**
 * @param {Node} node
 * @param {readonly Node[]} parents
 * @param {string} file
 * @returns {string | undefined}
 */
function objection(node, parents, file) {
  const parent = parents[parents.length - 1];
  switch (node.type) {
    case 'Identifier':
      return isReference(node, parent) ? identifierObjection(node.name, parent, file) : undefined;
    case 'BinaryExpression':
      if (node.operator !== '**' || isConstant(node)) return undefined;
      return '** of something that is not a literal differs between engines';
    case 'AssignmentExpression':
      return node.operator === '**=' ? '**= differs between engines' : undefined;
    case 'ImportDeclaration':
    case 'ImportExpression':
    case 'ExportNamedDeclaration':
    case 'ExportAllDeclaration':
      return importObjection(node);
    case 'AwaitExpression':
      return atTopLevel(parents) ? 'top-level await keeps require() and some bundlers from loading the package' : undefined;
    case 'ForOfStatement':
      return node.await && atTopLevel(parents) ? 'top-level await keeps require() and some bundlers from loading the package' : undefined;
  }
  return undefined;
}

/**
 * @param {string} name
 * @param {Node} parent
 * @param {string} file
 */
function identifierObjection(name, parent, file) {
  const called = (parent.type === 'CallExpression' || parent.type === 'NewExpression') && parent.callee.name === name;
  if (name === 'Math') return mathObjection(parent, file);
  if (name === 'eval') return 'eval is refused by a strict Content-Security-Policy';
  if (name === 'Function' && called) return 'Function() is refused by a strict Content-Security-Policy';
  if (name === 'require' && called) return 'require() does not exist in an ES module';
  return undefined;
}

/**
 * @param {Node} parent
 * @param {string} file
 */
function mathObjection(parent, file) {
  if (parent.type !== 'MemberExpression' || parent.computed)
    return 'Math may only be used as Math.name, so that this check can see the name';
  const { name } = parent.property;
  if (exactMath.has(name) || mathConstants.has(name)) return undefined;
  if (name === 'random') return MAY_BE_RANDOM.test(file) ? undefined : 'Math.random belongs to src/random/';
  return `Math.${name} differs between engines. Use a kernel, or exact arithmetic`;
}

/** @param {Node} node */
function importObjection(node) {
  if (!node.source) return undefined;
  if (node.source.type !== 'Literal') return 'import() of something that is not a literal cannot be bundled';
  if (String(node.source.value).startsWith('node:'))
    return `'${node.source.value}' breaks bundlers for browsers. Use process.getBuiltinModule`;
  return undefined;
}

/**
 * Whether an identifier stands for a variable rather than for the name of a property.
 *
 * @param {Node} node
 * @param {Node} parent
 */
function isReference(node, parent) {
  if (parent.type === 'MemberExpression') return parent.object === node || parent.computed;
  if (parent.type === 'Property') return parent.value === node || parent.computed;
  return ![
    'MethodDefinition',
    'PropertyDefinition',
    'TSPropertySignature',
    'TSMethodSignature',
    'TSQualifiedName',
    'TSTypeReference',
  ].includes(parent.type);
}

/**
 * A number, or arithmetic on numbers.
 *
 * @param {Node} node
 * @returns {boolean}
 */
function isConstant(node) {
  if (node.type === 'Literal') return typeof node.value === 'number';
  if (node.type === 'UnaryExpression' || node.type === 'ParenthesizedExpression') return isConstant(node.argument ?? node.expression);
  return node.type === 'BinaryExpression' && isConstant(node.left) && isConstant(node.right);
}

/** @param {readonly Node[]} parents */
function atTopLevel(parents) {
  return !parents.some(({ type }) => functions.has(type));
}
