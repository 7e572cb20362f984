// Types of options that layers share: initializers, regularizers and the like, seeds, shapes.
import * as activations from '../../activations/index.ts';
import { mismatch } from '../../common/errors.ts';
import { choice, type OptionType } from '../../common/option-types.ts';
import { describe } from '../../common/options.ts';
import * as constraints from '../../constraints/index.ts';
import type { Constraint, Regularizer } from '../../graph/variable.ts';
import * as initializers from '../../initializers/index.ts';
import { checkSeed } from '../../random/seed.ts';
import * as regularizers from '../../regularizers/index.ts';
import { checkShape, type Shape } from './shape.ts';

/** `get` and `serialize` of a namespace; null is the default where there is none. */
const from = <Kept, Given>(
  get: (identifier: Given) => Kept | undefined,
  serialize: (identifier: Given) => unknown,
): OptionType<Kept, Exclude<Given, undefined>> => ({
  read: (_owner, _name, value) => get(value as Given) as Kept,
  write: (value) => serialize(value as Given),
});

type Activation = activations.Activation;
type ActivationIdentifier = activations.ActivationIdentifier;

// The functions, not the namespaces: a namespace that is passed on stays in a bundle whole.
export const activation: OptionType<Activation, ActivationIdentifier | null> = /* @__PURE__ */ from(activations.get, activations.serialize);
/** Made when the layer is: each random initializer draws its seed then, in Keras's order. */
export const initializer: OptionType<initializers.Initializer, initializers.InitializerIdentifier> = /* @__PURE__ */ from(
  initializers.get,
  initializers.serialize,
);
export const regularizer: OptionType<Regularizer, regularizers.RegularizerIdentifier | null> = /* @__PURE__ */ from(
  regularizers.get,
  regularizers.serialize,
);
export const constraint: OptionType<Constraint, constraints.ConstraintIdentifier | null> = /* @__PURE__ */ from(
  constraints.get,
  constraints.serialize,
);

/** A seed, or null to draw one. */
export const seed: OptionType<number> = { read: (owner, _name, value) => checkSeed(owner, value as number) as number };

/** A shape with null for lengths that vary. */
export const shape: OptionType<Shape> = { read: (owner, name, value) => checkShape(`${owner}: ${name}`, value) };

export const dataFormat: OptionType<'channels_last' | 'channels_first'> = /* @__PURE__ */ choice('channels_last', 'channels_first');

/** false and nothing else: options that saved models hold and that are not supported. */
export const no: OptionType<false> = {
  read: (owner, name, value) => {
    if (value === false) return value;
    throw mismatch(owner, `${name} to be false`, describe(value), 'Nothing else is supported; leave it out.');
  },
};
