import { describe, expect, test } from 'vitest';
import { expectClose, randoms, Sandbox } from './harness.ts';
import * as reference from './reference/metrics.ts';

const box = new Sandbox();
const sizes = [0, 1, 2, 3, 5, 8, 31, 200];

/** Random targets of 0 and 1, predictions with some at the thresholds, weights. */
function samples(n: number) {
  const target = randoms(n, n + 1, 0, 1).map(Math.round);
  const prediction = randoms(n, n + 2, -0.1, 1.1).map((p, i) => (i % 5 === 0 ? 0.5 : i % 7 === 0 ? 0 : i % 11 === 0 ? 1 : p));
  return { target, prediction, weights: randoms(n, n + 3, 0, 2) };
}

describe.each(sizes)('%i elements', (n) => {
  const { target, prediction, weights } = samples(n);
  const [y, p, w] = [box.float32(target), box.float32(prediction, 4), box.float32(weights)];

  test.each([true, false])('confusion, weighted: %s', (weighted) => {
    const before = [1, 2, 3, 4];
    const state = box.float32(before);
    box.run(['confusion', y.address, p.address, weighted ? w.address : 0, state.address, n, 0.5]);
    const counts = reference.confusion(target, prediction, weighted ? weights : undefined, 0.5);
    expectClose(
      state.read(),
      counts.map((count, i) => count + before[i]),
    );
  });

  test.each([true, false])('histogram, weighted: %s', (weighted) => {
    const state = box.float32(new Float32Array(14));
    box.run(['histogram', y.address, p.address, weighted ? w.address : 0, state.address, n, 7]);
    expectClose(state.read(), reference.histogram(target, prediction, weighted ? weights : undefined, 7));
  });
});

test('NaN and infinite predictions have a bucket and are not above a threshold', () => {
  const prediction = [Number.NaN, Infinity, -Infinity];
  const [y, p] = [box.float32([1, 1, 1]), box.float32(prediction)];
  const [counts, buckets] = [box.float32([0, 0, 0, 0]), box.float32(new Float32Array(6))];
  box.run(['confusion', y.address, p.address, 0, counts.address, 3, 0.5]);
  box.run(['histogram', y.address, p.address, 0, buckets.address, 3, 3]);
  expect([...counts.read()]).toEqual([1, 0, 2, 0]);
  expect([...buckets.read()]).toEqual([2, 1, 0, 0, 0, 0]);
});

describe.each([
  [0, 3],
  [1, 1],
  [2, 5],
  [7, 4],
  [5, 33],
])('%i rows of %i', (rows, columns) => {
  // Rounded, so that there are ties.
  const x = randoms(rows * columns, rows + columns, -3, 3).map(Math.round);
  const labels = Int32Array.from(randoms(rows, 9, -1, columns), Math.round);
  const [values, ids] = [box.float32(x), box.int32(labels)];

  test.each([1, 2, 3, 50])('the %i largest', (k) => {
    const [found, kept] = [box.float32(rows), box.float32(rows * columns)];
    box.run(['inTopK', ids.address, values.address, found.address, rows, columns, k]);
    box.run(['keepTopK', values.address, kept.address, rows, columns, k]);
    expect([...found.read()]).toEqual(reference.inTopK(labels, x, columns, k));
    expect([...kept.read()]).toEqual(reference.keepTopK(x, rows, columns, k).map(Math.fround));
  });
});

test('NaN is never among the largest', () => {
  const x = box.float32([Number.NaN, 1, 2, 3, Number.NaN, 1]);
  const [labels, found, kept] = [box.int32([0, 0]), box.float32(2), box.float32(6)];
  box.run(['inTopK', labels.address, x.address, found.address, 2, 3, 3]);
  box.run(['keepTopK', x.address, kept.address, 2, 3, 2]);
  expect([...found.read()]).toEqual([0, 1]);
  expect([...kept.read()]).toEqual([-1e10, 1, 2, 3, -1e10, 1]);
});
