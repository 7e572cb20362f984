// `keratin/symbols`: makes `input` and `output` of Sequential models and their layers work in a page.

import { provide } from '../common/parts.ts';
import { InputLayer, inputTensor } from '../layers/core/input-layer.ts';
import type { DrawStack } from '../models/sequential.ts';

const draw: DrawStack = (drawn, { name, shape, dtype }, layers) => {
  // A float32 that nobody chose leaves the kind of number to the layers that read it.
  const input = () => inputTensor(new InputLayer({ name, batchShape: shape, ...(dtype === 'float32' ? {} : { dtype }) }));
  if (drawn.length === 0) drawn.push(input());
  for (const layer of layers.slice(drawn.length - 1)) {
    const before = drawn[drawn.length - 1];
    drawn.push(...before.apply(layer, before, {}));
  }
  return drawn;
};

provide('symbols', draw);
