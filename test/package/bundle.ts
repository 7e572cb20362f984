// A program and the package in one file, as a user's bundler makes it for a browser.
import { gzipSync } from 'node:zlib';
import { build } from 'esbuild';
import { rolldown } from 'rolldown';
import { core } from '../../src/kernels/generated/core.ts';
import { builtEntry, root } from './program.ts';

const options = () =>
  ({
    alias: { keratin: builtEntry().replace(/\/index\.js$/, '') },
    bundle: true,
    minify: true,
    format: 'esm',
    platform: 'browser',
    target: 'es2022',
    write: false,
    logLevel: 'silent',
  }) as const;

const entryOf = (program: string | { text: string }) =>
  typeof program === 'string' ? { entryPoints: [program] } : { stdin: { contents: program.text, resolveDir: root } };

/** The minified ES module of a file or of a program's text, in which the name `keratin` stands for the built package: all in one. */
export async function bundle(program: string | { text: string }): Promise<string> {
  const { outputFiles } = await build({ ...entryOf(program), ...options() });
  return outputFiles[0].text;
}

/** What a page loads of a program before it runs: the entry and what it imports, of which esbuild splits off what comes later. */
export async function split(program: string | { text: string }): Promise<string[]> {
  const { outputFiles, metafile } = await build({
    ...entryOf(program),
    ...options(),
    splitting: true,
    metafile: true,
    outdir: '/out',
    absWorkingDir: '/',
  });
  const textOf = new Map(outputFiles.map(({ path, text }) => [path.replace(/^\//, ''), text]));
  // The program comes first; entries are the modules that are imported later too.
  const [entry] = Object.keys(metafile.outputs).filter((name) => /^out\/(stdin|[\w-]+)\.js$/.test(name) && !/-\w{8}\.js$/.test(name));
  return loadedFrom(entry, (name) => ({
    text: textOf.get(name) ?? '',
    imports: metafile.outputs[name].imports.filter(({ kind }) => kind === 'import-statement').map(({ path }) => path),
  }));
}

/** The same by rolldown, which is what Vite bundles with. */
export async function rolled(text: string): Promise<string[]> {
  const folder = builtEntry().replace(/\/index\.js$/, '');
  const isProgram = (id: string): boolean => id === 'program.mjs';
  const build = await rolldown({
    input: 'program.mjs',
    platform: 'browser',
    resolve: { alias: { keratin: folder } },
    plugins: [{ name: 'program', resolveId: (id) => (isProgram(id) ? id : null), load: (id) => (isProgram(id) ? text : null) }],
  });
  const { output } = await build.generate({ format: 'esm', minify: true });
  await build.close();
  const chunks = new Map(output.flatMap((file) => (file.type === 'chunk' ? [[file.fileName, file] as const] : [])));
  return loadedFrom(output[0].fileName, (name) => ({ text: chunks.get(name)?.code ?? '', imports: chunks.get(name)?.imports ?? [] }));
}

/** The texts of a file and of all that it imports. */
function loadedFrom(entry: string, fileOf: (name: string) => { text: string; imports: readonly string[] }): string[] {
  const names = new Set([entry]);
  for (const name of names) for (const next of fileOf(name).imports) names.add(next);
  return [...names].map((name) => fileOf(name).text);
}

/** Bytes after gzip at level 9, by the buffers of zlib's default or of the command, whichever gives more; of several files the sum. */
export function gzipped(...files: readonly string[]): number {
  return files.reduce((sum, text) => sum + Math.max(...[8, 9].map((memLevel) => gzipSync(text, { level: 9, memLevel }).length)), 0);
}

/** The core kernels as they travel in the bundle: base64 of the packed bytes. */
export const packedKernels = (): string => core.packed();
