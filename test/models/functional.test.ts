// Functional models: several inputs and outputs, shared layers, models as layers.
import { beforeEach, describe, expect, it } from 'vitest';
import { clearSession, Input, layers, Model, Sequential, setRandomSeed, type Tensor, type tensor } from '../../src/index.ts';

beforeEach(clearSession);

/** What a model's results are typed as when it has several outputs. */
const list = (result: unknown) => result as ReturnType<typeof tensor>[];

const left = [
  [1, 2],
  [3, 4],
  [5, 6],
  [7, 8],
];
const right = [
  [0, 1],
  [1, 0],
  [1, 1],
  [0, 0],
];
const sums = [[4], [8], [13], [15]];
const signs = [[0], [1], [1], [0]];

/** Two inputs, a shared layer, a number and a class. */
function twoHeads() {
  setRandomSeed(5);
  const [a, b] = [Input({ shape: [2], name: 'a' }), Input({ shape: [2], name: 'b' })];
  const shared = new layers.Dense(3, { activation: 'tanh', name: 'shared' });
  const both = layers.concatenate([shared.apply(a), shared.apply(b)], { name: 'both' });
  const total = new layers.Dense(1, { name: 'total' }).apply(both);
  const sign = new layers.Dense(1, { name: 'sign', activation: 'sigmoid' }).apply(both);
  return { model: new Model({ inputs: [a, b], outputs: [total, sign] }), shared };
}

describe('a shared layer', () => {
  it('has its weights once, in every place', () => {
    const { model, shared } = twoHeads();
    expect(model.layers.map(({ name }) => name)).toEqual(['a', 'b', 'shared', 'both', 'total', 'sign']);
    expect(model.countParams()).toBe(9 + 7 + 7);
    expect(model.weights.filter((weight) => shared.weights.includes(weight))).toEqual(shared.weights);
    const [total] = list(model.predict([left, right]));
    const [swapped] = list(model.predict([right, left]));
    expect(swapped.data).not.toEqual(total.data);
    const [same] = list(model.predict([left, left]));
    shared.setWeights([
      [
        [0, 0, 0],
        [0, 0, 0],
      ],
      [0, 0, 0],
    ]);
    const [zero] = list(model.predict([left, left]));
    expect(zero.data).not.toEqual(same.data);
    expect(new Set(zero.data).size).toBe(1);
  });

  it('gets the gradients of all its places', () => {
    const x = Input({ shape: [1] });
    const layer = new layers.Dense(1, { useBias: false, weights: [[[2]]] });
    const model = new Model({ inputs: x, outputs: layers.add([layer.apply(x), layer.apply(layer.apply(x))]) });
    model.compile({ optimizer: { className: 'SGD', config: { learningRate: 0.01 } }, loss: 'mse' });
    expect(model.predict([[1]]).array()).toEqual([[6]]);
    // (w x + w^2 x - y)^2 at w = 2, x = 1, y = 0: gradient 2 * 6 * (1 + 2 * 2)
    model.trainOnBatch([[1]], [[0]]);
    expect(layer.getWeights()[0].data[0]).toBeCloseTo(2 - 0.01 * 60, 5);
  });

  it('refuses a shape it was not built for as soon as it is applied', () => {
    const layer = new layers.Dense(1);
    layer.apply(Input({ shape: [2] }));
    expect(() => layer.apply(Input({ shape: [3] }))).toThrow('dense: expected an input with last axis 2, got shape [null, 3]');
  });
});

describe('several outputs', () => {
  const compiled = () => {
    const { model } = twoHeads();
    model.compile({
      optimizer: 'adam',
      loss: { total: 'mse', sign: 'binary_crossentropy' },
      lossWeights: { total: 1, sign: 0.5 },
      metrics: { total: ['mae'], sign: ['acc'] },
    });
    return model;
  };
  const names = ['loss', 'total_loss', 'sign_loss', 'total_mae', 'sign_acc'];

  it('have losses, weights and metrics of their own, loss first', async () => {
    const model = compiled();
    const { history } = await model.fit([left, right], [sums, signs], {
      epochs: 40,
      verbose: 0,
      validationData: [
        [left, right],
        [sums, signs],
      ],
    });
    expect(Object.keys(history)).toEqual([...names, ...names.map((name) => `val_${name}`)]);
    expect(history.loss[39]).toBeLessThan(history.loss[0]);
    expect(model.metricsNames).toEqual(names);
    const values = await model.evaluate([left, right], [sums, signs], { verbose: 0 });
    const logs = await model.evaluate([left, right], [sums, signs], { verbose: 0, returnDict: true });
    expect(Object.keys(logs)).toEqual(names);
    expect(values).toEqual(Object.values(logs));

    const [total, sign] = list(model.predict([left, right]));
    const errors = sums.map(([y], i) => total.at(i, 0) - y);
    const mean = (v: number[]) => v.reduce((p, q) => p + q, 0) / v.length;
    const crossentropy = mean(signs.map(([y], i) => -Math.log(y === 1 ? sign.at(i, 0) : 1 - sign.at(i, 0))));
    expect(logs.total_loss).toBeCloseTo(mean(errors.map((e) => e * e)), 4);
    expect(logs.sign_loss).toBeCloseTo(crossentropy, 5);
    expect(logs.loss).toBeCloseTo(logs.total_loss + 0.5 * logs.sign_loss, 4);
    expect(logs.total_mae).toBeCloseTo(mean(errors.map(Math.abs)), 4);
    expect(logs.sign_acc).toBeCloseTo(mean(signs.map(([y], i) => (Number(y === 1) === Number(sign.at(i, 0) > 0.5) ? 1 : 0))), 6);
  });

  it('take data by name and in arrays alike', async () => {
    const x = { b: right, a: left };
    const y = { sign: signs, total: sums };
    const model = compiled();
    const before = await model.evaluate([left, right], [sums, signs], { verbose: 0 });
    expect(await model.evaluate(x, y, { verbose: 0 })).toEqual(before);
    expect(list(model.predict(x))).toEqual(list(model.predict([left, right])));
    expect(() => model.predict({ a: left, c: right })).toThrow('expected 2 inputs (a, b)');
    expect(() => model.predict([left])).toThrow('expected 2 inputs (a, b)');
    await expect(model.fit(x, [sums], { verbose: 0 })).rejects.toThrow('expected 2 outputs (total, sign)');
    const again = compiled();
    const [byArray, byName] = [
      await again.fit([left, right], [sums, signs], { epochs: 2, shuffle: false, verbose: 0 }),
      await compiled().fit(x, y, { epochs: 2, shuffle: false, verbose: 0 }),
    ];
    expect(byName.history).toEqual(byArray.history);
  });

  it('take losses, weights and metrics in arrays, or one for all', async () => {
    const { model } = twoHeads();
    model.compile({ loss: 'mse', metrics: [['mae', 'mse'], ['acc']] });
    const logs = await model.evaluate([left, right], [sums, signs], { verbose: 0, returnDict: true });
    expect(Object.keys(logs)).toEqual(['loss', 'total_loss', 'sign_loss', 'total_mae', 'total_mse', 'sign_acc']);
    expect(logs.loss).toBeCloseTo(logs.total_loss + logs.sign_loss, 4);
    model.compile({ loss: ['mse', 'mae'], lossWeights: [0, 2] });
    const [loss, , second] = await model.evaluate([left, right], [sums, signs], { verbose: 0 });
    expect(loss).toBeCloseTo(2 * second, 5);
    expect(() => model.compile({ loss: ['mse'] })).toThrow('expected 2 entries in loss, got 1');
    expect(() => model.compile({ loss: { totl: 'mse' } })).toThrow("loss by output name (total, sign), got 'totl'");
  });

  it('count samples by one list of weights, or by one for each', async () => {
    const model = compiled();
    const [weight, other] = [
      [1, 0, 2, 1],
      [0, 0, 1, 0],
    ];
    const evaluate = (sampleWeight: Parameters<typeof model.testOnBatch>[2]) =>
      model.testOnBatch([left, right], [sums, signs], { ...sampleWeight, returnDict: true });
    const [all, none] = [evaluate({ sampleWeight: weight }), evaluate({})];
    expect(evaluate({ sampleWeight: [weight, weight] })).toEqual(all);
    expect(all.total_loss).not.toBeCloseTo(none.total_loss, 3);
    const apart = evaluate({ sampleWeight: { total: weight, sign: other } });
    expect(apart.total_loss).toBe(all.total_loss);
    expect(apart.sign_loss).not.toBeCloseTo(all.sign_loss, 3);
    expect(evaluate({ sampleWeight: { total: weight, sign: null } }).sign_loss).toBe(none.sign_loss);
    expect(() => evaluate({ classWeight: { 0: 1, 1: 2 } })).toThrow('expected classWeight for a model with one output, got 2');
  });

  it('may be left without a loss', async () => {
    const { model } = twoHeads();
    model.compile({ loss: { total: 'mse' }, metrics: { total: 'mae' } });
    const sign = model.getLayer('sign').getWeights();
    const { history } = await model.fit([left, right], [sums, signs], { epochs: 2, verbose: 0 });
    expect(Object.keys(history)).toEqual(['loss', 'total_loss', 'total_mae']);
    expect(model.getLayer('sign').getWeights()).toEqual(sign);
  });

  it('may be named by the model', () => {
    const x = Input({ shape: [1] });
    const y = new layers.Dense(1).apply(x);
    const model = new Model({ inputs: { number: x }, outputs: { twice: y, thrice: y } });
    expect(model.outputNames).toEqual(['thrice', 'twice']);
    const given = model.predict({ number: [[1]] }) as unknown as readonly Tensor[] & Record<'twice' | 'thrice', Tensor>;
    expect(given).toHaveLength(2);
    expect([given.thrice, given.twice]).toEqual([given[0], given[1]]);
  });
});

describe('whole numbers', () => {
  it('become floats where a layer computes with them, and keep their mask', () => {
    const x = Input({ shape: [2], dtype: 'int32' });
    const dense = new layers.Dense(1, { useBias: false, weights: [[[1], [2]]] });
    expect(new Model({ inputs: x, outputs: dense.apply(x) }).predict([[3, 4]]).array()).toEqual([[11]]);
    const flat = new layers.Flatten().apply(x);
    const table = new layers.Embedding(5, 1, { weights: [[[0], [1], [2], [3], [4]]] });
    const model = new Model({ inputs: x, outputs: [layers.add([x, flat]), table.apply(flat)] });
    expect(list(model.predict([[3, 4]])).map((t) => t.array())).toEqual([[[6, 8]], [[[3], [4]]]]);
  });
});

describe('models as layers', () => {
  it('in a functional model share their weights with it', async () => {
    const tower = new Sequential([new layers.Dense(3, { activation: 'relu', inputShape: [2] }), new layers.Dense(2)], { name: 'tower' });
    const [a, b] = [Input({ shape: [2] }), Input({ shape: [2] })];
    const distance = layers.dot([tower.apply(a), tower.apply(b)], { axes: 1, normalize: true });
    const model = new Model({ inputs: [a, b], outputs: distance });
    expect(model.countParams()).toBe(9 + 8);
    expect(model.weights).toEqual(tower.weights);
    expect(model.predict([left, left]).data.every((v) => Math.abs(v - 1) < 1e-5 || v === 0)).toBe(true);
    const before = tower.predict(left);
    model.compile({ optimizer: 'sgd', loss: 'mse' });
    await model.fit([left, right], signs, { epochs: 3, verbose: 0 });
    expect(tower.predict(left)).not.toEqual(before);
  });

  it('work inside Sequential, and deeper', () => {
    const x = Input({ shape: [2] });
    const square = new Model({ inputs: x, outputs: layers.multiply([x, x]), name: 'square' });
    const inner = new Sequential([square, new layers.Activation('relu')], { name: 'inner' });
    const outer = new Sequential([new layers.Activation('linear', { inputShape: [2] }), inner, square]);
    expect(outer.outputShape).toEqual([null, 2]);
    expect(outer.predict([[2, -3]]).array()).toEqual([[16, 81]]);
    expect(square.apply([[3, 4]]).array()).toEqual([[9, 16]]);
    const y = Input({ shape: [2] });
    expect(new Model({ inputs: y, outputs: outer.apply(y) }).predict([[2, -3]]).array()).toEqual([[16, 81]]);
  });

  it('of several inputs and outputs are called with lists', () => {
    const [a, b] = [Input({ shape: [2] }), Input({ shape: [2] })];
    const pair = new Model({ inputs: [a, b], outputs: [layers.add([a, b]), layers.subtract([a, b])], name: 'pair' });
    const [c, d] = [Input({ shape: [2] }), Input({ shape: [2] })];
    const [sum, difference] = pair.apply([c, d]) as unknown as (typeof c)[];
    const model = new Model({ inputs: [c, d], outputs: layers.concatenate([sum, difference]) });
    expect(model.predict([[[1, 2]], [[3, 5]]]).array()).toEqual([[4, 7, -2, -3]]);
    expect(list(pair.apply([[[1, 2]], [[3, 5]]])).map((t) => t.array())).toEqual([[[4, 7]], [[-2, -3]]]);
    expect(() => pair.apply(c)).toThrow('pair: expected a list of inputs');
    expect(() => pair.apply([c, d, c])).toThrow('pair: expected a list of 2 inputs, got 3');
    expect(() => new Sequential([new layers.Dense(2, { inputShape: [2] }), pair])).toThrow('pair: expected a list of 2 inputs, got one');
  });

  it('pass ids to the layers inside that need them', () => {
    const [ids, numbers] = [Input({ shape: [1], name: 'ids' }), Input({ shape: [2], name: 'numbers' })];
    const table = new layers.Embedding(3, 2, {
      weights: [
        [
          [0, 1],
          [2, 3],
          [4, 5],
        ],
      ],
    });
    const inner = new Model({ inputs: [numbers, ids], outputs: layers.add([numbers, new layers.Flatten().apply(table.apply(ids))]) });
    const [word, features] = [Input({ shape: [1], name: 'word' }), Input({ shape: [2], name: 'features' })];
    const model = new Model({ inputs: { word, features }, outputs: inner.apply([features, word]) });
    expect(model.predict({ word: [[2]], features: [[0.5, 0.5]] }).array()).toEqual([[4.5, 5.5]]);
    expect(() => model.predict({ word: [[3]], features: [[0, 0]] })).toThrow('embedding');
    expect(() => model.predict({ word: [[1.5]], features: [[0, 0]] })).toThrow('1.5');
  });

  it('pass masks on', () => {
    const ids = Input({ shape: [3] });
    const embed = new Model({
      inputs: ids,
      outputs: new layers.Embedding(3, 1, { maskZero: true, weights: [[[100], [2], [4]]] }).apply(ids),
    });
    const x = Input({ shape: [3] });
    const model = new Model({ inputs: x, outputs: new layers.GlobalAveragePooling1D().apply(embed.apply(x)) });
    expect(model.predict([[1, 2, 0]]).array()).toEqual([[3]]);
  });
});

describe('freezing', () => {
  const frozen = () => {
    setRandomSeed(3);
    const base = new Sequential([new layers.Dense(3, { inputShape: [2] }), new layers.Dense(2)], { name: 'base' });
    const x = Input({ shape: [2] });
    const model = new Model({ inputs: x, outputs: new layers.Dense(1).apply(base.apply(x)) });
    return { base, model };
  };

  it('of a model inside is honoured by training and by the counts', async () => {
    const { base, model } = frozen();
    base.trainable = false;
    model.compile({ optimizer: 'adam', loss: 'mse' });
    expect(model.trainableWeights.map(({ shape }) => shape)).toEqual([[2, 1], [1]]);
    expect(model.nonTrainableWeights).toEqual(base.weights);
    const before = base.getWeights();
    const head = model.layers[2].getWeights();
    await model.fit(left, sums, { epochs: 2, verbose: 0 });
    expect(base.getWeights()).toEqual(before);
    expect(model.layers[2].getWeights()).not.toEqual(head);
    const lines: string[] = [];
    model.summary({ printFn: (line) => lines.push(line) });
    expect(lines.slice(-4, -1)).toEqual(['Total params: 20', 'Trainable params: 3', 'Non-trainable params: 17']);
  });

  it('after compile waits for the next one, whatever the size of the batches', async () => {
    const { base, model } = frozen();
    model.compile({ optimizer: 'sgd', loss: 'mse' });
    model.trainOnBatch(left, sums);
    base.trainable = false;
    const before = base.getWeights();
    model.trainOnBatch(left.slice(1), sums.slice(1));
    expect(base.getWeights()).not.toEqual(before);
    model.compile({ optimizer: 'sgd', loss: 'mse' });
    const then = base.getWeights();
    model.trainOnBatch(left, sums);
    expect(base.getWeights()).toEqual(then);
  });
});
