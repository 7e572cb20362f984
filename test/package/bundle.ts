// A program and the package in one file, as a user's bundler makes it for a browser.
import { gzipSync } from 'node:zlib';
import { build } from 'esbuild';
import { rolldown } from 'rolldown';
import { core } from '../../src/kernels/generated/core.ts';
import { builtEntry, root } from './program.ts';

/** The minified ES module of a file or of a program's text, in which the name `keratin` stands for the built package. */
export async function bundle(program: string | { text: string }): Promise<string> {
  const { outputFiles } = await build({
    ...(typeof program === 'string' ? { entryPoints: [program] } : { stdin: { contents: program.text, resolveDir: root } }),
    alias: { keratin: builtEntry().replace(/\/index\.js$/, '') },
    bundle: true,
    minify: true,
    format: 'esm',
    platform: 'browser',
    target: 'es2022',
    write: false,
    logLevel: 'silent',
  });
  return outputFiles[0].text;
}

/** The same by rolldown, which is what Vite bundles with. */
export async function rolled(text: string): Promise<string> {
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
  return output[0].code;
}

/** Bytes after gzip at level 9, by the buffers of zlib's default or of the command, whichever gives more. */
export function gzipped(text: string): number {
  return Math.max(...[8, 9].map((memLevel) => gzipSync(text, { level: 9, memLevel }).length));
}

/** The core kernels as they travel in the bundle: base64 of the packed bytes. */
export const packedKernels = (): string => core.packed();
