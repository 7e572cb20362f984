// Kinds of options that layers have: what other namespaces define, by name, object or instance.
import * as activations from '../activations/index.ts';
import * as constraints from '../constraints/index.ts';
import type { Kind } from '../fields.ts';
import * as initializers from '../initializers/index.ts';
import { checkChoice } from '../options.ts';
import * as regularizers from '../regularizers/index.ts';

interface Namespace<T> {
  get(identifier: never): T;
  serialize(identifier: never): unknown;
}

const from = <T>({ get, serialize }: Namespace<T>): Kind => ({
  read: (_owner, _name, value) => get(value as never),
  write: (value) => serialize(value as never),
});

export const activation = /* @__PURE__ */ from(activations);
/** Made when the layer is: each random initializer draws its seed then, in Keras's order. */
export const initializer = /* @__PURE__ */ from(initializers);
export const regularizer = /* @__PURE__ */ from(regularizers);
export const constraint = /* @__PURE__ */ from(constraints);

export const dataFormat: Kind = {
  read: (owner, name, value) => checkChoice(owner, name, value, ['channels_last', 'channels_first']),
};
