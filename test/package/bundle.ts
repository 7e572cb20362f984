// A program and the package in one file, as a user's bundler makes it for a browser.
import { readFileSync } from 'node:fs';
import { gzipSync } from 'node:zlib';
import { build } from 'esbuild';
import { builtEntry } from './program.ts';

/** The minified ES module of `entry`, in which the name `keratin` stands for the built package. */
export async function bundle(entry: string): Promise<string> {
  const { outputFiles } = await build({
    entryPoints: [entry],
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

/** Bytes after gzip at level 9 by zlib of Node; the gzip tool gives 2 % more. */
export function gzipped(text: string): number {
  return gzipSync(text, { level: 9 }).length;
}

/** The core kernels as they travel in the bundle: base64 of the packed bytes. */
export function packedKernels(): string {
  const text = readFileSync(builtEntry().replace(/index\.js$/, 'runtime/generated/core.js'), 'utf8');
  return /packed: *'([^']+)'/.exec(text.replace(/\n/g, ''))?.[1] ?? '';
}
