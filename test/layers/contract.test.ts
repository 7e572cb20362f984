import { describe, expect, it } from 'vitest';
import * as layers from '../../src/layers/index.ts';
import type { HostLayer } from '../../src/layers/preprocessing/preprocessing-layer.ts';
import { type Contracts, checkLayer } from './contract.ts';
import { attention } from './contracts/attention.ts';
import { core } from './contracts/core.ts';
import { host } from './contracts/host.ts';
import { merge } from './contracts/merge.ts';
import { normalization } from './contracts/normalization.ts';
import { preprocessing } from './contracts/preprocessing.ts';
import { recurrent } from './contracts/recurrent.ts';
import { steps } from './contracts/steps.ts';
import { checkHostLayer } from './host-contract.ts';

const classes = { ...layers };

// biome-ignore lint/suspicious/noExplicitAny: as in contract.ts
type Arguments = any;

const contracts: Contracts = {
  ...core,
  ...recurrent,
  ...steps,
  ...normalization,
  ...merge,
  ...attention,
  ...preprocessing,
};

/** A layer that TimeDistributed is to have, made anew for each. */
function withLayers(given: Arguments): Arguments {
  if (typeof given?.className === 'string' && given.className in classes) return new classes[given.className as 'Dense'](given.config);
  return given?.layer ? { ...given, layer: withLayers(given.layer) } : given;
}

for (const [className, list] of Object.entries(contracts)) {
  const Class = classes[className as 'Dense'] as new (...args: Arguments[]) => layers.Layer;
  for (const contract of list)
    checkLayer((...args: Arguments[]) => new Class(...(className === 'TimeDistributed' ? args.map(withLayers) : args)), {
      className,
      ...contract,
    });
}

for (const [className, list] of Object.entries(host)) {
  const Class = classes[className as 'Hashing'] as new (...args: Arguments[]) => HostLayer;
  for (const contract of list) checkHostLayer((...args: Arguments[]) => new Class(...args), { className, ...contract });
}

describe('the contract', () => {
  it('is kept by every layer', () => {
    // Names in lower case are functions, and so is Input. InputLayer computes nothing and takes no layer options; the base class is abstract.
    const names = Object.keys(layers).filter((name) => /^[A-Z]/.test(name) && !['Layer', 'InputLayer', 'Input'].includes(name));
    expect(Object.keys({ ...contracts, ...host }).sort()).toEqual(names.sort());
  });

  it('is what InputLayer keeps of it', () => {
    const layer = new layers.InputLayer({ shape: [3], name: 'in' });
    expect(new layers.InputLayer(layer.getConfig()).getConfig()).toEqual({ batchShape: [null, 3], dtype: 'float32', name: 'in' });
    expect(layer.apply([[1, 2, 3]]).array()).toEqual([[1, 2, 3]]);
    expect(layer.computeOutputShape([null, 3])).toEqual([null, 3]);
  });
});
