// Deserializes layers.
import { mismatch, ValueError } from '../../common/errors.ts';
import { describe } from '../../common/options.ts';
import { Layer, type LayerSpec } from '../../layers/base/layer.ts';
import { InputLayer, type InputLayerOptions } from '../../layers/core/input-layer.ts';
import { formatError } from './format-error.ts';
import { isObject, type JsonObject } from './json.ts';
import type { OptionsClass } from './known-classes.ts';
import { builtIn, classNameOf, customOf, isLayerClass, optionsOf, type Reading, readCustom } from './read-object.ts';

/** A layer that is no model. */
export function readLayer(config: JsonObject, reading: Reading): Layer {
  const className = classNameOf(config);
  const options = config.config ?? {};
  if (!isObject(options)) throw formatError(reading.owner, `${describe(options)} as the config of a ${className}`, 'It is an object.');
  const custom = customOf(config, reading);
  const isOwn = custom === InputLayer || holdsCode(custom);
  if (custom && !isOwn) return checkLayer(className, readCustom(custom, config, reading), reading);
  const Class = custom ?? builtIn(config, 'layer', reading);
  if (Class === InputLayer) return readInput(options, reading);
  if (holdsCode(Class)) return readLambda(Class, options, reading);
  return checkLayer(className, make(Class as OptionsClass, options, reading), reading);
}

/** Whether the class says so of itself: Lambda is known by that, since naming it here would put it into every program. */
const holdsCode = (Class: unknown): Class is OptionsClass =>
  isLayerClass(Class) && Object.hasOwn(Class, 'spec') && (Class as { spec?: LayerSpec }).spec?.holdsCode === true;

/** Whatever is wrong with the options, the message names the layer. */
function make(Class: OptionsClass, options: JsonObject, reading: Reading): unknown {
  try {
    return new Class(optionsOf(Class, options, reading));
  } catch (error) {
    const name = `${options.name}`;
    if (error instanceof ValueError && options.name !== undefined && !`${error.owner}:`.startsWith(`${name}:`)) {
      const { owner, expected, got, advice } = error;
      throw owner && expected && got
        ? mismatch(`layer '${name}': ${owner}`, expected, got, advice, { cause: error })
        : new ValueError(`layer '${name}': ${error.message}`, { cause: error });
    }
    throw error;
  }
}

function checkLayer(className: string, made: unknown, reading: Reading): Layer {
  if (made instanceof Layer) return made;
  throw formatError(reading.owner, `'${className}' where a layer is expected`, 'Let customObjects hold a class of layers under that name.');
}

/** Strings, bool and int32 stay; all other numbers are float32 here. */
const inputDtype = (name: string): InputLayerOptions['dtype'] =>
  name === 'string' || name === 'bool' ? name : /^u?int/.test(name) ? 'int32' : 'float32';

function readInput(options: JsonObject, reading: Reading): InputLayer {
  const { batch_input_shape: old, batch_shape: batch = old, dtype, input_tensor: _tensor, ...rest } = options;
  const known = optionsOf(InputLayer, rest, reading);
  const name = isObject(dtype) ? (dtype.config as JsonObject | undefined)?.name : dtype;
  return new InputLayer({
    ...known,
    ...(batch == null ? {} : { batchShape: batch as number[] }),
    dtype: inputDtype(String(name)),
  });
}

/** A Lambda runs functions of the user's: its code is never taken from the file. */
function readLambda(Class: OptionsClass, options: JsonObject, reading: Reading): Layer {
  const name = typeof options.name === 'string' ? options.name : 'lambda';
  const functionOf = (key: string): unknown => {
    const value = options[key];
    if (value === null || value === undefined) return undefined;
    if (Array.isArray(value) && key !== 'function' && value.every((dim) => dim === null || typeof dim === 'number')) return value;
    const known = isObject(value) && value.class_name === 'function' ? String(value.config) : typeof value === 'string' ? value : undefined;
    const found =
      (known === undefined ? undefined : reading.customObjects.get(known)) ??
      (key === 'function' ? reading.customObjects.get(name) : undefined);
    if (found) return found;
    throw formatError(
      reading.owner,
      `the Lambda layer '${name}', whose ${key} is ${known === undefined ? 'Python code' : `the function '${known}'`}`,
      `Code in files is never run. Write it in JS and pass customObjects: { '${known ?? name}': (x) => ... }.`,
    );
  };
  const known = Object.fromEntries(Object.entries(options).filter(([key]) => !/^(function|mask|output_shape|arguments|module)/.test(key)));
  const body = functionOf('function') as unknown;
  if (isLayerClass(body)) return new body(optionsOf(Class, known, reading)) as Layer;
  return checkLayer(
    name,
    new Class({
      ...optionsOf(Class, known, reading),
      function: body,
      outputShape: functionOf('output_shape') ?? null,
      mask: functionOf('mask') ?? null,
      arguments: isObject(options.arguments) && Object.keys(options.arguments).length > 0 ? options.arguments : null,
    }),
    reading,
  );
}
