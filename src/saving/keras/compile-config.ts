// How a model is trained, as Keras keeps it: compile_config, and the training_config of older files.
import { toConfig } from '../../common/identifier.ts';
import { describe } from '../../common/options.ts';
import * as losses from '../../losses/index.ts';
import * as metrics from '../../metrics/index.ts';
import type { BaseModel } from '../../models/base-model.ts';
import type { CompileOptions } from '../../models/compiled.ts';
import * as optimizers from '../../optimizers/index.ts';
import { isObject, type JsonObject } from './check-json.ts';
import { type AnyClass, classOf, isClass } from './classes.ts';
import { refusal } from './format-error.ts';
import { isClassConfig, type Reading, readCustom, readObject } from './read-object.ts';
import { functionObject, writeObject } from './write-object.ts';

type Subject = 'loss' | 'metric';

/** What the model was compiled with; an empty object when it was not. */
export function writeCompile(model: BaseModel): JsonObject {
  const { optimizer } = model;
  if (!optimizer) return {};
  const { loss = null, metrics: reported = null, weightedMetrics = null, lossWeights = null } = model.compiled('compileConfig').options;
  return {
    optimizer: writeObject('optimizer', toConfig(optimizer)),
    loss: writeEach('loss', loss),
    loss_weights: lossWeights,
    metrics: writeEach('metric', reported),
    weighted_metrics: writeEach('metric', weightedMetrics),
    run_eagerly: false,
    steps_per_execution: 1,
    jit_compile: false,
  };
}

/** Names stay names, functions become theirs, and what stands in arrays and objects is written one by one. */
function writeEach(kind: Subject, given: unknown): unknown {
  if (given === null || given === undefined || typeof given === 'string') return given ?? null;
  if (typeof given === 'function') return functionObject(given.name || kind);
  if (Array.isArray(given)) return given.map((item) => writeEach(kind, item));
  if (kind === 'loss' && given instanceof losses.Loss) return writeObject(kind, toConfig(given));
  if (kind === 'metric' && given instanceof metrics.Metric) return writeObject(kind, toConfig(given));
  const { className } = given as { className?: unknown };
  if (typeof className === 'string') {
    const made = kind === 'loss' ? losses.get(given as losses.LossIdentifier) : metrics.get(given as metrics.MetricIdentifier);
    return writeObject(kind, toConfig(made));
  }
  return Object.fromEntries(Object.entries(given as object).map(([name, item]) => [name, writeEach(kind, item)]));
}

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
    const Class = (own && isClass(own) ? own : classOf('optimizer', given)) as AnyClass | undefined;
    if (!Class) return given;
    return new Class() as optimizers.Optimizer;
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
    const Class = classOf(kind, name);
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
  const Class = classOf(kind, word);
  if (!Class) return readName(kind, word, reading);
  return new Class(typeof name === 'string' ? { name } : {});
}
