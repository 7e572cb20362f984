// The compile state: optimizer, and losses and metrics per output.
import { mismatch } from '../common/errors.ts';
import { checkBoolean, checkNumber, checkOptions, checkPositiveInteger, describe, isPlain } from '../common/options.ts';
import type { Value } from '../graph/value.ts';
import { Variable } from '../graph/variable.ts';
import * as losses from '../losses/index.ts';
import * as metrics from '../metrics/index.ts';
import * as optimizers from '../optimizers/index.ts';
import type { Arranged } from './inputs.ts';

export type MetricList = readonly metrics.MetricIdentifier[];

export interface CompileOptions {
  /** A name such as 'adam' or an optimizer. Default 'rmsprop'. */
  optimizer?: optimizers.OptimizerIdentifier;
  /** A name such as 'binary_crossentropy', a loss or a function; with several outputs an array or an object by name. */
  loss?: losses.LossIdentifier | null | readonly (losses.LossIdentifier | null)[] | Readonly<Record<string, losses.LossIdentifier>>;
  /** Metrics to report besides the loss, such as ['acc']; with several outputs an array of arrays or an object by name. */
  metrics?: MetricList | readonly MetricList[] | Readonly<Record<string, metrics.MetricIdentifier | MetricList>>;
  /** Like `metrics`, but counting each sample by its weight. */
  weightedMetrics?: CompileOptions['metrics'];
  /** Weight of each output's loss in the total. */
  lossWeights?: readonly number[] | Readonly<Record<string, number>>;
  /** Of no effect, like the next three: each step is compiled, for the shapes of its batch. */
  jitCompile?: boolean | 'auto' | null;
  runEagerly?: boolean | null;
  stepsPerExecution?: number | null;
  autoScaleLoss?: boolean | null;
}

/** A model's outputs as losses and as metrics name them. */
interface NamedOutputs {
  readonly outputNames: readonly string[];
  readonly metricPrefixes: readonly string[];
}

/** What a model gives: the names of its outputs, and what reads options by their structure. */
interface Outputs {
  readonly names: readonly string[];
  readonly arranged: Arranged | undefined;
}

/** A metric as asked for, and the object once the shapes are known. */
interface MetricSlot {
  readonly identifier: metrics.MetricIdentifier;
  readonly weighted: boolean;
  readonly output: number;
  metric: metrics.Metric | undefined;
  key: string;
}

const flags = ['runEagerly', 'jitCompile', 'autoScaleLoss'] as const;
const allowed = ['optimizer', 'loss', 'metrics', 'weightedMetrics', 'lossWeights', 'stepsPerExecution', ...flags];

export class Compiled {
  /** As they were given, for configs. */
  readonly options: CompileOptions;
  readonly optimizer: optimizers.Optimizer;
  readonly losses: readonly (losses.Loss | undefined)[];
  readonly lossWeights: readonly number[];
  /** [sum, count] of the loss over the samples so far. */
  readonly lossState = new Variable('loss', [2]);
  /** The same for each output's own loss, when there are several. */
  readonly outputLossStates: readonly Variable[];
  readonly outputNames: readonly string[];
  readonly #prefixes: readonly string[];
  readonly #slots: readonly MetricSlot[];

  constructor(owner: string, options: CompileOptions, { outputNames, metricPrefixes }: NamedOutputs, arranged?: Arranged) {
    checkOptions(`${owner}.compile`, options, allowed);
    for (const name of flags) if (options[name] != null && options[name] !== 'auto') checkBoolean(`${owner}.compile`, name, options[name]);
    if (options.stepsPerExecution != null) checkPositiveInteger(`${owner}.compile`, 'stepsPerExecution', options.stepsPerExecution);
    this.options = options;
    this.outputNames = outputNames;
    this.#prefixes = metricPrefixes;
    const outputs = { names: outputNames, arranged };
    this.optimizer = optimizers.get(options.optimizer ?? 'rmsprop');
    this.losses = perOutput(owner, 'loss', options.loss, outputs).map((id) =>
      id == null ? undefined : losses.get(id as losses.LossIdentifier),
    );
    this.lossWeights = perOutput(owner, 'lossWeights', options.lossWeights, outputs).map((weight) => {
      if (weight === undefined) return 1;
      return checkNumber(`${owner}.compile`, 'lossWeights', weight);
    });
    this.outputLossStates = outputNames.length > 1 ? outputNames.map((name) => new Variable(`${name}_loss`, [2])) : [];
    this.#slots = [...metricSlots(owner, options.metrics, outputs, false), ...metricSlots(owner, options.weightedMetrics, outputs, true)];
  }

  /** Adds the metrics' updates to the trace; the first time, the shapes decide what 'accuracy' means. */
  updateMetrics(targets: readonly (Value | undefined)[], outputs: readonly Value[], weights: readonly (Value | undefined)[]): void {
    if (this.#slots.some((slot) => !slot.metric)) this.#resolve(targets, outputs);
    for (const { metric, output, weighted } of this.#slots) {
      metric?.updateState(targets[output] as Value, outputs[output], weighted ? weights[output] : undefined);
    }
  }

  #resolve(targets: readonly (Value | undefined)[], outputs: readonly Value[]): void {
    const taken = new Map<string, number>();
    for (const slot of this.#slots) {
      const { identifier, output } = slot;
      slot.metric = metrics.resolve(identifier, (targets[output] as Value).shape, outputs[output].shape, this.losses[output]?.name);
      const prefix = this.outputNames.length > 1 ? `${this.#prefixes[output]}_` : '';
      const metricName = typeof identifier === 'string' ? identifier : slot.metric.name;
      const plain = prefix + metricName;
      const name = slot.weighted && taken.has(plain) ? `${prefix}weighted_${metricName}` : plain;
      const count = taken.get(name) ?? 0;
      taken.set(name, count + 1);
      slot.key = count === 0 ? name : `${name}_${count}`;
    }
  }

  /** Whether a loss or a metric reads the targets of an output. */
  reads(output: number): boolean {
    return this.losses[output] !== undefined || this.#slots.some((slot) => slot.output === output);
  }

  /** What loss and metrics add to. */
  get states(): readonly Variable[] {
    return [this.lossState, ...this.outputLossStates, ...this.#slots.flatMap(({ metric }) => metric?.states ?? [])];
  }

  reset(): void {
    this.lossState.view().fill(0);
    for (const state of this.outputLossStates) state.view().fill(0);
    for (const { metric } of this.#slots) metric?.resetState();
  }

  /** Loss and metrics since the last reset, loss first; a metric with several results has a list, whatever the type says. */
  logs(prefix = ''): Record<string, number> {
    const logs: Record<string, number> = { [`${prefix}loss`]: ratio(this.lossState) };
    for (const [i, state] of this.outputLossStates.entries())
      if (this.losses[i]) logs[`${prefix}${this.outputNames[i]}_loss`] = ratio(state);
    for (const { metric, key } of this.#slots) if (metric) logs[prefix + key] = metric.result() as number;
    return logs;
  }
}

function ratio(state: Variable): number {
  const [sum, count] = state.view();
  return count === 0 ? 0 : Math.fround(sum / count);
}

/** One entry per output, from a single one, an array or an object by name. */
function perOutput(owner: string, what: string, perName: unknown, { names, arranged }: Outputs): readonly unknown[] {
  if (perName == null) return names.map(() => undefined);
  const flat = names.length > 1 ? arranged?.(perName) : undefined;
  if (flat) return flat;
  if (Array.isArray(perName)) {
    if (perName.length === names.length) return [...perName];
    throw mismatch(`${owner}.compile`, `${names.length} entries in ${what}`, perName.length, `Give one per output: ${names.join(', ')}.`);
  }
  if (isPlain(perName) && !('className' in perName)) {
    for (const name of Object.keys(perName)) {
      if (!names.includes(name)) throw mismatch(`${owner}.compile`, `${what} by output name (${names.join(', ')})`, describe(name));
    }
    return names.map((name) => perName[name]);
  }
  return names.map(() => perName);
}

function metricSlots(owner: string, identifiers: CompileOptions['metrics'], outputs: Outputs, weighted: boolean): MetricSlot[] {
  if (identifiers == null) return [];
  const single = outputs.names.length === 1 && Array.isArray(identifiers) && !identifiers.some(Array.isArray);
  if (!Array.isArray(identifiers) && !isPlain(identifiers)) {
    throw mismatch(`${owner}.compile`, 'metrics as an array', describe(identifiers), "For example metrics: ['acc'].");
  }
  const lists = single ? [identifiers] : perOutput(owner, 'metrics', identifiers, outputs);
  return lists.flatMap((list, output) => {
    const ofOutput = list == null ? [] : Array.isArray(list) ? list : [list];
    return ofOutput.map((identifier) => {
      metrics.check(identifier);
      return { identifier, weighted, output, metric: undefined, key: '' };
    });
  });
}
