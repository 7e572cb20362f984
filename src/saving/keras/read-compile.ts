// Reads the compile arguments: Keras's compile_config, and the training_config of older files.
import { ValueError } from '../../common/errors.ts';
import { describe, isPlain } from '../../common/options.ts';
import { ModelFormatError } from '../../files/model-format-error.ts';
import * as losses from '../../losses/index.ts';
import * as metrics from '../../metrics/index.ts';
import type { CompileOptions } from '../../models/compiled.ts';
import * as optimizers from '../../optimizers/index.ts';
import { formatError } from '../model/format-error.ts';
import { isObject, type JsonObject } from '../model/json.ts';
import { kindOfModule } from '../model/kinds.ts';
import { isClassConfig, isForeign, type Reading, readCustom, readObject } from '../model/read-object.ts';

type Subject = 'loss' | 'metric';

interface CompileReading extends Reading {
  /** What `read` gives; where `part` may be missing, nothing. */
  attempt<T>(subject: Subject | 'optimizer', part: unknown, read: () => T): T | undefined;
}

/** Hears of a part of Keras's that cannot be read, and why. */
export type Missing = (subject: Subject | 'optimizer', why: ValueError | ModelFormatError) => void;

/**
 * The options of `compile` that a config says, or nothing where the model was not compiled. What Keras has and this package has not is
 * an error; with `missing` a metric is left out instead, and without its optimizer or one of its losses the model is not compiled.
 */
export function readCompile(config: JsonObject, context: Reading, outputs: number, missing?: Missing): CompileOptions | undefined {
  let isWhole = true;
  const reading: CompileReading = {
    ...context,
    attempt(subject, part, read) {
      try {
        return read();
      } catch (error) {
        const isUnknown = error instanceof ValueError || error instanceof ModelFormatError;
        if (!missing || !isUnknown || !isOfKeras(subject, part)) throw error;
        missing(subject, error);
        if (subject !== 'metric') isWhole = false;
        return undefined;
      }
    },
  };
  const optimizer = config.optimizer ?? config.optimizer_config;
  if (optimizer === undefined || optimizer === null) return undefined;
  const options = {
    optimizer: reading.attempt('optimizer', optimizer, () => readOptimizer(optimizer, reading)),
    loss: readEach('loss', config.loss, reading),
    metrics: present(readEach('metric', unwrapped(config.metrics), reading), outputs > 1),
    weightedMetrics: present(readEach('metric', unwrapped(config.weighted_metrics), reading), outputs > 1),
    lossWeights: config.loss_weights,
  };
  if (!isWhole) return undefined;
  return Object.fromEntries(Object.entries(options).filter(([, value]) => value !== null && value !== undefined)) as CompileOptions;
}

/** Keras 2 has a list in the list where there is one output. */
const unwrapped = (value: unknown): unknown => (Array.isArray(value) && value.length === 1 && Array.isArray(value[0]) ? value[0] : value);

/** Whether a part may be Keras's own. What is the user's has to be passed, as in Keras, and what is neither is damage. */
function isOfKeras(subject: Subject | 'optimizer', part: unknown): boolean {
  if (typeof part === 'string') return /^[a-z]\w*$/i.test(part);
  return isObject(part) && !isForeign(part) && (kindOfModule(part.module) ?? subject) === subject;
}

/** The metrics without those that are missing, whose places stay where places stand for outputs. */
function present(read: unknown, isPerOutput: boolean): unknown {
  if (isPlain(read)) return Object.fromEntries(Object.entries(read).map(([name, one]) => [name, present(one, false)]));
  if (!Array.isArray(read)) return read;
  return isPerOutput ? read.map((one) => present(one, false) ?? null) : read.filter((one) => one !== undefined);
}

function readOptimizer(optimizer: unknown, reading: Reading): CompileOptions['optimizer'] {
  if (typeof optimizer === 'string') {
    const custom = reading.customObjects.get(optimizer);
    const Class = custom && custom.prototype instanceof optimizers.Optimizer ? custom : reading.known.classOf('optimizer', optimizer);
    if (!Class) return optimizer;
    return new (Class as new () => optimizers.Optimizer)();
  }
  const made = isClassConfig(optimizer) ? readObject(optimizer, reading, 'optimizer') : optimizer;
  if (made instanceof optimizers.Optimizer) return made;
  throw formatError(reading.owner, `${describe(optimizer)} as the optimizer`, 'It is a name or an object with class_name and config.');
}

function readEach(kind: Subject, config: unknown, reading: CompileReading): unknown {
  if (Array.isArray(config)) return config.map((item) => readEach(kind, item, reading));
  if (typeof config === 'string') return reading.attempt(kind, config, () => readName(kind, config, reading));
  if (!isObject(config)) return config;
  if (!isClassConfig(config))
    return Object.fromEntries(Object.entries(config).map(([name, item]) => [name, readEach(kind, item, reading)]));
  const wrapped = /^(MeanMetricWrapper|LossFunctionWrapper|SumOverBatchSizeMetricWrapper)$/.test(config.class_name as string);
  return reading.attempt(kind, config, () => (wrapped ? readWrapped(kind, config.config, reading) : readObject(config, reading, kind)));
}

/** A name that `compile` knows stays one; others stand for a class or for something of the user's. */
function readName(kind: Subject, name: string, reading: Reading): unknown {
  const custom = reading.customObjects.get(name);
  if (custom) return readCustom(custom, { class_name: name }, reading);
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
  if (typeof word !== 'string') throw formatError(reading.owner, `a ${kind} whose function is ${describe(fn)}`, 'It is known by a name.');
  const custom = reading.customObjects.get(word);
  if (custom) return custom;
  const Class = reading.known.classOf(kind, word);
  if (!Class) return readName(kind, word, reading);
  return new Class(typeof name === 'string' ? { name } : {});
}
