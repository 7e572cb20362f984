// A program and the package in one file, as a user's bundler makes it for a browser.
import { readFileSync } from 'node:fs';
import { gzipSync } from 'node:zlib';
import { build } from 'esbuild';
import { builtEntry } from './program.ts';

/** The minified ES module of `entry`, in which the name `keratin` stands for the built package. */
export async function bundle(entry: string): Promise<string> {
  const { outputFiles } = await build({
    entryPoints: [entry],
    alias: { keratin: builtEntry() },
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

/** Bytes after gzip -9. */
export function gzipped(text: string): number {
  return gzipSync(text, { level: 9 }).length;
}

/** The wasm file beside the built package, for comparison with its base64 in the bundle. */
export function kernelBytes(): Uint8Array {
  return readFileSync(builtEntry().replace(/index\.js$/, 'kernels.wasm'));
}
