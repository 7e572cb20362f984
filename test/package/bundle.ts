// A program and the package in one file, as a user's bundler makes it for a browser.
import { gzipSync } from 'node:zlib';
import { build } from 'esbuild';
import { core } from '../../src/runtime/generated/core.ts';
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

/** Bytes after gzip at level 9. */
export function gzipped(text: string): number {
  return gzipSync(text, { level: 9 }).length;
}

/** The core kernels as they travel in the bundle: base64 of the packed bytes. */
export const packedKernels = (): string => core.packed();
