import { spawnSync } from 'node:child_process';
import { copyFileSync, existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join, posix } from 'node:path';
import { describe, expect, it } from 'vitest';
import { unpack } from '../../src/kernels/unpack.ts';
import { install, run } from './installed.ts';
import { program, root } from './program.ts';

const manifest = JSON.parse(readFileSync(`${root}package.json`, 'utf8'));

/** Every file that an entry of package.json names. */
function named(entry: unknown): string[] {
  if (typeof entry === 'string') return [entry];
  return entry && typeof entry === 'object' ? Object.values(entry).flatMap(named) : [];
}

describe('the tarball', () => {
  const { files } = install();

  it.each(['dist/index.js', 'dist/index.d.ts', 'dist/kernels.wasm', 'LICENSE', 'README.md', 'CHANGELOG.md', 'package.json'])(
    'holds %s',
    (file) => {
      expect(files).toContain(file);
    },
  );

  it('holds the build, its sources, the documentation and the examples, and nothing else', () => {
    const kinds = /^(dist\/.*\.(js|d\.ts|map|wasm)|src\/.*\.ts|docs\/\w+\.md|examples\/[\w-]+\.mjs)$/;
    expect(files.filter((file) => !kinds.test(file))).toEqual(['CHANGELOG.md', 'LICENSE', 'README.md', 'package.json']);
    expect(files.filter((file) => file.includes('generated') && file.startsWith('src/'))).toEqual([]);
  });

  it('holds what its source maps lead to', () => {
    const maps = files.filter((file) => file.endsWith('.map'));
    const dead = maps.flatMap((file) => {
      const { sources, sourcesContent } = JSON.parse(readFileSync(root + file, 'utf8'));
      expect(sourcesContent, file).toBeUndefined();
      return sources.map((source: string) => posix.join(posix.dirname(file), source)).filter((path: string) => !files.includes(path));
    });
    expect(maps).toContain('dist/index.d.ts.map');
    expect(maps.filter((file) => file.endsWith('.js.map')).length).toBeGreaterThan(0);
    expect([...new Set(dead)]).toEqual([]);
  });

  it('holds what its documentation leads to', () => {
    const pages = files.filter((file) => file.endsWith('.md'));
    const dead = pages.flatMap((page) => {
      const links = [...readFileSync(root + page, 'utf8').matchAll(/\]\((?!https?:|#)([^)#]+)/g)].map(([, link]) => link);
      return links.map((link) => posix.join(posix.dirname(page), link)).filter((path) => !files.includes(path));
    });
    expect(dead).toEqual([]);
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
    const { folder } = install();
    copyFileSync(program.path, join(folder, 'program.mjs'));
    expect(run(process.execPath, ['program.mjs'], folder)).toMatch(program.prints);
  });

  it('shows the message and the names of what was called when an error ends a program', () => {
    const { folder } = install();
    writeFileSync(join(folder, 'failing.mjs'), "import { Dense, Sequential } from 'keratin';\nnew Sequential([new Dense(-1)]);\n");
    const { stderr } = spawnSync(process.execPath, ['failing.mjs'], { cwd: folder, encoding: 'utf8' });
    expect(stderr).toMatch(/^ValueError: dense: expected units to be a positive integer, got -1\. .*\n( {4}at .*\n)* {4}at new Dense \(/m);
    expect(stderr.split('\n').filter((line) => line.length > 250)).toEqual([]);
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
