import { spawn } from 'node:child_process';
import fs, { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { build } from 'esbuild';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type FileSystem, fileSystem, isRunning } from '../../src/files/node.ts';
import { folderOf, inFolder, nameOf } from '../../src/files/paths.ts';
import { appendTo, writeWhole } from '../../src/files/write.ts';

let folder = '';
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'write-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

const real = fileSystem('test', '');

/** Node's file system with some calls replaced. */
const faulty = (calls: Partial<FileSystem>): FileSystem => ({ ...(fs as unknown as FileSystem), ...calls });

describe('writing files', () => {
  it('replaces a file in a new folder, and leaves nothing beside it', () => {
    const path = join(folder, 'a/b/c.bin');
    writeWhole(real, path, Uint8Array.of(1, 2, 3));
    writeWhole(real, path, Uint8Array.of(4));
    expect([...readFileSync(path)]).toEqual([4]);
    expect(readdirSync(join(folder, 'a/b'))).toEqual(['c.bin']);
  });

  it('replaces what a link leads to, with the permissions that it had', () => {
    const [path, link] = [join(folder, 'a'), join(folder, 'link')];
    writeWhole(real, path, Uint8Array.of(1));
    fs.chmodSync(path, 0o600);
    fs.symlinkSync('a', link);
    writeWhole(real, link, Uint8Array.of(2));
    expect([...readFileSync(path)]).toEqual([2]);
    expect(fs.lstatSync(link).isSymbolicLink()).toBe(true);
    if (process.platform !== 'win32') expect(fs.statSync(path).mode & 0o777).toBe(0o600);
    expect(readdirSync(folder).sort()).toEqual(['a', 'link']);
  });

  it('appends, and makes the folder', () => {
    const path = join(folder, 'x/log');
    for (const byte of [1, 2, 3]) appendTo(real, path, Uint8Array.of(byte));
    expect([...readFileSync(path)]).toEqual([1, 2, 3]);
  });

  it('goes on after a call that wrote a part only', () => {
    const path = join(folder, 'a');
    const slow = faulty({ writeSync: (file, bytes, offset, length) => fs.writeSync(file, bytes, offset, Math.min(length, 2)) });
    writeWhole(slow, path, Uint8Array.of(1, 2, 3, 4, 5));
    expect([...readFileSync(path)]).toEqual([1, 2, 3, 4, 5]);
  });

  it.each(['openSync', 'writeSync', 'fsyncSync', 'renameSync'] as const)('keeps the old file when %s fails', (name) => {
    const path = join(folder, 'a');
    writeWhole(real, path, Uint8Array.of(1));
    const full = () => {
      throw new Error('no space left');
    };
    expect(() => writeWhole(faulty({ [name]: full }), path, Uint8Array.of(2))).toThrow('no space left');
    expect([...readFileSync(path)]).toEqual([1]);
    expect(readdirSync(folder)).toEqual(['a']);
  });

  it('syncs the contents before the name', () => {
    const order: string[] = [];
    const watched = faulty({
      fsyncSync: (file) => {
        order.push('sync');
        fs.fsyncSync(file);
      },
      renameSync: (from, to) => {
        order.push('rename');
        fs.renameSync(from, to);
      },
    });
    writeWhole(watched, join(folder, 'a'), Uint8Array.of(1));
    expect(order).toEqual(['sync', 'rename', 'sync']);
  });

  it('removes what dead processes left beside the file, and nothing else', () => {
    mkdirSync(join(folder, 'd'));
    const path = join(folder, 'd/a');
    const dead = 2 ** 22 + 1; // above the largest process id of Linux
    expect([isRunning(dead), isRunning(process.pid)]).toEqual([false, true]);
    for (const name of [`a.tmp-${dead}-0`, `a.tmp-${process.ppid}-0`, `b.tmp-${dead}-0`, 'a.tmp-x'])
      writeFileSync(join(folder, 'd', name), '');
    writeWhole(real, path, Uint8Array.of(1));
    expect(readdirSync(join(folder, 'd')).sort()).toEqual(['a', `a.tmp-${process.ppid}-0`, 'a.tmp-x', `b.tmp-${dead}-0`].sort());
  });

  it('leaves a whole file when the process is killed', async () => {
    const size = 1 << 20;
    const entry = `import { fileSystem } from './src/files/node.ts';
      import { writeWhole } from './src/files/write.ts';
      for (let i = 0; ; i = (i + 1) % 256) writeWhole(fileSystem('', ''), process.argv[2], new Uint8Array(${size}).fill(i));`;
    const script = join(folder, 'writer.mjs');
    await build({
      stdin: { contents: entry, resolveDir: process.cwd() },
      bundle: true,
      format: 'esm',
      platform: 'node',
      outfile: script,
      logLevel: 'error',
    });
    const path = join(folder, 'state/a');
    for (let i = 0; i < 5; i++) {
      const child = spawn(process.execPath, [script, path]);
      while (!existsSync(path)) await new Promise((resolve) => setTimeout(resolve, 10));
      await new Promise((resolve) => setTimeout(resolve, 20 + i * 7));
      child.kill('SIGKILL');
      await new Promise((resolve) => child.once('exit', resolve));
      const bytes = readFileSync(path);
      expect(bytes.length).toBe(size);
      expect(bytes.every((byte) => byte === bytes[0])).toBe(true);
    }
    writeWhole(real, path, Uint8Array.of(1));
    expect(readdirSync(join(folder, 'state'))).toEqual(['a']);
  });
});

it('parts of paths', () => {
  expect(['a/b/c', 'a', '/a', 'C:\\logs\\a'].map(folderOf)).toEqual(['a/b', '.', '/', 'C:\\logs']);
  expect(['a/b/c', 'a', 'C:\\logs\\a'].map(nameOf)).toEqual(['c', 'a', 'a']);
  expect([inFolder('a', 'b'), inFolder('a/', 'b'), inFolder('/', 'b')]).toEqual(['a/b', 'a/b', '/b']);
});
