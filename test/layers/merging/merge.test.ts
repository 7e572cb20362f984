// Masks, broadcasting, functions and messages of the layers with several inputs.
import { describe, expect, it } from 'vitest';
import type { Value } from '../../../src/graph/value.ts';
import { Input, layers, Model, tensor } from '../../../src/index.ts';
import { eager } from '../../../src/runtime/eager.ts';

/** Two samples of three steps with one feature, and masks for them. */
const a = tensor([
  [[1], [2], [3]],
  [[-1], [-2], [-3]],
]);
const b = tensor([
  [[4], [-5], [6]],
  [[7], [8], [-9]],
]);
const maskA = tensor([
  [1, 1, 0],
  [1, 0, 0],
]);
const maskB = tensor([
  [1, 0, 0],
  [0, 1, 0],
]);

/** Output and mask of a layer on a and b with their masks. */
function masked(layer: layers.Layer, masks = [maskA, maskB]) {
  let hasMask = true;
  const [output, mask] = eager([a, b, ...masks], (values) => {
    const [x, y] = values;
    for (const [i, m] of values.slice(2).entries()) [x, y][i].mask = m;
    const [out] = layer.invokeAll([x, y], false);
    hasMask = out.mask !== undefined;
    return [out, out.mask ?? (values.at(-1) as Value)];
  });
  return { output: output.array(), mask: hasMask ? mask.array() : undefined };
}

describe('masks of merged inputs', () => {
  const either = [
    [1, 1, 0],
    [1, 1, 0],
  ];

  it('are united, and only when every input has one', () => {
    for (const name of ['Add', 'Subtract', 'Multiply', 'Average', 'Maximum', 'Minimum'] as const) {
      const make = { ...layers }[name];
      expect(masked(new make()).mask, name).toEqual(either);
      expect(masked(new make(), [maskA]).mask, name).toBeUndefined();
    }
  });

  it('do not change sums', () => {
    expect(masked(new layers.Add()).output).toEqual([
      [[5], [-3], [9]],
      [[6], [6], [-12]],
    ]);
    expect(masked(new layers.Average()).output).toEqual([
      [[2.5], [-1.5], [4.5]],
      [[3], [3], [-6]],
    ]);
    expect(masked(new layers.Subtract()).output).toEqual([
      [[-3], [7], [-3]],
      [[-8], [-10], [6]],
    ]);
  });

  it('make masked factors 1, and products of nothing 0', () => {
    expect(masked(new layers.Multiply()).output).toEqual([
      [[4], [2], [0]],
      [[-1], [8], [0]],
    ]);
    expect(masked(new layers.Multiply(), [maskA]).output).toEqual([
      [[4], [-10], [6]],
      [[-7], [8], [-9]],
    ]);
  });

  it('leave extremes to the other inputs', () => {
    expect(masked(new layers.Maximum()).output).toEqual([
      [[4], [2], [3]],
      [[-1], [8], [-3]],
    ]);
    expect(masked(new layers.Minimum()).output).toEqual([
      [[1], [2], [3]],
      [[-1], [8], [-3]],
    ]);
    expect(masked(new layers.Minimum(), [maskA]).output).toEqual([
      [[1], [-5], [6]],
      [[-1], [8], [-9]],
    ]);
  });

  it('are concatenated, missing ones as real', () => {
    expect(masked(new layers.Concatenate({ axis: 1 })).mask).toEqual([
      [1, 1, 0, 1, 0, 0],
      [1, 0, 0, 0, 1, 0],
    ]);
    expect(masked(new layers.Concatenate({ axis: 1 }), [maskA]).mask).toEqual([
      [1, 1, 0, 1, 1, 1],
      [1, 0, 0, 1, 1, 1],
    ]);
    expect(masked(new layers.Concatenate()).mask).toEqual(either);
    expect(masked(new layers.Concatenate(), []).mask).toBeUndefined();
  });

  it('end at Dot', () => {
    expect(masked(new layers.Dot(2)).mask).toBeUndefined();
  });
});

describe('inputs of several layers', () => {
  it('broadcast, with axes of 1 behind the batch where one has fewer', () => {
    const sum = layers.add([
      tensor([
        [
          [1, 2],
          [3, 4],
        ],
      ]),
      tensor([[10, 20]]),
    ]);
    expect(sum.array()).toEqual([
      [
        [11, 22],
        [13, 24],
      ],
    ]);
    expect(
      layers
        .multiply([
          tensor([
            [
              [1, 2],
              [3, 4],
            ],
          ]),
          tensor([[[10], [20]]]),
        ])
        .array(),
    ).toEqual([
      [
        [10, 20],
        [60, 80],
      ],
    ]);
  });

  it('may be whole numbers, nested arrays, and as many as one likes', () => {
    expect(layers.add([tensor([[1, 2]], undefined, 'int32'), [[0.5, 0.5]], [[1, 1]]]).array()).toEqual([[2.5, 3.5]]);
    const x = Input({ shape: [2], dtype: 'int32' });
    const y = Input({ shape: [2] });
    const model = new Model({ inputs: [x, y], outputs: layers.concatenate([x, y]) });
    expect(model.predict([[[1, 2]], [[0.5, 4]]]).array()).toEqual([[1, 2, 0.5, 4]]);
  });

  it('of ids stay ids when concatenated', () => {
    const [x, y] = [Input({ shape: [2] }), Input({ shape: [1] })];
    const ids = layers.concatenate([x, y]);
    const model = new Model({ inputs: [x, y], outputs: new layers.Embedding(5, 1, { weights: [[[0], [1], [2], [3], [4]]] }).apply(ids) });
    expect(model.predict([[[4, 0]], [[3]]]).array()).toEqual([[[4], [0], [3]]]);
    expect(() => model.predict([[[4, 0]], [[5]]])).toThrow('5');
  });

  it('have functions', () => {
    const [x, y] = [tensor([[1, 4]]), tensor([[3, 2]])];
    expect(layers.subtract([x, y]).array()).toEqual([[-2, 2]]);
    expect(layers.average([x, y]).array()).toEqual([[2, 3]]);
    expect(layers.maximum([x, y]).array()).toEqual([[3, 4]]);
    expect(layers.minimum([x, y], { name: 'least' }).array()).toEqual([[1, 2]]);
    expect(layers.concatenate([x, y], { axis: 0 }).array()).toEqual([
      [1, 4],
      [3, 2],
    ]);
    expect(layers.concatenate([x, y], 1).array()).toEqual([[1, 4, 3, 2]]);
    expect(layers.dot([x, y]).array()).toEqual([[11]]);
    expect(layers.dot([x, y], 1).array()).toEqual([[11]]);
    expect(layers.dot([x, x], { normalize: true }).at(0, 0)).toBeCloseTo(1, 6);
    expect(layers.add([Input({ shape: [null, 2] }), Input({ shape: [3, 2] })]).shape).toEqual([null, null, 2]);
  });

  it('that do not fit are refused', () => {
    const [x, y] = [tensor([[1, 2]]), tensor([[1, 2, 3]])];
    expect(() => layers.add([x, y], { name: 'sum' })).toThrow(/^sum: expected inputs whose shapes broadcast .* got \[1, 2\] and \[1, 3\]/);
    expect(() => layers.add([tensor([[1], [2]]), tensor([[1], [2], [3]])])).toThrow('same number of rows');
    expect(() => layers.subtract([x, x, x])).toThrow('expected a list of 2 inputs, got 3 of them');
    expect(() => layers.concatenate([x, y], 0)).toThrow('except along axis 0, got [1, 2] and [1, 3]');
    expect(() => layers.concatenate([x, x], 2)).toThrow('choose another axis');
    expect(() => layers.dot([x, y])).toThrow('same length along axes -1 and -1');
    expect(() => new layers.Dot(0)).toThrow('Axis 0 is the batch');
    expect(() => new layers.Add().apply([x, x], { useCausalMask: true } as object)).toThrow("got 'useCausalMask'");
    expect(() => new layers.Add().apply([x, x], { mask: [x, x, x] })).toThrow('at most one mask for each of 2 inputs, got 3');
  });
});
