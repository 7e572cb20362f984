// Serializes the compile arguments: Keras's compile_config.
import { Configurable } from '../../common/configurable.ts';
import { classNameOf } from '../../common/spec.ts';
import * as losses from '../../losses/index.ts';
import * as metrics from '../../metrics/index.ts';
import type { JsonObject } from './json.ts';
import { functionObject, writeObject } from './write-object.ts';
import type { Writing } from './writing.ts';
import type { WrittenModel } from './written-model.ts';

type Subject = 'loss' | 'metric';

/** The compile arguments; an empty object for a model that is not compiled. */
export function writeCompile(model: WrittenModel, writing: Writing): JsonObject {
  const { optimizer } = model;
  if (!optimizer) return {};
  const { loss = null, metrics: reported = null, weightedMetrics = null, lossWeights = null } = model.compiled('compileConfig').options;
  return {
    optimizer: writeObject(optimizer, writing),
    loss: writeEach('loss', loss, writing),
    loss_weights: lossWeights,
    metrics: writeEach('metric', reported, writing),
    weighted_metrics: writeEach('metric', weightedMetrics, writing),
    run_eagerly: false,
    steps_per_execution: 1,
    jit_compile: false,
  };
}

/** Names stay, functions become their names, arrays and objects are written element by element. */
function writeEach(kind: Subject, target: unknown, writing: Writing): unknown {
  if (target === null || target === undefined || typeof target === 'string') return target ?? null;
  if (typeof target === 'function') return functionObject(classNameOf(target) || kind);
  if (Array.isArray(target)) return target.map((item) => writeEach(kind, item, writing));
  if (target instanceof Configurable) return writeObject(target, writing);
  const { className } = target as { className?: unknown };
  if (typeof className === 'string') {
    const made = kind === 'loss' ? losses.get(target as losses.LossIdentifier) : metrics.get(target as metrics.MetricIdentifier);
    return writeObject(made, writing);
  }
  return Object.fromEntries(Object.entries(target as object).map(([name, item]) => [name, writeEach(kind, item, writing)]));
}
