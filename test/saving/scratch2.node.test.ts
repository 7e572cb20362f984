import { readFileSync, writeFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { clearSession, Input, layers as L, Model, modelConfig, modelToJSON, modelFromJSON, ops, Sequential, losses, metrics, optimizers, schedules, serialize, deserialize } from '../../src/index.ts';
const models = JSON.parse(readFileSync('/tmp/wtc/models.json', 'utf8'));
const strip = (o: any): any => Array.isArray(o) ? o.map(strip) : o && typeof o === 'object' ? Object.fromEntries(Object.entries(o).filter(([k]) => k !== 'shared_object_id').map(([k, v]) => [k, strip(v)])) : o;
const mine: Record<string, () => any> = {
  nested() {
    const enc = new Sequential([new L.InputLayer({ shape: [4], name: 'input_layer' }), new L.Dense(3)], { name: 'enc' });
    const i = Input({ shape: [3], name: 'input_layer_1' }); const head = new Model({ inputs: i, outputs: new L.Dense(2).apply(i), name: 'head' });
    const [a, b] = [Input({ shape: [4], name: 'a' }), Input({ shape: [4], name: 'b' })];
    const x = L.concatenate([head.apply(enc.apply(a)), head.apply(enc.apply(b))]);
    return new Model({ inputs: [a, b], outputs: [new L.Dense(1, { name: 'o1' }).apply(x), head.apply(enc.apply(b))], name: 'functional_1' });
  },
  dicts() { const [a, b] = [Input({ shape: [4], name: 'a' }), Input({ shape: [4], name: 'b' })]; const s = new L.Add().apply([a, b]);
    return new Model({ inputs: { a, b }, outputs: { p: new L.Dense(1, { name: 'p' }).apply(s), q: new L.Dense(2, { name: 'q' }).apply(s) }, name: 'functional' }); },
  masks() { const a = Input({ shape: [5], name: 'ids', dtype: 'int32' }); const e = new L.Embedding(10, 4, { maskZero: true }).apply(a);
    const x = new L.Dense(3).apply(e); const y = new L.LSTM(3, { returnSequences: true }).apply(new L.Dropout(0.1).apply(x)); return new Model({ inputs: a, outputs: [new L.GlobalAveragePooling1D().apply(y), new L.GRU(2).apply(y)], name: 'functional' }); },
  twomasks() { const [a, b] = [Input({ shape: [5], name: 'a' }), Input({ shape: [5], name: 'b' })]; const e = new L.Embedding(10, 4, { maskZero: true }); const f = new L.LSTM(3);
    return new Model({ inputs: [a, b], outputs: L.concatenate([f.apply(e.apply(a)), f.apply(e.apply(b))]), name: 'functional' }); },
  bimask() { const a = Input({ shape: [5], name: 'a' }); let x = new L.Embedding(10, 4, { maskZero: true }).apply(a); x = new L.Bidirectional(new L.LSTM(3, { returnSequences: true })).apply(x); x = new L.TimeDistributed(new L.Dense(2)).apply(x); x = new L.BatchNormalization().apply(x); return new Model({ inputs: a, outputs: new L.Softmax().apply(x), name: 'functional' }); },
  masking() { const a = Input({ shape: [5, 3], name: 'a' }); return new Model({ inputs: a, outputs: new L.LSTM(2).apply(new L.Masking(-1).apply(a)), name: 'functional' }); },
  states() { const a = Input({ shape: [5, 3], name: 'a' }); const [, h, c] = new L.LSTM(2, { returnState: true, returnSequences: true }).apply(a) as any; const b = Input({ shape: [6, 3], name: 'b' }); return new Model({ inputs: [a, b], outputs: new L.LSTM(2).apply(b, { initialState: [h, c] }), name: 'functional' }); },
  attn() { const [q, v] = [Input({ shape: [5, 4], name: 'q' }), Input({ shape: [6, 4], name: 'v' })]; const x = new L.MultiHeadAttention(2, 3).apply([q, v]); const y = new L.Attention().apply([x, v], { useCausalMask: true } as never); return new Model({ inputs: [q, v], outputs: new L.AdditiveAttention().apply([y, v]), name: 'functional' }); },
  selfattn() { const q = Input({ shape: [5, 4], name: 'q' }); const x = new L.MultiHeadAttention(2, 3).apply([q, q]); return new Model({ inputs: q, outputs: new L.LayerNormalization().apply(ops.add(x, q)), name: 'functional' }); },
  ops() { const [a, b] = [Input({ shape: [4], name: 'a' }), Input({ shape: [4], name: 'b' })]; const x = ops.relu(ops.add(ops.multiply(a, 2), b)); const y = ops.sum(x, { axis: -1, keepdims: true }); let z = ops.concatenate([x, y], { axis: -1 }); z = ops.expandDims(z, 1); z = ops.reshape(z, [-1, 5]); return new Model({ inputs: [a, b], outputs: ops.clip(ops.mean(z, { axis: 1 }), 0, 1), name: 'functional' }); },
  frozen() { const a = Input({ shape: [4], name: 'a' }); const d = new L.Dense(3, { trainable: false }); return new Model({ inputs: a, outputs: d.apply(a), name: 'functional' }); },
  shared_inner() { const [a, b] = [Input({ shape: [4], name: 'a' }), Input({ shape: [4], name: 'b' })]; const d = new L.Dense(4); const x = d.apply(a); const y = d.apply(d.apply(x)); d.apply(b); return new Model({ inputs: a, outputs: y, name: 'functional' }); },
  comp_two() { const a = Input({ shape: [4], name: 'a' }); const m = new Model({ inputs: a, outputs: { p: new L.Dense(1, { name: 'p' }).apply(a), q: new L.Dense(2, { name: 'q' }).apply(a) }, name: 'functional' });
    m.compile({ optimizer: new optimizers.Nadam(0.01), loss: { p: 'mse', q: new losses.Huber({ delta: 0.5 }) }, metrics: { p: ['mae'], q: [new metrics.MeanSquaredError({ name: 'm' })] }, lossWeights: { p: 1, q: 0.5 } }); return m; },
  unbuilt() { return new Sequential([new L.Dense(3), new L.Dropout(0.1)]); },
};
const out: Record<string, string> = {};
it.each(Object.entries(mine))('%s', (name, make) => {
  clearSession();
  const m = make();
  out[name] = modelToJSON(m);
  expect(strip(JSON.parse(modelToJSON(modelFromJSON(out[name]))))).toEqual(JSON.parse(out[name]));
  writeFileSync('/tmp/wtc/mine.json', JSON.stringify(out));
  expect(modelConfig(m)).toEqual(strip(models[name]));
});
it.each([new L.TextVectorization({ maxTokens: 5, vocabulary: ['a', 'b'], standardize: null }), new L.StringLookup({ vocabulary: ['a', 'b'] }), new L.IntegerLookup({ vocabulary: [3, 4] }), new L.Hashing({ numBins: 3 }), new L.Hashing({ numBins: 3, salt: 4, outputMode: 'one_hot' }), new L.TextVectorization({ ngrams: [1, 2] })])('texts %#', (layer) => {
  const c = serialize(layer); console.log(JSON.stringify(c));
  expect(serialize(deserialize(c))).toEqual(c);
});
