// Reads how a model is trained: Keras's compile_config, and the training_config of older files.
import { describe } from '../../common/options.ts';
import * as losses from '../../losses/index.ts';
import * as metrics from '../../metrics/index.ts';
import type { CompileOptions } from '../../models/compiled.ts';
import * as optimizers from '../../optimizers/index.ts';
import { refusal } from '../model/format-error.ts';
import { isObject, type JsonObject } from '../model/json.ts';
import { isClassConfig, type Reading, readCustom, readObject } from '../model/read-object.ts';

type Subject = 'loss' | 'metric';

/** The options of `compile` that a config says, or nothing where the model was not compiled. */
export function readCompile(config: JsonObject, reading: Reading): CompileOptions | undefined {
  const optimizer = config.optimizer ?? config.optimizer_config;
  if (optimizer === undefined || optimizer === null) return undefined;
  const given = {
    optimizer: readOptimizer(optimizer, reading),
    loss: readEach('loss', config.loss, reading),
    metrics: readEach('metric', unwrapped(config.metrics), reading),
    weightedMetrics: readEach('metric', unwrapped(config.weighted_metrics), reading),
    lossWeights: config.loss_weights,
  };
  return Object.fromEntries(Object.entries(given).filter(([, value]) => value !== null && value !== undefined)) as CompileOptions;
}

/** Keras 2 has a list in the list where there is one output. */
const unwrapped = (given: unknown): unknown => (Array.isArray(given) && given.length === 1 && Array.isArray(given[0]) ? given[0] : given);

function readOptimizer(given: unknown, reading: Reading): CompileOptions['optimizer'] {
  if (typeof given === 'string') {
    const own = reading.customObjects.get(given);
    const Class = own && own.prototype instanceof optimizers.Optimizer ? own : reading.known.classOf('optimizer', given);
    if (!Class) return given;
    return new (Class as new () => optimizers.Optimizer)();
  }
  const made = isClassConfig(given) ? readObject(given, reading, 'optimizer') : given;
  if (made instanceof optimizers.Optimizer) return made;
  throw refusal(reading.owner, `${describe(given)} as the optimizer`, 'It is a name or an object with class_name and config.');
}

function readEach(kind: Subject, given: unknown, reading: Reading): unknown {
  if (Array.isArray(given)) return given.map((item) => readEach(kind, item, reading));
  if (typeof given === 'string') return readName(kind, given, reading);
  if (!isObject(given)) return given;
  if (!isClassConfig(given)) return Object.fromEntries(Object.entries(given).map(([name, item]) => [name, readEach(kind, item, reading)]));
  const wrapped = /^(MeanMetricWrapper|LossFunctionWrapper|SumOverBatchSizeMetricWrapper)$/.test(given.class_name as string);
  return wrapped ? readWrapped(kind, given.config, reading) : readObject(given, reading, kind);
}

/** A name that `compile` knows stays one; others stand for a class or for something of the user's. */
function readName(kind: Subject, name: string, reading: Reading): unknown {
  const own = reading.customObjects.get(name);
  if (own) return readCustom(own, { class_name: name }, reading);
  try {
    if (kind === 'loss') losses.get(name);
    else metrics.check(name);
    return name;
  } catch (error) {
    const Class = reading.known.classOf(kind, name);
    if (!Class) throw error;
    return new Class();
  }
}

/** A function of Keras or of the user's behind a class that averages it: `{ fn, name, ... }`. */
function readWrapped(kind: Subject, config: unknown, reading: Reading): unknown {
  const { fn, name } = (isObject(config) ? config : {}) as { fn?: unknown; name?: unknown };
  const word = isObject(fn) ? fn.config : fn;
  if (typeof word !== 'string') throw refusal(reading.owner, `a ${kind} whose function is ${describe(fn)}`, 'It is known by a name.');
  const own = reading.customObjects.get(word);
  if (own) return own;
  const Class = reading.known.classOf(kind, word);
  if (!Class) return readName(kind, word, reading);
  return new Class(typeof name === 'string' ? { name } : {});
}
