import { describe, expect, it } from 'vitest';
import { fill } from '../../src/primitives/layout.ts';
import * as ops from '../../src/primitives/random.ts';
import { dropout, randomNormal, randomUniform } from '../kernels/reference/random.ts';
import { type Index, type Nd, sizeOf } from './nd.ts';
import { check, compute, expectSamples, floats, type Sample, values } from './samples.ts';

const KEY = [12345, 678910, 3, 0];
const always = { next: () => KEY };

const sample = (shape: Index, rate: number): Sample => ({
  name: `dropout ${rate} of [${shape}]`,
  inputs: [floats(shape)],
  graph: (x) => ops.dropout(x, rate, ops.drawKey(always)),
  // Linear in x, so that central differences of the rounded reference would be noise: it keeps f64.
  reference: (x: Nd) => {
    const kept = dropout(new Float32Array(sizeOf(shape)).fill(1), KEY, rate, Math.fround(1 / (1 - rate)));
    return { shape, data: x.data.map((v, i) => v * kept[i]) };
  },
});

const dropouts = ([[7], [3, 5], [2, 3, 4], [], [0, 3]] as Index[]).flatMap((shape) => [0.1, 0.5, 0.9].map((rate) => sample(shape, rate)));

const draws = ([[7], [3, 5], [], [0, 3]] as Index[]).map((shape) => {
  const data = (values: readonly number[]): Nd => ({ shape, data: Float64Array.from(values) });
  return {
    normal: {
      name: `normal of [${shape}]`,
      inputs: [],
      graph: () => ops.normal(shape, ops.drawKey(always), 2, 0.5),
      reference: () => data(randomNormal(sizeOf(shape), KEY, 2, 0.5)),
    },
    uniform: {
      name: `uniform of [${shape}]`,
      inputs: [],
      graph: () => ops.uniform(shape, ops.drawKey(always)),
      reference: () => data(randomUniform(sizeOf(shape), KEY, 0, 1)),
    },
  };
});
const [normals, uniforms] = [draws.map((draw) => draw.normal), draws.map((draw) => draw.uniform)];

describe('random ops', () => {
  const samples = { dropout: dropouts, drawKey: dropouts, normal: normals, uniform: uniforms };
  expectSamples(ops, samples);
  check([...dropouts, ...normals, ...uniforms]);

  it('rate 1 drops everything, rate 0 nothing', () => {
    const x = floats([9]);
    const [none, all] = compute([x], (v) => [ops.dropout(v, 1, ops.drawKey(always)), ops.dropout(v, 0, ops.drawKey(always))]);
    expect([...none.data]).toEqual(Array(9).fill(0));
    expect([...all.data]).toEqual([...x.data]);
  });

  it('asks for one key per draw, in order', () => {
    const keys = [
      [1, 2, 0, 0],
      [3, 4, 0, 0],
    ];
    let asked = 0;
    const source = { next: () => keys[asked++] };
    const [a, b] = compute([values([64], Array(64).fill(1))], (x) => {
      const [first, second] = [ops.drawKey(source), ops.drawKey(source)];
      return [ops.dropout(x, 0.5, first), ops.dropout(fill([64], 1), 0.5, second)];
    });
    expect(asked).toBe(2);
    expect([...a.data]).toEqual(dropout(Array(64).fill(1), keys[0], 0.5, 2));
    expect([...b.data]).toEqual(dropout(Array(64).fill(1), keys[1], 0.5, 2));
  });
});
