import { describe, expect, it } from 'vitest';
import * as layers from '../../src/layers/index.ts';
import { checkLayer } from './contract.ts';
import { classNames, hostCases, layerCases } from './contracts/index.ts';
import { checkHostLayer } from './host-contract.ts';

for (const { make, ...contract } of layerCases) checkLayer(make, contract);
for (const { make, ...contract } of hostCases) checkHostLayer(make, contract);

describe('the contract', () => {
  it('is kept by every layer', () => {
    expect([...new Set([...layerCases, ...hostCases].map(({ className }) => className))].sort()).toEqual([...classNames].sort());
  });

  it('is what InputLayer keeps of it', () => {
    const layer = new layers.InputLayer({ shape: [3], name: 'in' });
    expect(new layers.InputLayer(layer.getConfig()).getConfig()).toEqual({ batchShape: [null, 3], dtype: 'float32', name: 'in' });
    expect(layer.apply([[1, 2, 3]]).array()).toEqual([[1, 2, 3]]);
    expect(layer.computeOutputShape([null, 3])).toEqual([null, 3]);
  });
});
