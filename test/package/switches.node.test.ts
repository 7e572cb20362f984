// KERATIN_CHECK and KERATIN_DEBUG as environment variables of a program that uses the build.
import { spawnSync } from 'node:child_process';
import { pathToFileURL } from 'node:url';
import { describe, expect, it } from 'vitest';
import { builtEntry } from './program.ts';

function run(source: string, environment: Record<string, string>): { stdout: string; stderr: string } {
  const text = `import { Sequential, layers, tensor } from ${JSON.stringify(pathToFileURL(builtEntry()).href)};\n${source}`;
  const { stdout, stderr, status } = spawnSync(process.execPath, ['--input-type=module', '-e', text], {
    env: { ...process.env, ...environment },
    encoding: 'utf8',
  });
  if (status !== 0) throw new Error(stderr);
  return { stdout, stderr };
}

const training = `
const model = new Sequential([new layers.Dense(3, { inputShape: [2], activation: 'relu' }), new layers.Dense(1)]);
model.compile({ optimizer: 'sgd', loss: 'mse' });
const train = () => model.fit([[1, 2], [3, 4]], [1, 0], { epochs: 2, verbose: 0 });
`;

describe('KERATIN_CHECK=1', () => {
  const spoiled = `${training}
model.layers[1].setWeights([[[1], [NaN], [1]], [0]]);
await train().catch((error) => console.log(error.message));
console.log('done');
`;

  it('stops a training step at the first NaN and names its layer', () => {
    const [message, done] = run(spoiled, { KERATIN_CHECK: '1' }).stdout.split('\n');
    expect(message).toMatch(/^NaN first appears in the output of matmul \(dense_1\), instruction \d+ \(\w+\), at position 0 of \[2, 1\]$/);
    expect(done).toBe('done');
  });

  it('is off by default', () => {
    expect(run(spoiled, { KERATIN_CHECK: '' }).stdout).toBe('done\n');
  });

  it('finds nothing to say about a training that is right, and changes none of its numbers', () => {
    const right = `${training}
model.setWeights(model.getWeights().map((w) => tensor(w.data.map((_, i) => (i + 1) / 8), w.shape)));
await train();
console.log(JSON.stringify(model.getWeights()));
`;
    expect(run(right, { KERATIN_CHECK: '1' }).stdout).toBe(run(right, { KERATIN_CHECK: '' }).stdout);
  });
});

describe('KERATIN_DEBUG', () => {
  const predict = `${training}model.predict([[1, 2]]);`;
  const summary = /^plan for \[1, 2\]: \d+ instructions, arena \d+ bytes \(\d+ without reuse\)/;

  it('prints nothing by default', () => {
    expect(run(predict, { KERATIN_DEBUG: '' }).stderr).toBe('');
  });

  it('1 prints the summary of a plan', () => {
    const lines = run(predict, { KERATIN_DEBUG: '1' }).stderr.trimEnd().split('\n');
    expect(lines).toHaveLength(1);
    expect(lines[0]).toMatch(summary);
  });

  it('2 prints times', () => {
    const { stderr } = run(predict, { KERATIN_DEBUG: '2' });
    expect(stderr).toMatch(summary);
    expect(stderr).toMatch(/, mean of 1\n +0 +[\d.]+ us +[\d.]+ GFLOP\/s +[\d.]+ GB\/s {2}matmul\w+ {2}# matmul \(dense\)\n/);
    expect(stderr).toMatch(/\n100\.0% +[\d.]+ us +[\d.]+ GFLOP\/s +[\d.]+ GB\/s {2}total\n/);
  });

  it('3 prints the plan', () => {
    const { stderr } = run(predict, { KERATIN_DEBUG: '3' });
    expect(stderr).toMatch(summary);
    expect(stderr).toMatch(/\n +0 {2}matmul\w+\(.*arena\+\d+.*\) {2}# matmul \(dense\)/);
    expect(stderr).toMatch(/ {2}# matmul \(dense\): arena\+\d+ \[1, 2\], kernel@\d+ \[2, 3\], .* -> arena\+\d+ \[1, 3\]\n/);
  });
});

describe("summary({ style: 'keras3' })", () => {
  it('is found by Node', () => {
    const { stdout } = run("new Sequential([new layers.Dense(3, { inputShape: [2] })]).summary({ style: 'keras3' });", {});
    expect(stdout).toMatch(/┃ Layer \(type\)/);
  });
});
