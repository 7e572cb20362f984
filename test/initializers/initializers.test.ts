import { describe, expect, it } from 'vitest';
import * as initializers from '../../src/initializers/index.ts';
import { initialValues } from '../../src/initializers/initializer.ts';
import { bytesInUse } from '../../src/kernels/memory.ts';
import * as layers from '../../src/layers/index.ts';
import { drawSeed, SeedGenerator, setRandomSeed } from '../../src/random/seed.ts';
import { tensor } from '../../src/tensor/convert.ts';
import cases from '../fixtures/initializers.json';
import models from '../fixtures/set_random_seed.json';
import { expectClose } from '../kernels/harness.ts';

const camel = (name: string): string => name.replace(/_(\w)/g, (_, letter: string) => letter.toUpperCase());
const camelKeys = (config: object): Record<string, unknown> => Object.fromEntries(Object.entries(config).map(([k, v]) => [camel(k), v]));

describe('values are those of Keras', () => {
  it.each(cases.map((c) => [c.class_name, JSON.stringify(c.config), c.shape, c] as const))('%s %s %j', (className, _, shape, recorded) => {
    const initializer = initializers.get({ className, config: camelKeys(recorded.config) }, { Orthogonal: initializers.Orthogonal });
    const values = initialValues(initializer, shape);
    if (className === 'Orthogonal') expectClose(values, recorded.values.data, { relative: 0, absolute: 1e-6, name: className });
    else expect([...values]).toEqual(recorded.values.data);
    expect([...initialValues(initializer, shape)], 'a second use').toEqual([...values]);
    expect(initializers.serialize(initializer)).toEqual({ className, config: camelKeys(recorded.config) });
  });
});

describe('after setRandomSeed the layers of a model draw in Keras order', () => {
  it.each(models.map((m) => [m.seed, m] as const))('seed %i', (seed, { weights }) => {
    setRandomSeed(seed);
    // Embedding; LSTM: kernel, recurrent kernel, then its seed generator; Dropout's seed generator; two Dense.
    const embeddings = initializers.get('uniform');
    const kernel = initializers.get('glorot_uniform');
    const recurrent = new initializers.Orthogonal();
    drawSeed();
    drawSeed();
    const dense = [initializers.get('glorot_uniform'), initializers.get('zeros'), initializers.get('glorot_uniform')];
    const made = [embeddings, kernel, recurrent, null, dense[0], dense[1], dense[2], dense[1]];
    for (const [i, initializer] of made.entries()) {
      if (!initializer) continue;
      const { path, shape, data } = weights[i];
      const values = initialValues(initializer, shape);
      if (initializer === recurrent) expectClose(values, data as number[], { relative: 0, absolute: 1e-6, name: path });
      else expect([...values], path).toEqual(data);
    }
  });
});

describe('initializers without chance', () => {
  it('fill', () => {
    expect([...new initializers.Zeros().call([2, 2]).data]).toEqual([0, 0, 0, 0]);
    expect([...new initializers.Ones().call([3]).data]).toEqual([1, 1, 1]);
    expect([...new initializers.Constant(2.5).call([]).data]).toEqual([2.5]);
    expect([...new initializers.Constant({ value: -1 }).call([2]).data]).toEqual([-1, -1]);
    expect([...new initializers.Identity({ gain: 2 }).call([2, 3]).data]).toEqual([2, 0, 0, 0, 2, 0]);
    expect(new initializers.RandomUniform().call([0, 4]).data).toHaveLength(0);
  });

  it('refuse what they cannot fill', () => {
    expect(() => new initializers.Identity().call([2]).data).toThrow('Identity: expected a shape of two axes, got [2]');
    expect(() => new initializers.Orthogonal().call([4]).data).toThrow('Orthogonal: expected a shape of at least two axes, got [4]');
    expect(() => new initializers.Zeros().call([1.5]).data).toThrow('Zeros: expected a shape');
    expect(() => new initializers.Constant('1' as never)).toThrow('Constant: expected value to be a number');
  });
});

describe('Orthogonal', () => {
  it.each([
    [1, 1],
    [1, 5],
    [5, 1],
    [40, 40],
    [30, 50],
    [3, 4, 5],
  ])('of shape %j, %j, %j has orthonormal rows or columns', (...lengths) => {
    const shape = lengths.filter((n) => n !== undefined);
    const values = new initializers.Orthogonal({ seed: 5, gain: 3 }).call(shape).data;
    const columns = shape[shape.length - 1];
    const rows = values.length / columns;
    const at =
      rows < columns
        ? (vector: number, i: number) => values[vector * columns + i]
        : (vector: number, i: number) => values[i * columns + vector];
    for (let a = 0; a < Math.min(rows, columns); a++) {
      for (let b = 0; b <= a; b++) {
        let dot = 0;
        for (let i = 0; i < Math.max(rows, columns); i++) dot += at(a, i) * at(b, i);
        expect(dot).toBeCloseTo(a === b ? 9 : 0, 5);
      }
    }
  });
});

describe('VarianceScaling', () => {
  const spread = (values: Float32Array): number => Math.sqrt(values.reduce((sum, v) => sum + v * v, 0) / values.length);

  it.each(['truncated_normal', 'untruncated_normal', 'normal', 'uniform'] as const)('%s has variance scale / n', (distribution) => {
    for (const [mode, n] of [
      ['fan_in', 100],
      ['fan_out', 200],
      ['fan_avg', 150],
    ] as const) {
      const values = new initializers.VarianceScaling({ scale: 3, mode, distribution, seed: 1 }).call([100, 200]).data as Float32Array;
      expect(spread(values) / Math.sqrt(3 / n)).toBeCloseTo(1, 1);
    }
  });

  it('counts the axes it is told to', () => {
    const own = new initializers.HeNormal({ seed: 1, inputAxes: [1], outputAxes: [-1] });
    const usual = new initializers.HeNormal({ seed: 1 });
    expect([...own.call([2, 8, 3]).data]).toEqual([...usual.call([8, 6]).data]);
    expect(() => new initializers.HeNormal({ inputAxes: [3], outputAxes: [0] }).call([2, 2]).data).toThrow(
      'HeNormal: expected axes of the shape [2, 2], got 3',
    );
    const single = new initializers.HeNormal({ seed: 1, inputAxes: 1, outputAxes: -1 });
    expect([...single.call([2, 8, 3]).data]).toEqual([...own.call([2, 8, 3]).data]);
    for (const inputAxes of ['x', {}, [], [0.5], [[0]], true])
      expect(() => new initializers.GlorotUniform({ inputAxes: inputAxes as never })).toThrow(
        'GlorotUniform: expected inputAxes to be an integer or a list of integers, got ',
      );
  });

  it('names what is wrong', () => {
    expect(() => new initializers.VarianceScaling({ scale: 0 })).toThrow('expected scale to be a number above 0, got 0');
    expect(() => new initializers.VarianceScaling({ mode: 'fan_on' as never })).toThrow("Did you mean 'fan_in'");
    expect(() => new initializers.VarianceScaling({ distribution: 'gamma' as never })).toThrow('expected distribution to be');
    expect(() => new initializers.GlorotUniform({ scale: 2 } as object)).toThrow('GlorotUniform: expected an option it has');
  });
});

describe('seeds', () => {
  it('a generator gives new values at every use', () => {
    const initializer = new initializers.RandomNormal({ seed: new SeedGenerator(42) });
    const [first, second] = [initializer.call([8]).data, initializer.call([8]).data];
    expect([...first]).toEqual([...new initializers.RandomNormal({ seed: 42 }).call([8]).data]);
    expect([...second]).not.toEqual([...first]);
    const again = initializers.get(initializers.serialize(initializer));
    expect([initialValues(again, [8]), initialValues(again, [8])]).toEqual([first, second]);
  });

  it('without one, two initializers differ and each repeats itself', () => {
    const [a, b] = [new initializers.RandomUniform(), new initializers.RandomUniform()];
    expect([...a.call([8]).data]).not.toEqual([...b.call([8]).data]);
    expect([...a.call([8]).data]).toEqual([...a.call([8]).data]);
    expect(a.getConfig()).toEqual({ seed: null, minval: -0.05, maxval: 0.05 });
  });

  it('must be whole', () => {
    expect(() => new initializers.RandomUniform({ seed: 0.5 })).toThrow('RandomUniform: expected seed to be a whole number, got 0.5');
    expect(() => new initializers.RandomNormal({ sead: 1 } as object)).toThrow('Did you mean seed?');
  });

  it('leave no memory behind', () => {
    const before = bytesInUse();
    new initializers.RandomNormal().call([1000]).data;
    expect(bytesInUse()).toBe(before);
  });
});

describe('get', () => {
  it.each([
    ['uniform', 'RandomUniform'],
    ['normal', 'RandomNormal'],
    ['zero', 'Zeros'],
    ['one', 'Ones'],
    ['he_normal', 'HeNormal'],
    ['LecunUniform', 'LecunUniform'],
    ['variance_scaling', 'VarianceScaling'],
  ] as const)('%s is %s', (name, className) => {
    expect(initializers.get(name).className).toBe(className);
  });

  it('orthogonal matrices are where recurrent layers start from', () => {
    expect(initializers.get('orthogonal').className).toBe('Orthogonal');
    expect(new layers.LSTM(2).recurrentInitializer.className).toBe('Orthogonal');
    expect(new layers.GRU(2, { recurrentInitializer: 'OrthogonalInitializer' }).recurrentInitializer.className).toBe('Orthogonal');
  });

  it('takes instances, classes, functions and tensors', () => {
    const ones = new initializers.Ones();
    expect(initializers.get(ones)).toBe(ones);
    expect(initializers.get(initializers.HeUniform).className).toBe('HeUniform');
    const numbered = initializers.get(([rows, columns]) => Array.from({ length: rows }, (_, i) => Array(columns).fill(i)));
    expect([...initialValues(numbered, [2, 2])]).toEqual([0, 0, 1, 1]);
    const half = initializers.get((shape) => new Float32Array(shape[0] * shape[1]).fill(0.5));
    expect([...initialValues(half, [1, 2])]).toEqual([0.5, 0.5]);
    const given = tensor([
      [1, 2],
      [3, 4],
    ]);
    expect([...initialValues(initializers.get(given), [2, 2])]).toEqual([1, 2, 3, 4]);
  });

  it('checks what functions and tensors give', () => {
    const ramp = () => [[1, 2, 3]];
    expect(() => initialValues(initializers.get(ramp), [3, 1])).toThrow(
      'initializer ramp: expected values of shape [3, 1], got shape [1, 3]',
    );
    expect(() => initialValues(initializers.get(tensor([1, 2])), [3])).toThrow(
      'initializer Tensor: expected a weight of shape [2], got [3]',
    );
  });

  it('finds classes and functions of the user by name', () => {
    class Ramp extends initializers.Initializer {
      call([n]: readonly number[]): Float32Array {
        return Float32Array.from({ length: n }, (_, i) => i);
      }
    }
    const half = ([n]: readonly number[]): Float32Array => new Float32Array(n).fill(0.5);
    expect(initializers.serialize(new Ramp())).toEqual({ className: 'Ramp', config: {} });
    expect([...initialValues(initializers.get({ className: 'Ramp', config: {} }, { Ramp }), [3])]).toEqual([0, 1, 2]);
    expect([...initialValues(initializers.get(initializers.serialize(half), { half }), [2])]).toEqual([0.5, 0.5]);
  });

  it('names the nearest initializer', () => {
    expect(() => initializers.get('glorot_unifrom' as never)).toThrow("got 'glorot_unifrom'. Did you mean 'glorot_uniform'?");
    expect(() => initializers.get('toString' as never)).toThrow('initializer: expected a known name');
    expect(() => initializers.get(3 as never)).toThrow('initializer: expected a name, an instance');
  });
});

describe('Constant of several numbers', () => {
  it.each<[value: unknown, shape: number[], expected: number[]]>([
    [
      [
        [1, 2],
        [3, 4],
      ],
      [2, 2],
      [1, 2, 3, 4],
    ],
    [
      [5, 6],
      [2, 2],
      [5, 6, 5, 6],
    ],
    [
      [[5], [6]],
      [2, 3],
      [5, 5, 5, 6, 6, 6],
    ],
    [
      [[[1, 2]], [[3, 4]]],
      [2, 2, 2],
      [1, 2, 1, 2, 3, 4, 3, 4],
    ],
    [Float32Array.of(0.5, 1.5), [3, 2], [0.5, 1.5, 0.5, 1.5, 0.5, 1.5]],
    [tensor([7]), [2], [7, 7]],
  ])('%j for %j', (value, shape, expected) => {
    const constant = new initializers.Constant(value as number);
    const config = initializers.serialize(constant);
    for (const one of [constant, new initializers.Constant({ value: value as number }), initializers.get(config)])
      expect([...initialValues(one, shape)]).toEqual(expected);
    expect(() => JSON.stringify(config)).not.toThrow();
  });

  it('has to fit the shape', () => {
    expect(() => new initializers.Constant([1, 2]).call([2, 3])).toThrow(
      'Constant: expected a value that broadcasts to [2, 3], got one of shape [2]',
    );
    expect(() => new initializers.Constant([[1]]).call([1])).toThrow('expected a value that broadcasts to [1]');
    expect(() => new initializers.Constant(['a'] as never)).toThrow('Constant: value: expected numbers');
    expect(() => new initializers.Constant('a' as never)).toThrow('Constant: expected value to be a number');
  });
});
