// assembly/ -> build/*.wasm -> modules with the same bytes in src/kernels/generated/. Only what has changed is compiled.
import { spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { dirname, join } from 'node:path';
import { pack } from './pack.mjs';

const ASC = 'node_modules/assemblyscript/bin/asc.js';
const GENERATED = 'src/kernels/generated';
/** What each module was compiled from when that was last done, as hashes. */
const STAMPS = 'build/kernels.json';

/**
 * A WebAssembly module: what is compiled, how, and what is made of it.
 *
 * @typedef {{ entry: string, target: 'release' | 'debug', more?: string[], generated?: string, generate?: () => string }} Module
 */

/** @type {(name: string) => Module} */
const library = (name) => ({
  entry: `assembly/${name}.ts`,
  target: 'release',
  generated: `${GENERATED}/${name}.ts`,
  generate: () => libraryModule(name),
});

/** The slowest to compile first. @type {Record<string, Module>} */
const modules = {
  kernels: { entry: 'assembly/index.ts', target: 'release' },
  core: library('core'),
  layers: library('layers'),
  integers: library('integers'),
  'kernels.debug': {
    entry: 'assembly/index.ts',
    target: 'debug',
    more: ['--bindings', 'raw'],
    generated: `${GENERATED}/kernels.ts`,
    generate: kernelTypes,
  },
};

/** Their names, which are those of the files in build/. */
export const kernelModules = Object.keys(modules);

/**
 * Compiles what has changed since it was last compiled. With names of files in assembly/, only what the tests of these files
 * need: the libraries that hold them, and the types of the kernels.
 *
 * @param {readonly string[]} files without folder and `.ts`
 */
export async function buildKernels(files = []) {
  for (const file of files) if (!existsSync(`assembly/${file}.ts`)) throw new Error(`kernels: expected a file of assembly/, got ${file}`);
  const stamps = existsSync(STAMPS) ? JSON.parse(readFileSync(STAMPS, 'utf8')) : {};
  const jobs = Object.entries(modules).filter(([name, module]) => {
    if (files.length > 0 && !module.generated) return false;
    const sources = sourcesOf(module.entry);
    if (files.length > 0 && !files.some((file) => sources.includes(`assembly/${file}.ts`))) return false;
    const there = existsSync(`build/${name}.wasm`) && (!module.generated || existsSync(module.generated));
    return !there || stamps[name] !== stampOf(module, sources);
  });
  mkdirSync(GENERATED, { recursive: true });
  mkdirSync('build', { recursive: true });

  const work = async () => {
    for (let job = jobs.shift(); job; job = jobs.shift()) {
      const [name, module] = job;
      const stamp = stampOf(module, sourcesOf(module.entry));
      await compile(name, module);
      if (module.generated && module.generate) writeFileSync(module.generated, module.generate());
      stamps[name] = stamp;
      writeFileSync(STAMPS, JSON.stringify(stamps, undefined, 2));
    }
  };
  await Promise.all(Array.from({ length: availableParallelism() }, work));
}

/**
 * @param {string} name
 * @param {Module} module
 */
async function compile(name, { entry, target, more = [] }) {
  const out = `build/${name}.wasm`;
  // A compilation that fails leaves nothing that a later one could take for its result.
  rmSync(out, { force: true });
  const args = [ASC, entry, '--config', 'asconfig.json', '--target', target, '--outFile', out, ...more];
  const compiler = spawn(process.execPath, args, { stdio: ['ignore', 'inherit', 'pipe'] });
  let said = '';
  compiler.stderr.on('data', (text) => {
    said += text;
  });
  const code = await new Promise((resolve, reject) => compiler.on('error', reject).on('close', resolve));
  if (code !== 0) throw new Error(`kernels: ${entry} does not compile (${target}):\n${said}`);
}

/**
 * A file and all that it imports.
 *
 * @param {string} entry
 */
function sourcesOf(entry) {
  const found = [entry];
  for (const path of found) {
    for (const [, to] of readFileSync(path, 'utf8').matchAll(/^(?:import|export|\})[^'"\n]* from '(\.[^']+)';$/gm)) {
      const source = `${join(dirname(path), to)}.ts`;
      if (!found.includes(source)) found.push(source);
    }
  }
  return found.sort();
}

/**
 * A hash of all that a module depends on: its sources, the compiler and its settings, and what makes the generated module.
 *
 * @param {Module} module
 * @param {readonly string[]} sources
 */
function stampOf({ target, more = [] }, sources) {
  const hash = createHash('sha256').update(JSON.stringify([target, more, process.version]));
  const tools = ['asconfig.json', 'node_modules/assemblyscript/package.json', 'scripts/kernels.mjs', 'scripts/pack.mjs'];
  for (const path of [...tools, ...sources]) hash.update(`\n${path}\n`).update(readFileSync(path));
  return hash.digest('hex');
}

/** Turns asc's raw bindings into one interface, so that a kernel call is checked against the kernel itself. */
function kernelTypes() {
  const text = readFileSync('build/kernels.debug.d.ts', 'utf8');
  const kernels = [...text.matchAll(/export function (\w+)\(([^)]*)\): (\w+);/g)];
  if (kernels.length === 0) throw new Error('kernels: asc wrote no kernel types');
  const lines = kernels.map(([, name, parameters, result]) => `  ${name}(${parameters}): ${result};`);
  return `// Generated by scripts/kernels.mjs from the exports of assembly/index.ts.\nexport interface Kernels {\n${lines.join('\n')}\n}\n`;
}

/**
 * Compressed before base64: gzip finds little to compress in base64, so that this makes a bundle of 15 kB where it would be 25.
 *
 * @param {string} name of a wasm file in build/
 */
function libraryModule(name) {
  const bytes = readFileSync(`build/${name}.wasm`);
  const packed = Buffer.from(pack(bytes)).toString('base64');
  return `// Generated by scripts/kernels.mjs: the bytes of ${name}.wasm, as base64 of an LZMA stream.
export const ${name} = {
  file: '${name}.wasm',
  size: ${bytes.length},
  packed: () =>
    '${packed}',
};
`;
}
