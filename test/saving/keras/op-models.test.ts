// Functional models of one op each, against what Keras writes of them (test/fixtures/record/op_models.py): ours is written alike, and
// Keras's is read and computes the same.
import { describe, expect, it } from 'vitest';
import { clearSession, Input, Model, type SymbolicTensor } from '../../../src/index.ts';
import { modelConfig, modelFromConfig } from '../../../src/saving/index.ts';
import type { Tensor } from '../../../src/tensor/index.ts';
import recorded from '../../fixtures/op_models.json' with { type: 'json' };
import { type Call, expectResults, invoke, readCall, replaced, tensorsIn } from '../../functions/recorded.ts';

interface Layer {
  readonly module: string;
  readonly class_name: string;
  readonly config: Readonly<Record<string, unknown>>;
  readonly inbound_nodes: readonly { readonly args: readonly unknown[]; readonly kwargs: Readonly<Record<string, unknown>> }[];
}

interface Written {
  readonly constant: number | null;
  readonly layers: readonly Layer[];
}

const cases = recorded.map((entry) => {
  const call = readCall(entry as never);
  const { constant, layers } = entry as unknown as Written;
  const what = constant === null ? '' : `, operand ${constant} a constant`;
  return { name: `${call.name}(${JSON.stringify(call.settings)})${what}`, call, constant, layers };
});

const inputsOf = (call: Call, constant: number | null): [index: number, tensor: Tensor][] =>
  [...tensorsIn(call).entries()].filter(([i]) => i !== constant);

const kindOf = ({ dtype }: Tensor): 'float32' | 'int32' | 'bool' => dtype;

function draw(call: Call, constant: number | null): Model {
  clearSession();
  const inputs = new Map(
    inputsOf(call, constant).map(([i, tensor]) => [i, Input({ batchShape: [...tensor.shape], dtype: kindOf(tensor), name: `x${i}` })]),
  );
  const outputs = invoke(
    call,
    replaced(call, (tensor, i) => inputs.get(i) ?? tensor),
  ) as SymbolicTensor[];
  return new Model({ inputs: [...inputs.values()], outputs: outputs.length === 1 ? outputs[0] : outputs, name: 'model' });
}

/** Python tells whole floats from integers, JSON does not; a setting that is left out has Keras's default. */
const opsOf = (model: { config: { layers: Layer[] } }): Layer[] =>
  model.config.layers.filter(({ class_name }) => class_name !== 'InputLayer');

describe.each(cases)('$name', ({ call, constant, layers }) => {
  it('is written as Keras writes it', () => {
    expect(opsOf(modelConfig(draw(call, constant)) as never)).toEqual(layers);
  });

  it('is read from what Keras writes', () => {
    const ours = modelConfig(draw(call, constant)) as { config: { layers: Layer[] } };
    const inputs = ours.config.layers.filter(({ class_name }) => class_name === 'InputLayer');
    const model = modelFromConfig({ ...ours, config: { ...ours.config, layers: [...inputs, ...layers] } } as never) as Model;
    const data = inputsOf(call, constant).map(([, tensor]) => tensor);
    const results = [model.apply(data.length === 1 ? data[0] : data)].flat();
    expectResults(call, results, 'read from a file');
  });
});
