// First weights of MultiHeadAttention: the inputs and outputs of each projection, whatever its axes. The numbers are those of Keras 3.15.
import { describe, expect, it } from 'vitest';
import { initializers, layers, setRandomSeed } from '../../../src/index.ts';

const kernels = (layer: layers.MultiHeadAttention): number[][] => {
  layer.build([
    [null, 5, 4],
    [null, 5, 4],
  ]);
  return layer.weights.filter(({ name }) => name === 'kernel').map((weight) => [...weight.view()]);
};

describe('the kernels of MultiHeadAttention', () => {
  it('are drawn for d inputs and heads * keyDim outputs, and the last the other way round', () => {
    const [query, , , output] = kernels(
      new layers.MultiHeadAttention(2, 3, { kernelInitializer: new initializers.GlorotUniform({ seed: 7 }) }),
    );
    const expected = [0.3827728033065796, 0.26674044132232666, -0.6850849986076355, 0.2234141230583191];
    expect(query.slice(0, 4)).toEqual(expected);
    expect(output.slice(0, 4)).toEqual(expected);
  });

  it('are drawn one after the other', () => {
    setRandomSeed(3);
    expect(kernels(new layers.MultiHeadAttention(2, 3)).map((kernel) => kernel.slice(0, 3))).toEqual([
      [0.2687971591949463, -0.372625470161438, -0.14989185333251953],
      [0.4494028091430664, 0.42298924922943115, -0.6223036050796509],
      [-0.3165126442909241, -0.44483301043510437, -0.32832854986190796],
      [-0.09556949138641357, -0.7539306282997131, -0.6031949520111084],
    ]);
  });

  it('keep axes that the initializer names itself', () => {
    const own = new initializers.GlorotUniform({ seed: 7, inputAxes: [0], outputAxes: [2] });
    const [query] = kernels(new layers.MultiHeadAttention(2, 3, { kernelInitializer: own }));
    expect(query).toEqual([...own.call([4, 2, 3]).data]);
  });
});
