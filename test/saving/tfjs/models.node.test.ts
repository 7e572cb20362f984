// Folders of TensorFlow.js on the disk and behind addresses.
import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterAll, expect, it } from 'vitest';
import { layers, loadTfjsModel, Sequential, saveTfjsModel, tensor, toTfjs } from '../../../src/index.ts';

const folder = mkdtempSync(join(tmpdir(), 'keratin-tfjs-'));
afterAll(() => rmSync(folder, { recursive: true }));

const make = () => new Sequential([new layers.Dense(3, { inputShape: [2], activation: 'relu' }), new layers.Dense(1)]);
const x = tensor([1, 2, 3, 4], [2, 2]);

it('writes a folder that is read by path and by URL', async () => {
  const model = make();
  const path = join(folder, 'a', 'saved');
  await saveTfjsModel(model, path, { shardSize: 20 });
  expect(readdirSync(path).sort()).toEqual([1, 2, 3].map((i) => `group1-shard${i}of3.bin`).concat('model.json'));
  for (const source of [join(path, 'model.json'), pathToFileURL(join(path, 'model.json'))]) {
    const copy = await loadTfjsModel(source);
    expect((copy.predict(x) as typeof x).data).toEqual((model.predict(x) as typeof x).data);
  }
  rmSync(join(path, 'group1-shard2of3.bin'));
  await expect(loadTfjsModel(join(path, 'model.json'))).rejects.toThrow(/group1-shard2of3\.bin', which is not there/);
  await expect(saveTfjsModel(model, '')).rejects.toThrow(/expected the path of a folder/);
});

it('asks for the weights beside model.json, with what the address asks for', async () => {
  const model = make();
  const files = toTfjs(model);
  const asked: string[] = [];
  const server = createServer((request, response) => {
    asked.push(request.url as string);
    const found = files[(request.url as string).replace(/^\/deep\/|\?.*$/g, '')];
    response.writeHead(found ? 200 : 404).end(found);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = `http://127.0.0.1:${(server.address() as AddressInfo).port}/deep/model.json?key=1`;
  try {
    for (const source of [address, new URL(address)]) {
      expect(((await loadTfjsModel(source)).predict(x) as typeof x).data).toEqual((model.predict(x) as typeof x).data);
    }
  } finally {
    server.close();
    server.closeAllConnections();
  }
  const wanted = ['/deep/model.json?key=1', '/deep/group1-shard1of1.bin?key=1'];
  expect(asked).toEqual([...wanted, ...wanted]);
});

it('opens nothing outside of the folder', async () => {
  const files = toTfjs(make());
  const json = JSON.parse(new TextDecoder().decode(files['model.json']));
  json.weightsManifest[0].paths = ['../secret.bin'];
  writeFileSync(join(folder, 'model.json'), JSON.stringify(json));
  await expect(loadTfjsModel(join(folder, 'model.json'))).rejects.toThrow(/Only files beside model\.json are opened/);
});
