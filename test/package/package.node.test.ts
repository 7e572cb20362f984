import { copyFileSync, existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { unpack } from '../../src/kernels/unpack.ts';
import { install, npm, run } from './installed.ts';
import { program, root } from './program.ts';

const manifest = JSON.parse(readFileSync(`${root}package.json`, 'utf8'));

function packedFiles(): string[] {
  const [{ files }] = JSON.parse(npm(['pack', '--dry-run', '--json', '--ignore-scripts'], root));
  return files.map(({ path }: { path: string }) => path).sort();
}

/** Every file that an entry of package.json names. */
function named(entry: unknown): string[] {
  if (typeof entry === 'string') return [entry];
  return entry && typeof entry === 'object' ? Object.values(entry).flatMap(named) : [];
}

describe('the tarball', () => {
  const files = packedFiles();

  it.each(['dist/index.js', 'dist/index.d.ts', 'dist/kernels.wasm', 'LICENSE', 'README.md', 'CHANGELOG.md', 'package.json'])(
    'holds %s',
    (file) => {
      expect(files).toContain(file);
    },
  );

  it('holds nothing else but the build', () => {
    const others = files.filter((file) => !file.startsWith('dist/'));
    expect(others).toEqual(['CHANGELOG.md', 'LICENSE', 'README.md', 'package.json']);
    const strange = files.filter((file) => file.startsWith('dist/') && !/\.(js|d\.ts|wasm)$/.test(file));
    expect(strange).toEqual([]);
    expect(files.filter((file) => /(^|\/)(test|fixtures|bench|examples)\/|\.test\./.test(file))).toEqual([]);
  });

  it('holds every file that package.json names', () => {
    const paths = [...named(manifest.exports), manifest.main, manifest.module, manifest.types].map((path) => path.replace(/^\.\//, ''));
    expect(paths.length).toBeGreaterThan(4);
    expect(paths.filter((path) => !files.includes(path) || !existsSync(root + path))).toEqual([]);
  });
});

describe('package.json', () => {
  it('asks for nothing', () => {
    for (const key of ['dependencies', 'peerDependencies', 'optionalDependencies', 'bundleDependencies']) {
      expect(Object.keys(manifest[key] ?? {}), key).toEqual([]);
    }
  });

  it('runs nothing when it is installed', () => {
    const scripts = Object.keys(manifest.scripts);
    expect(scripts.filter((name) => /^(pre|post)?(install|uninstall)$|^prepare$/.test(name))).toEqual([]);
  });
});

describe('the installed package', () => {
  it('runs a program in Node', () => {
    const { folder, remove } = install();
    onTestFinished(remove);
    copyFileSync(program.path, join(folder, 'program.mjs'));
    expect(run(process.execPath, ['program.mjs'], folder)).toMatch(program.prints);
  });

  it.each(['core', 'layers'])('holds kernels that its file has too: %s', async (name) => {
    const { [name]: library } = await import(`${root}build/modules/kernels/generated/${name}.js`);
    const kernelsOf = (bytes: Uint8Array) =>
      WebAssembly.Module.exports(new WebAssembly.Module(new Uint8Array(bytes))).map((entry) => entry.name);
    const all = kernelsOf(readFileSync(`${root}dist/kernels.wasm`));
    const bytes = unpack(Buffer.from(library.packed(), 'base64'), library.size);
    for (const kernel of kernelsOf(bytes)) expect(all).toContain(kernel);
  });
});
