// From what a layer's option may hold to an initializer, and back to a config.
import { mismatch } from '../common/errors.ts';
import { type FunctionConfig, findClass, functionConfig, notOne, type Registry, resolve, toConfig } from '../common/identifier.ts';
import type { SnakeCase } from '../common/names.ts';
import { sameShape } from '../graph/shape.ts';
import type { TensorLike } from '../tensor/convert.ts';
import { Tensor } from '../tensor/tensor.ts';
import * as classes from './classes.ts';
import type { InitializerConfig } from './initializer.ts';
import { Initializer } from './initializer.ts';

/** A function that gives the values of a shape, nested or flat. */
export type InitializerFunction = (shape: readonly number[]) => TensorLike;

type InitializerClass = new (options?: never) => Initializer;

/** Initializers of the user, by the names that configs give them. */
export type InitializerObjects = Record<string, InitializerClass | InitializerFunction>;

/** Keras's other names. */
const aliases = {
  normal: 'RandomNormal',
  one: 'Ones',
  uniform: 'RandomUniform',
  zero: 'Zeros',
  identityinitializer: 'Identity',
  orthogonalinitializer: 'Orthogonal',
} as const;

const registry = (): Registry<Initializer> => ({ what: 'initializer', classes, aliases });

type ClassName = keyof typeof classes;

/** The strings that name an initializer. */
export type InitializerName =
  | ClassName
  | SnakeCase<ClassName>
  | 'normal'
  | 'one'
  | 'uniform'
  | 'zero'
  | 'IdentityInitializer'
  | 'OrthogonalInitializer';

/** All that stands for an initializer: its name, itself, its class, its config, a function of the shape, or a tensor. */
export type InitializerIdentifier =
  | InitializerName
  | Initializer
  | InitializerConfig
  | FunctionConfig
  | InitializerFunction
  | InitializerClass
  | Tensor;

/**
 * The initializer that an identifier stands for.
 *
 * ```ts
 * initializers.get('he_normal');
 * initializers.get({ className: 'RandomNormal', config: { stddev: 0.1, seed: 7 } });
 * initializers.get((shape) => new Float32Array(shape[0] * shape[1]).fill(0.5));
 * ```
 * @param identifier a name in Keras's spelling ('glorot_uniform', 'GlorotUniform', 'uniform', 'zeros', ...), an initializer,
 * its class or config, a function from a shape to values, or a Tensor of that shape
 * @param customObjects classes and functions of your own that a config may name
 * @throws ValueError when it stands for none
 */
export function get(identifier: InitializerIdentifier, customObjects: InitializerObjects = {}): Initializer {
  if (identifier instanceof Initializer) return identifier;
  if (identifier instanceof Tensor) return new FromTensor(identifier);
  if (typeof identifier === 'function') return isClass(identifier) ? new identifier() : new FromFunction(identifier);
  if (typeof identifier === 'string') return make(identifier, {}, customObjects);
  const { className, config } = (identifier ?? {}) as Partial<InitializerConfig | FunctionConfig>;
  if (typeof className !== 'string') throw notOne('initializer', identifier);
  const name = typeof config === 'string' ? config : className;
  return Object.hasOwn(customObjects, name) ? make(name, config, customObjects) : resolve(registry(), identifier);
}

function make(name: string, config: object | string | undefined, customObjects: InitializerObjects): Initializer {
  const own = Object.hasOwn(customObjects, name) ? customObjects[name] : undefined;
  if (!own) return new (findClass(registry(), name))(config);
  return isClass(own) ? new own(config as never) : new FromFunction(own);
}

const isClass = (f: InitializerClass | InitializerFunction): f is InitializerClass => f.prototype instanceof Initializer;

/**
 * The config of an initializer, from which `get` makes it again.
 *
 * ```ts
 * initializers.serialize(new initializers.Constant(2)); // { className: 'Constant', config: { value: 2 } }
 * ```
 * A function is kept by its name alone: to load it, hand it to `customObjects`. A tensor is kept as Zeros.
 */
export function serialize(identifier: InitializerIdentifier): InitializerConfig | FunctionConfig {
  const initializer = get(identifier);
  if (initializer instanceof FromFunction) return functionConfig(initializer.values, initializer);
  // A saved model holds the values among its weights, which replace whatever loading starts from.
  return toConfig(initializer instanceof FromTensor ? new classes.Zeros() : initializer) as InitializerConfig;
}

/** Values from a function of the user. */
class FromFunction extends Initializer {
  readonly values: InitializerFunction;

  constructor(values: InitializerFunction) {
    super();
    this.values = values;
  }

  override get className(): string {
    return this.values.name || 'function';
  }

  call(shape: readonly number[]): TensorLike {
    return this.values(shape);
  }
}

/** Values given beforehand. */
class FromTensor extends Initializer {
  private readonly values: Tensor;

  constructor(values: Tensor) {
    super();
    this.values = values;
  }

  call(shape: readonly number[]): Tensor {
    if (sameShape(this.values.shape, shape)) return this.values;
    throw mismatch(
      'initializer Tensor',
      `a weight of shape [${this.values.shape.join(', ')}]`,
      `[${shape.join(', ')}]`,
      "Pass a tensor of the weight's shape.",
    );
  }
}
