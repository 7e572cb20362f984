// Node's entry loads most of the package later; it must not show.
import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { build } from 'esbuild';
import { rolldown } from 'rolldown';
import { afterAll, describe, expect, it } from 'vitest';
import { builtEntry, root } from './program.ts';

// Vitest would load a second copy of what Node loads by `require`, so Node runs this by itself.
const comparison = `
import assert from 'node:assert/strict';
import * as ours from 'keratin';
import * as all from '${builtEntry()}';

const isNamespace = (value) => Object.prototype.toString.call(value) === '[object Module]';
assert.deepEqual(Object.keys(ours).sort(), Object.keys(all).sort());
for (const [name, value] of Object.entries(all)) {
  if (isNamespace(value)) {
    assert.ok(isNamespace(ours[name]), name);
    assert.notEqual(ours[name], value, 'a namespace that loads later');
    assert.deepEqual(Object.keys(ours[name]).sort(), Object.keys(value).sort(), name);
    for (const [inner, one] of Object.entries(value)) assert.equal(ours[name][inner], one, name + '.' + inner);
  } else if (typeof value !== 'function' || String(value).startsWith('class')) {
    assert.equal(ours[name], value, name);
  } else {
    assert.equal(typeof ours[name], 'function', name);
  }
}
assert.deepEqual(ours.readNpy(ours.writeNpy(ours.tensor([1, 2, 3]))).array(), [1, 2, 3]);
assert.throws(() => ours.readNpy(new Uint8Array(3)), ours.ModelFormatError);
await assert.rejects(ours.loadModel(new Uint8Array(3)), ours.ModelFormatError);
assert.throws(() => { ours.layers.Dense = 1; }, TypeError);
assert.equal('NoSuchLayer' in ours.layers, false);
for (const name of ['ValueError', 'Tensor', 'Sequential', 'Dataset']) assert.equal(ours[name].name, name);
assert.equal(ours.layers.LSTM.name, 'LSTM');
console.log(Object.keys(all).length);
`;

describe("Node's entry", () => {
  it('has the names, classes and values of the other entry, hands calls and errors on, and cannot be changed', () => {
    const { stdout, stderr } = spawnSync(process.execPath, ['--input-type=module', '--eval', comparison], { cwd: root, encoding: 'utf8' });
    expect(stderr).toBe('');
    expect(Number(stdout)).toBeGreaterThan(60);
  });

  it('is not what a host gets that cannot require modules', () => {
    const resolve = "console.log(import.meta.resolve('keratin'))";
    const ask = (...options: string[]) =>
      spawnSync(process.execPath, [...options, '--input-type=module', '--eval', resolve], { cwd: root, encoding: 'utf8' }).stdout.trim();
    expect(ask()).toMatch(/dist\/node\.js$/);
    expect(ask('--no-experimental-require-module')).toMatch(/dist\/index\.js$/);
  });
});

describe('a bundle for Node', () => {
  const text = `
import 'keratin/saving';
import { Sequential, layers, loadModel, setRandomSeed } from 'keratin';
setRandomSeed(1);
const model = new Sequential([new layers.Embedding(9, 4, { inputLength: 5 }), new layers.LSTM(3), new layers.Dense(1)]);
const before = model.predict([[1, 2, 3, 4, 5]]).at(0, 0);
const again = await loadModel(await model.toKeras());
console.log(again.predict([[1, 2, 3, 4, 5]]).at(0, 0) === before);
`;
  const folder = mkdtempSync(join(tmpdir(), 'keratin-'));
  const program = join(folder, 'program.mjs');
  afterAll(() => rmSync(folder, { recursive: true }));

  const runs = (file: string) => {
    const { status, stdout, stderr } = spawnSync(process.execPath, [file], { encoding: 'utf8' });
    expect(stderr).toBe('');
    expect([status, stdout.trim()]).toEqual([0, 'true']);
  };

  it('made by esbuild runs', async () => {
    const out = join(folder, 'esbuild.mjs');
    await build({
      stdin: { contents: text, resolveDir: root },
      bundle: true,
      format: 'esm',
      platform: 'node',
      outfile: out,
      logLevel: 'silent',
      conditions: ['module-sync'],
    });
    runs(out);
  });

  it('made by rolldown runs', async () => {
    writeFileSync(program, text);
    const out = join(folder, 'rolldown.mjs');
    const alias = { 'keratin/saving': `${root}dist/parts/saving.js`, keratin: `${root}dist/node.js` };
    const made = await rolldown({ input: program, platform: 'node', resolve: { alias } });
    await made.write({ file: out, format: 'esm', codeSplitting: false });
    await made.close();
    runs(out);
  });
});
