// The same numbers, bit for bit, in every engine: a digest for each kind of layer, so that the one that changed is named.
import { describe, expect, it } from 'vitest';
import { Trace, tracing } from '../../src/graph/trace.ts';
import { isIndexedSlices, type Value } from '../../src/graph/value.ts';
import { isShapeList, type Layer, type Shapes } from '../../src/layers/base/layer.ts';
import { gradientsOf } from '../../src/primitives/arithmetic.ts';
import { densify } from '../../src/primitives/embedding.ts';
import { sum } from '../../src/primitives/reduce.ts';
import { affine, square } from '../../src/primitives/unary.ts';
import { assignAdd } from '../../src/primitives/update.ts';
import { setRandomSeed } from '../../src/random/seed.ts';
import { compileTrace } from '../../src/runtime/compile.ts';
import { Tensor } from '../../src/tensor/tensor.ts';
import { digest } from '../helpers/digest.ts';
import type { Contract } from './contract.ts';
import { layerCases } from './contracts/index.ts';
import { drawInputs } from './inputs.ts';

/** One for each contract of a class, in their order. */
const digests: Record<string, string> = {
  Embedding: 'ee97ea00 ee97ea00 6bbf2c9d',
  Dense: '65d09845 5a907897 128eec54 1650042b',
  Masking: '85645132 d18afe65',
  Lambda: 'b6aa6fa3 07fa3f7e',
  Activation: '97852343 9f1c5e36 d18afe65',
  PReLU: 'de0ef549 85670539',
  LeakyReLU: '4bcf7066',
  ReLU: '1ee5c06b 1c135820',
  ELU: '4522f4e0',
  Softmax: '9f1c5e36 c1080774 f2574a34',
  Identity: '1686af67',
  LSTM: 'd83f37e5 25e3b4a2',
  GRU: '71482e72 fb96fd5f',
  SimpleRNN: 'eb2858cd a08dc663',
  Bidirectional: 'c914c348 084a823c',
  TimeDistributed: 'b0b748bf f70e2027',
  Conv1D: 'c05de410 34ee93ff 13d0c66d a5288bee',
  MaxPooling1D: 'a924d5e9 a5463bc6 a289d7cb',
  AveragePooling1D: 'a4d85b52 14e3b247 665b4fbd',
  GlobalAveragePooling1D: '59042eb1 1355a460',
  GlobalMaxPooling1D: 'd7bdbec7 319e4349',
  ZeroPadding1D: 'd85a13f2 da09dd82',
  Cropping1D: '2b5f6ac8 85645132',
  UpSampling1D: '698955ce',
  Flatten: 'a50f123f 85645132 a9a9ecb7',
  Reshape: 'df9df663 1686af67 a50f123f',
  Permute: '7cee323e e81f183e',
  RepeatVector: 'f81f331d',
  LayerNormalization: '0a76f472 6ae225f3 564aadd8 d37d68de',
  RMSNormalization: 'c5cfd0c9 7768cb99',
  GroupNormalization: '330e9a5d 278c77a4',
  BatchNormalization: 'c409c6c0 783b7d3b 632222ef',
  UnitNormalization: '0cc37061 c4114e75',
  Dropout: '57170ecd a670eb79 d18afe65 2996d9d5',
  SpatialDropout1D: 'b8be34bf 1686af67',
  GaussianNoise: '94483f4d d18afe65',
  GaussianDropout: '4cb5789e d18afe65',
  AlphaDropout: '533d223b af8cf29b d18afe65',
  ActivityRegularization: '1686af67',
  Add: '3ef0694b e2027c9c e2027c9c',
  Multiply: '43df3891 f1cf66e3 f1cf66e3',
  Average: '8a21bb9c e2be0520 e2be0520',
  Maximum: '06f0a61c c476550d c476550d',
  Minimum: '92d08d1d d155ceee d155ceee',
  Subtract: 'b59554e3 41be41db',
  Concatenate: 'dcee0725 6e93ed6f 4a3e6d6f',
  Dot: '03db793f 33ff13d3 5d6a5d51 1a60844d 04daf0ed 281b86fa',
  Attention: '32f1ee16 9730b3be fde50641 fd53d0fa',
  AdditiveAttention: '3af8f5ab bdd0a416',
  MultiHeadAttention: '010d30a9 974979f6 3fda42c6 49184c8d',
  Rescaling: '0848258d 79e00f62 6211500f',
  CategoryEncoding: 'dbda3278 152e72e5 4c4d83c5 17da6ff5',
  Discretization: 'b9a41a98 64c31e85',
  Normalization: '65ef229e d23b147e e577deec 6f8859ac',
};

/** Outputs, gradients and weights of two steps against the gradient, and the output afterwards. */
function trained(layer: Layer, contract: Contract): Tensor[] {
  const x = drawInputs(contract, 4);
  const listed = isShapeList(contract.inputShape);
  layer.ensureBuilt((listed ? x.map(({ shape }) => shape) : x[0].shape) as Shapes);
  const variables = layer.trainableWeights;
  const trace = new Trace();
  const outputs = tracing(trace, () => {
    const inputs = x.map((one) => trace.input(one));
    const output = layer.invokeAll(inputs, true, { listed: layer.takesList })[0];
    const by = [...inputs, ...variables.map((variable) => trace.read(variable))];
    const found = gradientsOf(sum(square(affine(output, 1, -3))), by).map((one) => one && (isIndexedSlices(one) ? densify(one) : one));
    for (const [i, variable] of variables.entries()) assignAdd(variable, affine(found[inputs.length + i] as Value, -1e-3, 0));
    return [output, ...found.filter((one) => one !== undefined)];
  });
  const program = compileTrace(trace, outputs);
  const results: Tensor[] = [];
  for (let step = 0; step < 2; step++) {
    program.run((memory, i) => memory.set(x[i].data));
    for (const [i, { shape }] of program.plan.outputs.entries()) results.push(new Tensor(program.output(i).slice() as Float32Array, shape));
    results.push(...layer.getWeights());
  }
  return [...results, layer.apply(listed ? x : x[0])];
}

/** One NaN may have other bits than the next. */
const plainNaN = ({ data, shape }: Tensor): Tensor => new Tensor(Float32Array.from(data, Number), shape);

const classNames = [...new Set(layerCases.map(({ className }) => className))];

describe('digest of what a layer gives and learns', () => {
  it('stands here for every layer that computes in a graph', () => {
    expect(Object.keys(digests)).toEqual(classNames);
  });

  it.each(classNames)('%s', (name) => {
    const cases = layerCases.filter(({ className }) => className === name);
    const found = cases.map(({ make, positional, options, ...contract }) => {
      setRandomSeed(5);
      return digest(trained(make({ ...positional, ...options }), contract).map(plainNaN));
    });
    expect(found.join(' ')).toBe(digests[name]);
  });
});
