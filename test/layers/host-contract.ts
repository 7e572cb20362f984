// What every layer on the host keeps to. `checkHostLayer` registers the tests.
import { describe, expect, it } from 'vitest';
import { Input, Model } from '../../src/index.ts';
import type { Shape } from '../../src/layers/base/layer.ts';
import type { PreprocessingLayer } from '../../src/layers/preprocessing/preprocessing-layer.ts';
import { eager } from '../../src/runtime/eager.ts';
import { tensor } from '../../src/tensor/index.ts';
import { expectNames, expectNearest } from './constructor-contract.ts';

// biome-ignore lint/suspicious/noExplicitAny: one maker for the constructors of all layers
type Make = (...args: any[]) => PreprocessingLayer;

export interface HostContract {
  readonly className: string;
  /** What the constructor takes positionally, by name and in order; then the other options. */
  readonly positional: Readonly<Record<string, unknown>>;
  readonly options?: Readonly<Record<string, unknown>>;
  /** A batch, and the shape of its rows for an Input. */
  readonly data: readonly unknown[];
  readonly shape: Shape;
  readonly inputDtype: 'string' | 'int32';
}

/** Several for each class. */
export type HostContracts = Readonly<Record<string, readonly Omit<HostContract, 'className'>[]>>;

export function checkHostLayer(make: Make, contract: HostContract): void {
  const { className, positional, options = {}, data, shape, inputDtype } = contract;
  const all = { ...positional, ...options };

  describe(`${className} ${JSON.stringify(all)}`, () => {
    it('has its name and numbers', () => {
      const first = expectNames(make, className, all);
      expect([first.weights, first.countParams()]).toEqual([[], 0]);
    });

    it('makes an equal layer from its config, through JSON too', () => {
      const layer = make({ ...all, trainable: false });
      const config = layer.getConfig();
      expect(config).toMatchObject({ ...all, trainable: false });
      const again = make(JSON.parse(JSON.stringify(config)));
      expect(again.getConfig()).toEqual(config);
      expect(again.apply(data)).toEqual(layer.apply(data));
    });

    it('takes its arguments by position and by name', () => {
      const inOrder = Object.values(positional);
      expect(make(...inOrder, { ...options, name: 'x' }).getConfig()).toEqual(make({ ...all, name: 'x' }).getConfig());
      expect(() => make(...inOrder, 1, 2, {})).toThrow(`${className}: expected at most ${inOrder.length} arguments before the options`);
    });

    it('names the option that a misspelt one is nearest to', () => {
      expectNearest(make, all);
    });

    it('gives the shape and dtype that it promises', () => {
      const layer = make(all);
      const promised = layer.computeOutputShape([null, ...shape]);
      const given = layer.apply(data);
      expect(given.shape).toHaveLength(promised.length);
      for (const [i, dim] of promised.entries()) if (dim !== null) expect(given.shape[i]).toBe(dim);
      expect(given.dtype).toBe(layer.outputDtype);
      const symbol = layer.apply(Input({ shape, dtype: inputDtype }));
      expect([symbol.shape, symbol.dtype]).toEqual([promised, layer.outputDtype]);
    });

    it('gives the same numbers in a model as at once', () => {
      const layer = make(all);
      const x = Input({ shape, dtype: inputDtype });
      const model = new Model({ inputs: x, outputs: layer.apply(x) });
      expect(model.predict(data)).toEqual(layer.apply(data));
      expect(model.predict(data, { batchSize: 1 })).toEqual(layer.apply(data));
    });

    it('refuses values that were computed', () => {
      const layer = make({ ...all, name: 'late' });
      expect(() => eager([tensor([[1, 2]])], ([value]) => [layer.invoke(value, false)])).toThrow(
        'late: expected data as they come in, got a value that was computed. Put the layer first in a Sequential model',
      );
    });

    it('refuses rows of several lengths', () => {
      const [value] = data.flat(9);
      expect(() => make({ ...all, name: 'ragged' }).apply([[value], [value, value]])).toThrow('ragged: expected rows of one length');
    });
  });
}
