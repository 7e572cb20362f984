import { describe, expect, it } from 'vitest';
import { expectClose, randoms, Sandbox } from './harness.ts';
import * as reference from './reference/normalization.ts';

const shapes = [
  [0, 3],
  [3, 0],
  [1, 1],
  [2, 2],
  [5, 3],
  [3, 4],
  [7, 5],
  [2, 8],
  [70, 31],
  [2, 10007],
  [1000, 21],
] as const;
const given = [
  ['gamma and beta', true, true],
  ['gamma', true, false],
  ['beta', false, true],
  ['neither', false, false],
] as const;

/** Weights of rows that sum to 1, some of them 0. */
function rowWeights(rows: number): Float32Array {
  const weights = randoms(rows, 9, 0, 1).map((v, i) => (i % 3 === 2 ? 0 : v + 0.1));
  const total = weights.reduce((a, b) => a + b, 0);
  return weights.map((v) => v / total);
}

describe.each(shapes)('normalization of [%i, %i]', (rows, columns) => {
  const n = rows * columns;
  const [data, dyData] = [randoms(n, 1, -2, 3), randoms(n, 2)];
  const [gammaData, betaData] = [randoms(columns, 3), randoms(columns, 4)];

  it.each(given)('layerNormalize and its gradient with %s', (_, withGamma, withBeta) => {
    const box = new Sandbox();
    const [x, dy] = [box.float32(data, 4), box.float32(dyData, 8)];
    const [gamma, beta] = [box.float32(gammaData, 4), box.float32(betaData)];
    const [mean, scale, y, dx] = [box.float32(rows), box.float32(rows, 4), box.float32(n, 12), box.float32(n)];
    const [g, b] = [withGamma ? gamma.address : 0, withBeta ? beta.address : 0];
    box.run(['layerNormalize', x.address, g, b, y.address, mean.address, scale.address, rows, columns, 0.01]);
    if (columns === 0) return;
    const moments = reference.rowMoments(data, columns, Math.fround(0.01));
    const [gammas, betas] = [withGamma ? gammaData : undefined, withBeta ? betaData : undefined];
    expectClose(mean.read(), moments.mean, { relative: 1e-6, absolute: 1e-6, name: 'mean' });
    expectClose(scale.read(), moments.scale, { relative: 2e-6, name: 'scale' });
    expectClose(y.read(), reference.affine(reference.normalized(data, columns, moments, true), columns, gammas, betas), {
      relative: 4e-6,
      absolute: 1e-5,
      name: 'y',
    });
    box.run(['layerNormalizeGradient', x.address, g, mean.address, scale.address, dy.address, dx.address, rows, columns]);
    expectClose(dx.read(), reference.layerGradient(data, columns, moments, dyData, gammas), { relative: 1e-5, absolute: 1e-5, name: 'dx' });
    box.run(['layerNormalizeGradient', x.address, g, mean.address, scale.address, dy.address, dy.address, rows, columns]);
    expect(dy.read()).toEqual(dx.read());
  });

  it.each([
    ['equal weights', false],
    ['weights', true],
  ] as const)('columnMoments with %s', (_, weighted) => {
    const box = new Sandbox();
    const x = box.float32(data, 4);
    const weights = box.float32(rowWeights(rows));
    const [mean, variance] = [box.float32(columns), box.float32(columns, 4)];
    box.run(['columnMoments', x.address, weighted ? weights.address : 0, mean.address, variance.address, rows, columns]);
    if (rows === 0) return;
    const given = weighted ? weights.read() : undefined;
    expectClose(mean.read(), reference.columnMeans(data, columns, given), { relative: 2e-6, absolute: 1e-6, name: 'mean' });
    const variances = reference.columnVariances(data, columns, reference.columnMeans(data, columns, given), given);
    expectClose(variance.read(), variances, { relative: 4e-6, absolute: 1e-6, name: 'variance' });
  });

  it.each([
    ['rows', 1],
    ['columns', 0],
  ] as const)('normalizedDots with moments of %s', (_, perRow) => {
    const box = new Sandbox();
    const count = perRow ? rows : columns;
    const [x, dy] = [box.float32(data, 4), box.float32(dyData, 8)];
    const [mean, scale, y] = [box.float32(randoms(count, 5)), box.float32(randoms(count, 6, 0.5, 2), 4), box.float32(columns, 4)];
    box.run(['normalizedDots', x.address, dy.address, mean.address, scale.address, y.address, rows, columns, perRow]);
    const moments = { mean: mean.read(), scale: scale.read() };
    const expected =
      rows === 0 ? Array(columns).fill(0) : reference.dots(reference.normalized(data, columns, moments, perRow === 1), dyData, columns);
    expectClose(y.read(), expected, { relative: 1e-5, absolute: 2e-5 });
  });

  it.each(given)('normalizeColumns and its gradient with %s', (_, withGamma, withBeta) => {
    const box = new Sandbox();
    const [x, dy] = [box.float32(data, 4), box.float32(dyData, 8)];
    const [gamma, beta] = [box.float32(gammaData, 4), box.float32(betaData)];
    const moments = { mean: Array.from(randoms(columns, 5)), scale: Array.from(randoms(columns, 6, 0.5, 2)) };
    const [mean, scale] = [box.float32(moments.mean), box.float32(moments.scale, 4)];
    const [y, dx] = [box.float32(n, 12), box.float32(n)];
    const [g, b] = [withGamma ? gamma.address : 0, withBeta ? beta.address : 0];
    const [gammas, betas] = [withGamma ? gammaData : undefined, withBeta ? betaData : undefined];
    box.run(['normalizeColumns', x.address, mean.address, scale.address, g, b, y.address, rows, columns]);
    const expected = reference.affine(reference.normalized(data, columns, moments, false), columns, gammas, betas);
    expectClose(y.read(), expected, { relative: 2e-6, absolute: 2e-6, name: 'y' });
    if (rows === 0 || columns === 0) return;
    const n2 = reference.normalized(data, columns, moments, false);
    const total = box.float32(
      reference.dots(
        n2.map(() => 1),
        dyData,
        columns,
      ),
    );
    const dots = box.float32(reference.dots(n2, dyData, columns), 4);
    const weights = box.float32(rowWeights(rows));
    const w = withBeta ? weights.address : 0;
    box.run([
      'normalizeColumnsGradient',
      x.address,
      dy.address,
      mean.address,
      scale.address,
      g,
      total.address,
      dots.address,
      w,
      dx.address,
      rows,
      columns,
    ]);
    const gradient = reference.columnsGradient(data, columns, moments, dyData, gammas, withBeta ? weights.read() : undefined);
    expectClose(dx.read(), gradient, { relative: 1e-5, absolute: 1e-5, name: 'dx' });
    box.run(['normalizeColumns', x.address, mean.address, scale.address, g, b, x.address, rows, columns]);
    expect(x.read()).toEqual(y.read());
  });
});

describe('layerNormalize', () => {
  it('keeps its precision far from 0 and among equal numbers', () => {
    const box = new Sandbox();
    const x = box.float32([1e6, 1e6 + 1, 1e6 + 2, 7, 7, 7]);
    const [mean, scale, y] = [box.float32(2), box.float32(2), box.float32(6)];
    box.run(['layerNormalize', x.address, 0, 0, y.address, mean.address, scale.address, 2, 3, 0]);
    expectClose(y.read().slice(0, 3), [-Math.sqrt(1.5), 0, Math.sqrt(1.5)], { relative: 1e-6 });
    // Nothing to divide by without an epsilon.
    expect([...y.read().slice(3)]).toEqual([NaN, NaN, NaN]);
    box.run(['layerNormalize', x.address, 0, 0, y.address, mean.address, scale.address, 2, 3, 1e-3]);
    expect([...y.read().slice(3)]).toEqual([0, 0, 0]);
  });
});
