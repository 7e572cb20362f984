// Models and weights in files on a disk.
import { spawn } from 'node:child_process';
import fs, { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { build } from 'esbuild';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { layers, loadModel, ModelFormatError, Sequential, toKeras, toWeightsH5, ValueError } from '../../src/index.ts';
import { bitsOf, numbersFor, predictions, stateOf, step } from './round-trip.ts';

let folder = '';
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'models-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

const x = numbersFor([3, 4]);
function trained(units = 2): Sequential {
  const model = new Sequential([new layers.Dense(units, { inputShape: [4] }), new layers.Dense(1)]);
  model.compile({ optimizer: 'adam', loss: 'mse' });
  step(model, x);
  return model;
}

describe('model.save', () => {
  it('makes folders, replaces the file as a whole and leaves nothing beside it', async () => {
    const path = join(folder, 'a/b/model.keras');
    const [first, second] = [trained(), trained(5)];
    await first.save(path);
    expect(stateOf(await loadModel(path))).toEqual(stateOf(first));
    await second.save(path);
    expect(stateOf(await loadModel(path))).toEqual(stateOf(second));
    expect(readdirSync(join(folder, 'a/b'))).toEqual(['model.keras']);
  });

  it.each([['model.h5'], ['model'], ['model.keras.zip'], [''], ['.KERAS'], [undefined], [3]])('takes no path such as %j', async (path) => {
    const wrong = trained().save(path === undefined || path === 3 ? (path as never) : join(folder, path as string));
    await expect(wrong).rejects.toThrow(ValueError);
    await expect(wrong).rejects.toThrow(/\.save: expected a path that ends in '\.keras', got .*\. Add the ending\./);
    expect(readdirSync(folder)).toEqual([]);
  });

  it('writes the model of the moment of the call', async () => {
    const path = join(folder, 'model.keras');
    const model = trained();
    const before = stateOf(model);
    const [written, bytes, weights] = [model.save(path), model.toKeras(), model.toWeightsH5()];
    step(model, x);
    model.pop();
    await written;
    for (const source of [path, await bytes]) expect(stateOf(await loadModel(source))).toEqual(before);
    const copy = trained();
    await copy.loadWeights(await weights);
    expect(stateOf(copy)).toEqual(before);
  });

  it('wants a model that is built for its weights alone', async () => {
    const model = new Sequential([new layers.Dense(2)]);
    const advice =
      /expected a model with weights, got one that is not built\. Pass inputShape to the first layer, or fit or predict first\./;
    await expect(model.saveWeights(join(folder, 'a.weights.h5'))).rejects.toThrow(advice);
    await expect(model.toWeightsH5()).rejects.toThrow(advice);
    expect((await loadModel(toKeras(model))).built).toBe(false);
    expect(() => toWeightsH5(model)).toThrow(advice);
    expect(readdirSync(folder)).toEqual([]);
  });

  it('keeps the old file when the disk is full, or a folder is in the way', async () => {
    const path = join(folder, 'model.keras');
    const model = trained();
    await model.save(path);
    const before = readFileSync(path);
    const full = vi.spyOn(fs, 'writeSync').mockImplementation(() => {
      throw Object.assign(new Error('ENOSPC: no space left on device'), { code: 'ENOSPC' });
    });
    await expect(trained().save(path)).rejects.toThrow('no space left');
    full.mockRestore();
    expect(readFileSync(path).equals(before)).toBe(true);
    expect(readdirSync(folder)).toEqual(['model.keras']);
    mkdirSync(join(folder, 'd.keras'));
    const inTheWay = model.save(join(folder, 'd.keras'));
    await expect(inTheWay).rejects.toThrow(ValueError);
    await expect(inTheWay).rejects.toThrow(
      /\.save: expected a path that can be written, got '.*d\.keras' \(E.*\)\. What was there is as before/,
    );
    writeFileSync(join(folder, 'file'), '');
    await expect(model.save(join(folder, 'file/model.keras'))).rejects.toThrow(ValueError);
    expect(readdirSync(folder).sort()).toEqual(['d.keras', 'file', 'model.keras']);
  });

  it('leaves a whole file when the process is killed, and the next one tidies up', async () => {
    const entry = `import { layers, Sequential } from './src/index.ts';
      const model = new Sequential([new layers.Dense(512, { inputShape: [512] })]);
      for (let i = 0; ; i++) {
        model.setWeights([new Float32Array(512 * 512).fill(i), new Float32Array(512).fill(i)].map((data, k) => (k ? data : Array.from({ length: 512 }, (_, r) => data.subarray(r * 512, r * 512 + 512)))));
        await model.save(process.argv[2]);
      }`;
    const script = join(folder, 'writer.mjs');
    await build({
      stdin: { contents: entry, resolveDir: process.cwd() },
      bundle: true,
      format: 'esm',
      platform: 'node',
      // The package says of its files, not of these, which of them do something when they are imported.
      ignoreAnnotations: true,
      outfile: script,
      logLevel: 'error',
    });
    const path = join(folder, 'state/model.keras');
    for (let i = 0; i < 5; i++) {
      const child = spawn(process.execPath, [script, path], { stdio: ['ignore', 'ignore', 'inherit'] });
      const exited = new Promise<number | null>((resolve) => child.once('exit', resolve));
      while (!existsSync(path) && child.exitCode === null) await new Promise((resolve) => setTimeout(resolve, 10));
      await new Promise((resolve) => setTimeout(resolve, 30 + i * 23));
      child.kill('SIGKILL');
      expect(await exited).toBe(null);
      const [kernel, bias] = (await loadModel(path)).getWeights();
      expect(kernel.data.every((value) => value === bias.data[0])).toBe(true);
    }
    const model = trained();
    await model.save(path);
    expect(readdirSync(join(folder, 'state'))).toEqual(['model.keras']);
    expect(stateOf(await loadModel(path))).toEqual(stateOf(model));
  });
});

describe('loadModel', () => {
  it('takes a path, file addresses, links, bytes, Blobs and what a server answers', async () => {
    const model = trained();
    const path = join(folder, 'ein modell é.keras');
    await model.save(path);
    symlinkSync(path, join(folder, 'link.keras'));
    const bytes = readFileSync(path);
    const server = createServer((request, response) => {
      if (request.url === '/model.keras') response.end(bytes);
      else if (request.url === '/part.keras') response.write(bytes.subarray(0, 1000), () => response.destroy());
      else response.writeHead(404).end();
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const address = `http://127.0.0.1:${(server.address() as AddressInfo).port}/`;
    try {
      const sources = [
        path,
        pathToFileURL(path),
        join(folder, 'link.keras'),
        bytes,
        new Uint8Array(bytes).buffer,
        new Blob([bytes]),
        new File([bytes], 'model.keras'),
        `${address}model.keras`,
        new URL('model.keras', address),
        await fetch(`${address}model.keras`),
      ];
      for (const source of sources) expect(stateOf(await loadModel(source))).toEqual(stateOf(model));
      await expect(loadModel(`${address}other.keras`)).rejects.toThrow(
        /loadModel: expected a file at '.*other\.keras', got the answer 404/,
      );
      const broken = loadModel(`${address}part.keras`);
      await expect(broken).rejects.toThrow(ValueError);
      await expect(broken).rejects.toThrow(/^loadModel: expected a whole file, got one that broke off after \d+ bytes/);
    } finally {
      await new Promise((resolve) => server.close(resolve));
    }
  });

  it('takes the text of a file: address', async () => {
    const path = join(folder, 'a b.keras');
    const model = trained();
    await model.save(path);
    expect(stateOf(await loadModel(pathToFileURL(path).href))).toEqual(stateOf(model));
  });

  it.each([
    [
      'a file that is not there',
      () => join(folder, 'none.keras'),
      /^loadModel: expected the path of a file, got '.*none\.keras', which is not there\./,
    ],
    [
      'an address of no file',
      () => pathToFileURL(join(folder, 'none.keras')),
      /^loadModel: expected the path of a file, got 'file:.*none\.keras', which is not there\./,
    ],
    ['a folder', () => folder, /^loadModel: expected the path of a file, got '.*models-.*', which is a folder\./],
    ['an empty text', () => '', /^loadModel: expected the path of a file, got ''/],
    [
      'a server that is not there',
      () => 'http://127.0.0.1:1/a.keras',
      /^loadModel: expected a file at 'http:.*', got '.*'\. Check the address\./,
    ],
    ['an address that is none', () => 'http://', /^loadModel: expected a file at 'http:..', got '.*'\. Check the address\./],
    ['a file address that is none', () => 'file://[', /^loadModel: expected the path of a file, got 'file:...', which is not there/],
    ['a number', () => 3 as never, /^loadModel: expected a path, a URL, bytes, a Blob or a Response, got 3/],
    ['null', () => null as never, /^loadModel: expected a path, a URL, bytes, a Blob or a Response, got null/],
  ])('refuses %s', async (_what, source, message) => {
    const wrong = loadModel(source());
    await expect(wrong).rejects.toThrow(ValueError);
    await expect(wrong).rejects.toThrow(message);
  });

  it('names the file in its errors', async () => {
    const path = join(folder, 'broken.keras');
    writeFileSync(path, (await trained().toKeras()).subarray(0, 500));
    await expect(loadModel(path)).rejects.toThrow(/broken\.keras: cannot read this as ZIP/);
    await expect(loadModel(path)).rejects.toThrow(ModelFormatError);
    writeFileSync(path, '');
    await expect(loadModel(path)).rejects.toThrow(/broken\.keras: cannot read/);
  });

  it('opens nothing else: bytes are read without a file system or a network', async () => {
    const model = trained();
    const bytes = await model.toKeras();
    const opened: string[] = [];
    const spies = (Object.keys(fs) as (keyof typeof fs)[])
      .filter((name) => typeof fs[name] === 'function' && !/^[A-Z_]/.test(name))
      .map((name) =>
        vi.spyOn(fs, name as 'readFileSync').mockImplementation(() => {
          opened.push(name);
          throw new Error(`fs.${name} was used`);
        }),
      );
    vi.stubGlobal('fetch', () => {
      opened.push('fetch');
      throw new Error('fetch was used');
    });
    let copy: Awaited<ReturnType<typeof loadModel>>;
    try {
      copy = await loadModel(bytes);
      await copy.loadWeights(await model.toWeightsH5());
    } finally {
      for (const spy of spies) spy.mockRestore();
      vi.unstubAllGlobals();
    }
    expect(opened).toEqual([]);
    expect(stateOf(copy)).toEqual(stateOf(model));
  });
});

describe('saveWeights and loadWeights', () => {
  it('go through a file, optimizer and all', async () => {
    const [model, other] = [trained(), trained()];
    const path = join(folder, 'w/a.weights.h5');
    await model.saveWeights(path);
    expect(readdirSync(join(folder, 'w'))).toEqual(['a.weights.h5']);
    await other.loadWeights(path);
    expect(step(other, x)).toEqual(step(model, x));
    expect(bitsOf(predictions(other, x))).toEqual(bitsOf(predictions(model, x)));
    await model.save(join(folder, 'a.keras'));
    await other.loadWeights(pathToFileURL(join(folder, 'a.keras')));
    expect(bitsOf(other.getWeights())).toEqual(bitsOf(model.getWeights()));
  });

  it('check the ending, and what they are given', async () => {
    const model = trained();
    for (const name of ['a.h5', 'a.keras', 'weights.h5', 'a'])
      await expect(model.saveWeights(join(folder, name))).rejects.toThrow(
        /\.saveWeights: expected a path that ends in '\.weights\.h5', got /,
      );
    expect(readdirSync(folder)).toEqual([]);
    await expect(model.loadWeights(join(folder, 'none.weights.h5'))).rejects.toThrow(/\.loadWeights: expected the path of a file, got /);
    await expect(model.loadWeights(folder)).rejects.toThrow(/\.loadWeights: expected the path of a file, got .*, which is a folder/);
    await expect(model.loadWeights(await model.toWeightsH5(), { skipMissmatch: true } as never)).rejects.toThrow(
      'Did you mean skipMismatch?',
    );
  });

  it('leave the model as it was when a file does not fit, or is damaged', async () => {
    const model = trained();
    const before = stateOf(model);
    await expect(model.loadWeights(await trained(3).toWeightsH5())).rejects.toThrow(
      /expected weight kernel of shape \[4, 2\], got \[4, 3\]/,
    );
    const bytes = await model.toWeightsH5();
    for (const size of [0, 8, 100, bytes.length >> 1, bytes.length - 1]) {
      await expect(model.loadWeights(bytes.slice(0, size))).rejects.toThrow(ModelFormatError);
    }
    expect(stateOf(model)).toEqual(before);
  });
});
