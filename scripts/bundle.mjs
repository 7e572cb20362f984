// build/modules/ -> dist/: one file with the whole package, and a file per entry of package.json that exports from it.
//
// Node loads one file several times faster than the hundreds that src/ has. Bundlers can drop what a program does not use from
// one file too, once each statement says that it has no effect of its own; and gzip, which describes nearby text by one code and
// looks 32 kB back, works better when the kernels, 20 kB of another alphabet, come last.
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { pathToFileURL } from 'node:url';
import { rolldown } from 'rolldown';
import { parse } from './check/source.mjs';

/** @import { Node } from './check/source.mjs' */

const FROM = 'build/modules/';
const TO = 'dist/';
/** What package.json says has an effect when it is imported, hence files of their own. */
const WITH_EFFECT = /\/parts\/\w+\.js$/;

/** Bundles build/modules/ into dist/. */
export async function bundle() {
  const { exports } = JSON.parse(readFileSync('package.json', 'utf8'));
  const entries = Object.values(exports).flatMap((entry) => (entry.types ? [entry.default.replace(`./${TO}`, '')] : []));
  const build = await rolldown({
    input: Object.fromEntries(entries.map((path) => [path.replace(/\.js$/, ''), FROM + path])),
    platform: 'neutral',
    preserveEntrySignatures: 'allow-extension',
  });
  const { output } = await build.generate({
    format: 'esm',
    entryFileNames: '[name].js',
    // Where src/ has common/parts.ts, which loads parts by a relative path.
    chunkFileNames: 'common/[name].js',
    // Names that are read before they are set cannot be had by accident: checks keep imports free of cycles. V8 loads `var`s faster.
    topLevelVar: true,
    comments: { annotation: true, legal: true, jsdoc: false },
    // Constants in place and the like, which not every bundler does, and less to read for a start; classes and functions keep
    // their names.
    minify: {
      compress: { target: 'es2022', joinVars: false, sequences: false, keepNames: { function: true, class: true } },
      mangle: { toplevel: false, keepNames: true },
      codegen: { removeWhitespace: true },
    },
    codeSplitting: {
      groups: [{ name: 'keratin', test: (id) => id.includes(FROM) && !WITH_EFFECT.test(id) && !/\/index\.js$/.test(id) }],
    },
  });
  await build.close();
  for (const file of output) {
    if (file.type !== 'chunk') throw new Error(`bundle: expected modules only, got ${file.fileName}`);
    const path = TO + file.fileName;
    mkdirSync(dirname(path), { recursive: true });
    const code = path === `${TO}index.js` ? namespaces(file.code) : file.code;
    writeFileSync(path, WITH_EFFECT.test(path) ? code : kernelsLast(withoutEffects(code)));
  }
  const { pageSource } = await import(pathToFileURL(`${FROM}threads/worker.js`).href);
  writeFileSync(
    `${TO}worker.js`,
    `// A thread of keratin, for pages that forbid workers from blob: addresses: setThreads(n, { worker: address }).\n${pageSource}`,
  );
}

/**
 * Lets the main entry export each namespace from its own entry: an object that one file holds, which rolldown makes of it, is
 * a closed book to bundlers.
 * @param {string} code
 */
function namespaces(code) {
  const source = readFileSync(`${FROM}index.js`, 'utf8');
  const lines = [];
  for (const [line, name] of source.matchAll(/^export \* as (\w+) from '.*';$/gm)) {
    const rest = code.replace(new RegExp(`(?<=[{, ])[\\w$]+ as ${name}(, ?|(?=}))`), '');
    if (rest === code) throw new Error(`bundle: expected index.js to export ${name}`);
    code = rest;
    lines.push(`${line}\n`);
  }
  return lines.join('') + code;
}

const PURE = '/* @__PURE__ */ ';
const functions = new Set(['FunctionDeclaration', 'FunctionExpression', 'ArrowFunctionExpression', 'MethodDefinition']);
/** Expressions that a bundler cannot know to be without effect. */
const doubtful = new Set([
  'BinaryExpression',
  'CallExpression',
  'MemberExpression',
  'NewExpression',
  'SpreadElement',
  'TaggedTemplateExpression',
  'TemplateLiteral',
]);

/**
 * Marks what modules compute when they are loaded as free to be dropped.
 * @param {string} code
 */
function withoutEffects(code) {
  /** @type {[number, string][]} */
  const insertions = [];
  for (const statement of parse('bundle.js', code).program.body) {
    if (insertions.length > 0) insertions.push([statement.start, '\n']);
    if (statement.type !== 'VariableDeclaration') continue;
    for (const { init } of statement.declarations) {
      if (!init || init.type === 'ClassExpression' || !isDoubtful(init)) continue;
      // A call needs the mark alone; a function around it costs a start of the package 15 us.
      const marks = (init.type === 'CallExpression' || init.type === 'NewExpression') && ![init.callee, ...init.arguments].some(isDoubtful);
      if (marks) insertions.push([init.start, PURE]);
      else insertions.push([init.start, `${PURE}(() => (`], [init.end, '))()']);
    }
  }
  for (const [at, text] of insertions.reverse()) code = code.slice(0, at) + text + code.slice(at);
  return code;
}

/**
 * @param {Node} node
 * @returns {boolean}
 */
function isDoubtful(node) {
  if (functions.has(node.type)) return false;
  if (doubtful.has(node.type)) return true;
  return Object.values(node)
    .flat()
    .some((child) => child && typeof child === 'object' && 'type' in child && isDoubtful(child));
}

/**
 * Moves the text of each library of kernels to the end.
 * @param {string} code
 */
function kernelsLast(code) {
  let names = 0;
  let last = '';
  const rest = code.replace(/(packed: ?\(\) ?=> ?)((["`])[^"`]{100,}\3)/g, (_, before, text) => {
    const name = `packedKernels${++names}`;
    last += `var ${name} = ${text};\n`;
    return before + name;
  });
  return rest + last;
}
