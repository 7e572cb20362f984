// Dtypes of Keras that are kept as another one here.
import { describe, expect, it } from 'vitest';
import { Input, type InputDType, layers, Model, modelFromJSON, ops, tensor } from '../../src/index.ts';

const kept: Record<InputDType, string> = {
  float32: 'float32',
  float16: 'float32',
  bfloat16: 'float32',
  float64: 'float32',
  int8: 'int32',
  int16: 'int32',
  int32: 'int32',
  int64: 'int32',
  uint8: 'int32',
  uint16: 'int32',
  uint32: 'int32',
  uint64: 'int32',
  bool: 'bool',
  string: 'string',
};

describe('Input', () => {
  for (const [dtype, as] of Object.entries(kept)) {
    it(`of ${dtype} is ${as}`, () => {
      const x = Input({ shape: [2], dtype: dtype as InputDType });
      expect(x.dtype).toBe(as);
      if (as === 'string') return;
      const model = new Model({ inputs: x, outputs: ops.cast(x, 'int32') });
      const expected = as === 'bool' ? [[1, 0]] : [[3, 0]];
      expect(model.predict([[3, 0]]).array()).toEqual(expected);
      expect(
        modelFromJSON(model.toJSON())
          .predict([[3, 0]])
          .array(),
      ).toEqual(expected);
    });
  }

  it('of ids in bytes looks rows up', () => {
    const ids = Input({ shape: [3], dtype: 'uint8' });
    const model = new Model({ inputs: ids, outputs: new layers.Embedding(256, 1, { embeddingsInitializer: 'ones' }).apply(ids) });
    expect(model.predict([Uint8Array.of(1, 0, 255)]).array()).toEqual([[[1], [1], [1]]]);
  });
});

describe('dtypes of results', () => {
  it('int64 and float64 are the wide ones that there are', () => {
    expect(ops.cast([1.5], 'int64' as 'int32').dtype).toBe('int32');
    expect(ops.zeros([1], 'float64' as 'float32').dtype).toBe('float32');
    expect(tensor([1], undefined, 'int64' as 'int32').dtype).toBe('int32');
  });

  it('narrow ones, which overflow and round in Keras, are refused', () => {
    for (const dtype of ['uint8', 'int16', 'float16', 'bfloat16'])
      expect(() => ops.cast([300], dtype as 'int32')).toThrow("cast: expected dtype to be 'float32' or 'int32' or 'bool'");
  });

  it('layers compute in float32', () => {
    expect(new layers.Dense(2, { dtype: 'float32' }).getConfig()).not.toHaveProperty('dtype');
    expect(() => new layers.Dense(2, { dtype: 'float16' as 'float32' })).toThrow("expected dtype to be 'float32', got 'float16'");
  });
});
