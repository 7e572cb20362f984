// src/ -> dist/: readable modules with source maps. As few as a start needs: Node loads a file several times faster than the
// hundreds that src/ has. Bundlers drop what a program does not use from them, since each statement says that it has no effect of
// its own; what a method imports when it is called lies in files of its own, so that a bundle loads them apart.
import { mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join, posix, relative, sep } from 'node:path';
import { pathToFileURL } from 'node:url';
import { rolldown } from 'rolldown';
import { importsOf, parse } from './check/source.mjs';

/** @import { Node } from './check/source.mjs' */

const FROM = 'src/';
const TO = 'dist/';
const MAIN = 'index.ts';
/** What reads and writes files; the free functions of it are imported by the main entry alone. */
const SAVING = 'saving/index.ts';
const CALLBACKS = 'callbacks/index.ts';
const GENERATED = /^kernels\/generated\//;

/** Bundles src/ into dist/. */
export async function bundle() {
  const { exports } = JSON.parse(readFileSync('package.json', 'utf8'));
  const entries = Object.values(exports).flatMap((entry) =>
    entry.types ? [entry.default.replace(`./${TO}`, '').replace(/\.js$/, '.ts')] : [],
  );
  const fileOf = files(entries);
  const build = await rolldown({
    input: Object.fromEntries(entries.map((path) => [path.replace(/\.ts$/, ''), FROM + path])),
    plugins: [{ name: 'namespaces', resolveId: (id, importer) => namespaceOf(id, importer, entries) }],
    platform: 'neutral',
    preserveEntrySignatures: 'allow-extension',
  });
  const { output } = await build.generate({
    format: 'esm',
    entryFileNames: '[name].js',
    chunkFileNames: 'common/[name].js',
    charset: 'ascii',
    minifyInternalExports: false,
    // V8 loads them faster; checks keep imports free of cycles, so that no name is read before it is set.
    topLevelVar: true,
    sourcemap: true,
    sourcemapExcludeSources: true,
    codeSplitting: {
      includeDependenciesRecursively: false,
      groups: [{ name: (id) => fileOf(pathIn(id)) ?? null, debugName: 'files' }],
    },
  });
  await build.close();
  for (const file of output) {
    const path = TO + file.fileName;
    mkdirSync(dirname(path), { recursive: true });
    if (file.type === 'asset') writeFileSync(path, file.source);
    else writeFileSync(path, withoutEffects(file.code));
  }
  // Generated sources do not travel with the package, so no map may lead to them.
  withoutMap(`${TO}common/kernels.js`);
  for (const file of readdirSync(`${TO}kernels/generated`)) if (file.endsWith('.d.ts')) withoutMap(`${TO}kernels/generated/${file}`);
  const { pageSource } = await import(pathToFileURL('build/modules/threads/worker.js').href);
  writeFileSync(
    `${TO}worker.js`,
    `// A thread of keratin, for pages that forbid workers from blob: addresses: setThreads(n, { worker: address }).\n${pageSource}`,
  );
}

const pathIn = (/** @type {string} */ id) => relative(FROM, id).split(sep).join('/');

/**
 * The main entry exports each namespace from its own entry: an object of the names is a closed book to bundlers.
 * @param {string} id
 * @param {string | undefined} importer
 * @param {readonly string[]} entries
 */
function namespaceOf(id, importer, entries) {
  if (!importer || pathIn(importer) !== MAIN) return null;
  const path = posix.normalize(id);
  return entries.includes(path) ? { id: `./${path.replace(/\.ts$/, '.js')}`, external: true } : null;
}

/**
 * Says for each module which file it goes into; undefined for the entries, which have their own.
 *
 * Bundlers take a file that is imported later apart only where nothing that a program needs at once imports it, and most keep of a
 * file what any other file uses. So what is imported later lies apart, what several such modules share too, and those that also
 * use it at once (functions that read and write files, callbacks) lie outside the file that every program needs.
 * @param {readonly string[]} entries
 * @returns {(path: string) => string | undefined}
 */
function files(entries) {
  const apart = [SAVING, CALLBACKS];
  const starts = [...entries.filter((path) => path !== MAIN), ...importsIn(MAIN).now].filter((path) => !apart.includes(path));
  const core = reach(starts);
  const callbacks = reach([CALLBACKS]);
  const later = [...new Set([...core].flatMap((path) => importsIn(path).later))].map((path) => ({ path, needs: reach([path]) }));
  return (path) => {
    if (entries.includes(path)) return undefined;
    if (GENERATED.test(path)) return 'kernels';
    // rolldown's own helpers have no path in src/.
    if (core.has(path) || path.startsWith('..')) return 'keratin';
    const users = later.filter(({ needs }) => needs.has(path));
    if (users.length > 1) return 'formats';
    if (users.length === 1) return posix.basename(users[0].path, '.ts');
    return callbacks.has(path) ? 'callbacks' : 'files';
  };
}

/**
 * The modules that `starts` need before they run, themselves included.
 * @param {readonly string[]} starts
 */
function reach(starts) {
  const found = new Set(starts);
  for (const path of found) for (const next of importsIn(path).now) found.add(next);
  return found;
}

/**
 * What a module imports, at once and when it is used, as paths in src/.
 * @param {string} path
 */
function importsIn(path) {
  const imports = importsOf(parse(FROM + path).program).filter(({ typeOnly }) => !typeOnly);
  const paths = (/** @type {boolean} */ lazy) =>
    imports.filter((one) => one.lazy === lazy).map(({ specifier }) => join(dirname(path), specifier).split(sep).join('/'));
  return { now: paths(false), later: paths(true) };
}

/** @param {string} path */
function withoutMap(path) {
  writeFileSync(path, readFileSync(path, 'utf8').replace(/\/\/# sourceMappingURL=.*\n?/, ''));
  rmSync(`${path}.map`, { force: true });
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
 * Marks what modules compute when they are loaded as free to be dropped. Lines stay where they are, for the source map.
 * @param {string} code
 */
function withoutEffects(code) {
  /** @type {[number, string][]} */
  const insertions = [];
  for (const statement of parse('bundle.js', code).program.body) {
    if (statement.type !== 'VariableDeclaration') continue;
    for (const { init } of statement.declarations) {
      if (!init || init.type === 'ClassExpression' || !isDoubtful(init)) continue;
      // A call needs the mark alone; a function around it costs a start of the package 15 us.
      const marks = (init.type === 'CallExpression' || init.type === 'NewExpression') && ![init.callee, ...init.arguments].some(isDoubtful);
      const mark = code.startsWith(PURE, init.start - PURE.length) ? '' : PURE;
      if (marks) insertions.push([init.start, mark]);
      else insertions.push([init.start, `${mark}(() => (`], [init.end, '))()']);
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
