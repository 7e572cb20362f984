import { describe, expect, it } from 'vitest';
import * as ops from '../../src/primitives/softmax.ts';
import { at, type Index, type Nd, nd, reduce, total } from './nd.ts';
import { check, compute, expectSamples, floats, type Sample, values } from './samples.ts';

const byName = { ...ops };

const cases: [Index, number][] = [
  [[5], 0],
  [[5], -1],
  [[3, 4], 0],
  [[3, 4], 1],
  [[3, 4], -1],
  [[2, 3, 4], 1],
  [[2, 3, 4], 0],
  [[2, 3, 4], -2],
  [[2, 3, 2, 1, 3], 1],
  [[2, 3, 2, 1, 3], -1],
  [[3, 1], 1],
  [[0, 4], 1],
];

/** x minus the logarithm of the sum of the exponentials along `axis`. */
function logSoftmax(x: Nd, axis: number): Nd {
  const logs = reduce(x, [axis], true, (v) => {
    const largest = Math.max(...v);
    return largest + Math.log(total(v.map((e) => Math.exp(e - largest))));
  });
  return nd(x.shape, (index) => at(x, index) - at(logs, index));
}

const softmax = (x: Nd, axis: number): Nd => {
  const logs = logSoftmax(x, axis);
  return { shape: x.shape, data: logs.data.map(Math.exp) };
};

const sample = (name: 'softmax' | 'logSoftmax', f: (x: Nd, axis: number) => Nd): Sample[] =>
  cases.map(([shape, axis]) => ({
    name: `${name} [${shape}] along ${axis}`,
    inputs: [floats(shape, -4, 4)],
    graph: (x) => byName[name](x, axis),
    reference: (x) => f(x, axis),
  }));

describe('softmax', () => {
  const samples = { softmax: sample('softmax', softmax), logSoftmax: sample('logSoftmax', logSoftmax) };
  expectSamples(ops, samples);
  check(Object.values(samples).flat());

  it('does not overflow', () => {
    const [y, z] = compute([values([2, 3], [1000, 0, -1000, -1000, -1000, -1000])], (x) => [ops.softmax(x), ops.logSoftmax(x)]);
    expect([...y.data.slice(0, 3)]).toEqual([1, 0, 0]);
    expect(y.data[3]).toBeCloseTo(1 / 3, 6);
    expect([...z.data.slice(0, 3)]).toEqual([0, -1000, -2000]);
  });
});
