// What bundlers do to classes: those that a program does not name are gone, and those of the user's keep the names they state.
import { describe, expect, it } from 'vitest';
import { layers } from '../../src/index.ts';
import { bundle } from './bundle.ts';

/** What a bundled program leaves in `result`. */
async function run(text: string): Promise<unknown> {
  const code = await bundle({ text });
  const module = await import(`data:text/javascript;base64,${Buffer.from(code).toString('base64')}`);
  return module.result;
}

describe('a bundle', () => {
  it.each(['keratin', 'keratin/layers'])('of one layer of %s holds no other class of layers', async (entry) => {
    const code = await bundle({ text: `import { Dense } from '${entry}'; console.log(Dense);` });
    const names = Object.keys(layers).filter((name) => /^[A-Z]/.test(name) && code.includes(`"keras.layers.${name}"`));
    expect(names).toEqual(['Dense']);
  });

  it("keeps the user's classes apart by static className, whatever the minifier calls them", async () => {
    const program = `
      import { layers, losses, ops, Sequential, loadModel, modelFromJSON, toKeras } from 'keratin';
      class Doubled extends layers.Dense {
        static className = 'Doubled';
        call(x) { return ops.multiply(super.call(x), 2); }
      }
      class Own extends losses.MeanSquaredError { static className = 'Own'; }
      class Unnamed extends layers.Dense {}
      const model = new Sequential([new Doubled(2, { inputShape: [3] }), new layers.Dense(1)], { name: 'm' });
      model.compile({ optimizer: 'sgd', loss: new Own() });
      const json = JSON.parse(model.toJSON());
      const bytes = toKeras(model);
      const message = (body) => body().then(() => 'none', (error) => error.message);
      const copy = await loadModel(bytes, { customObjects: [Doubled, Own] });
      const x = [[1, -2, 3]];
      export const result = {
        name: model.layers[0].name,
        className: json.config.layers[1].class_name,
        module: json.config.layers[1].module,
        isOwn: copy.layers[0] instanceof Doubled,
        same: copy.predict(x).item() === model.predict(x).item(),
        refused: await message(() => loadModel(bytes)),
        minified: Unnamed.name !== 'Unnamed',
      };
    `;
    expect(await run(program)).toEqual({
      name: 'doubled',
      className: 'Doubled',
      module: null,
      isOwn: true,
      same: true,
      refused: expect.stringContaining("an unknown layer 'Doubled', which is none of Keras's. Pass customObjects: { Doubled }."),
      minified: true,
    });
  });
});
