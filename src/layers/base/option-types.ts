// Kinds of options that layers have: what other namespaces define, by name, object or instance.
import * as activations from '../../activations/index.ts';
import { ValueError } from '../../common/errors.ts';
import { checkChoice, describe } from '../../common/options.ts';
import type { Kind } from '../../common/spec.ts';
import * as constraints from '../../constraints/index.ts';
import * as initializers from '../../initializers/index.ts';
import { checkSeed } from '../../random/seed.ts';
import * as regularizers from '../../regularizers/index.ts';
import { checkShape } from './shape.ts';

const from = (get: (identifier: never) => unknown, serialize: (identifier: never) => unknown): Kind => ({
  read: (_owner, _name, value) => get(value as never),
  write: (value) => serialize(value as never),
});

// The functions, not the namespaces: a namespace that is passed on stays in a bundle whole.
export const activation = /* @__PURE__ */ from(activations.get, activations.serialize);
/** Made when the layer is: each random initializer draws its seed then, in Keras's order. */
export const initializer = /* @__PURE__ */ from(initializers.get, initializers.serialize);
export const regularizer = /* @__PURE__ */ from(regularizers.get, regularizers.serialize);
export const constraint = /* @__PURE__ */ from(constraints.get, constraints.serialize);

/** A seed, or null to draw one. */
export const seed: Kind = { read: (owner, _name, value) => checkSeed(owner, value as number) };

/** A shape with null for lengths that vary. */
export const shape: Kind = { read: (owner, name, value) => checkShape(`${owner}: ${name}`, value) };

/** One of some strings. */
export const choice = (...choices: readonly string[]): Kind => ({ read: (owner, name, value) => checkChoice(owner, name, value, choices) });

export const dataFormat: Kind = /* @__PURE__ */ choice('channels_last', 'channels_first');

/** false and nothing else: options that saved models hold and that are not supported. */
export const no: Kind = {
  read: (owner, name, given) => {
    if (given === false) return given;
    throw new ValueError(`${owner}: expected ${name} to be false, got ${describe(given)}. Nothing else is supported; leave it out.`);
  },
};
