import { mismatch } from '../common/errors.ts';
import { checkBoolean, checkNumber, checkOptions, describe } from '../common/options.ts';
import { type Output, outputTo, type Writer } from '../files/writer.ts';
import { writeNpz } from '../saving/arrays/npz.ts';
import { Callback, type Logs } from './callback.ts';
import { leading } from './leading.ts';
import { print, Warnings } from './message.ts';
import { type Mode, Monitor } from './monitor.ts';
import { type Field, formatTemplate } from './python-number.ts';
import { checkFrequency } from './save-frequency.ts';
import type { CallbackState } from './state.ts';
import type { TrainedModel } from './trained-model.ts';
import { namedWeights } from './weight-names.ts';

export interface ModelCheckpointOptions {
  /** Log that tells which weights are best. Default 'val_loss'. */
  monitor?: string;
  /** 1 prints what is saved and why. Default 0. */
  verbose?: 0 | 1;
  /** Whether to save only when the log is better than ever. Default false. */
  saveBestOnly?: boolean;
  /** Whether files hold the weights alone. Default: what the path's ending says. */
  saveWeightsOnly?: boolean;
  /** Whether the log should fall ('min') or grow ('max'). Default 'auto': by the metric. */
  mode?: Mode;
  /** 'epoch' (the default), or after how many batches. */
  saveFreq?: 'epoch' | number;
  /** With saveBestOnly, the value that the first file has to be better than. */
  initialValueThreshold?: number | null;
  /** Takes the files where there is no file system. */
  writer?: Writer;
}

const allowed = [
  'filepath',
  'monitor',
  'verbose',
  'saveBestOnly',
  'saveWeightsOnly',
  'mode',
  'saveFreq',
  'initialValueThreshold',
  'writer',
];
const owner = 'ModelCheckpoint';

/** The format of a file by the ending of its path. */
const contents = {
  '.keras': { whole: true, write: (model: TrainedModel) => model.toKeras() },
  '.weights.h5': { whole: false, write: (model: TrainedModel) => model.toWeightsH5() },
  '.weights.npz': { whole: false, write: (model: TrainedModel) => writeNpz(namedWeights(model)) },
} as const;

const endings = Object.keys(contents) as (keyof typeof contents)[];

/**
 * Saves the model, or its weights, during training.
 *
 * ```js
 * const save = new callbacks.ModelCheckpoint('best-{epoch:02d}-{val_loss:.2f}.keras', { saveBestOnly: true });
 * await model.fit(x, y, { epochs: 10, validationSplit: 0.2, callbacks: [save] });
 * const best = await loadModel(path);
 * ```
 * The path ends in `.keras` for whole models, in `.weights.h5` for weights as `loadWeights` and Keras read them, or in
 * `.weights.npz` for an archive that NumPy opens, with the weights in the order of `getWeights()` under names such as
 * `dense/kernel`. The path may hold `{epoch}`, `{batch}` (with a number as `saveFreq`), both from 1, and the
 * names of logs, with Python's formats. A file is there in whole or not at all, also when the process is killed.
 * @throws ValueError for a wrong option or path, for an unknown name in it when the file is due, and in a page when no
 * `writer` is given.
 */
export class ModelCheckpoint extends Callback {
  readonly filepath: string;
  readonly monitor: string;
  /** The best value so far. */
  best: number | undefined;
  private readonly contents: (typeof contents)[keyof typeof contents];
  private readonly watched: Monitor;
  private readonly verbose: number;
  private readonly bestOnly: boolean;
  private readonly frequency: 'epoch' | number;
  private readonly out: Output;
  private readonly warnings = new Warnings();
  private epoch = 0;
  private batches = 0; // since the last file

  constructor(filepath: string, options?: ModelCheckpointOptions);
  constructor(options: ModelCheckpointOptions & { filepath: string });
  constructor(first: unknown, more: unknown = {}) {
    super();
    const options = leading<ModelCheckpointOptions & { filepath: string }>(owner, 'filepath', first, more);
    checkOptions(owner, options, allowed);
    const { filepath } = options;
    const ending = typeof filepath === 'string' ? endings.find((end) => filepath.endsWith(end)) : undefined;
    if (!ending) throw mismatch(owner, `a path that ends in ${endings.join(', ')}`, describe(filepath), 'Add one of them.');
    this.contents = contents[ending];
    const { whole } = this.contents;
    const {
      monitor = 'val_loss',
      verbose = 0,
      saveBestOnly = false,
      saveWeightsOnly = !whole,
      mode = 'auto',
      saveFreq = 'epoch',
    } = options;
    if (saveWeightsOnly === whole || typeof saveWeightsOnly !== 'boolean')
      throw mismatch(owner, `saveWeightsOnly to be ${!whole} for a path that ends in '${ending}'`, describe(saveWeightsOnly));
    this.filepath = filepath;
    this.monitor = monitor;
    this.watched = new Monitor(owner, monitor, mode, 0);
    this.verbose = checkNumber(owner, 'verbose', verbose);
    this.bestOnly = checkBoolean(owner, 'saveBestOnly', saveBestOnly);
    this.frequency = checkFrequency(owner, saveFreq);
    this.best =
      options.initialValueThreshold == null ? undefined : checkNumber(owner, 'initialValueThreshold', options.initialValueThreshold);
    this.out = outputTo(owner, options.writer);
    // Without a number there is nothing to do at the end of batches, and no logs have to be computed for it.
    if (typeof this.frequency === 'number') this.onTrainBatchEnd = this.afterBatch;
  }

  override onEpochBegin(epoch: number): void {
    this.epoch = epoch;
  }

  override onEpochEnd(epoch: number, logs: Logs = {}): void | Promise<void> {
    if (this.frequency === 'epoch') return this.save(epoch, undefined, logs);
  }

  override getState(): CallbackState {
    const { best = null, batches } = this;
    return { best, batches };
  }

  override setState({ best, batches }: CallbackState): void {
    this.best = (best as number | null) ?? undefined;
    this.batches = batches as number;
  }

  private afterBatch(batch: number, logs: Logs = {}): void | Promise<void> {
    this.batches++;
    if (this.batches < (this.frequency as number)) return;
    this.batches = 0;
    return this.save(this.epoch, batch, logs);
  }

  private save(epoch: number, batch: number | undefined, logs: Logs): void | Promise<void> {
    const path = this.pathFor(epoch, batch, logs);
    const say = (text: string) => (this.verbose > 0 ? print(`\nEpoch ${epoch + 1}: ${text}`) : undefined);
    if (!this.bestOnly) {
      say(`saving model to ${path}`);
      return this.write(path);
    }
    this.watched.prepare(this.model);
    const current = logs[this.monitor];
    if (current === undefined) return this.warnings.give(`Can save best model only with ${this.monitor} available.`);
    const before = this.best === undefined ? 'None' : decimal(this.best);
    if (!this.watched.improves(current, this.best)) return say(`${this.monitor} did not improve from ${before}`);
    say(`${this.monitor} improved from ${before} to ${decimal(current)}, saving model to ${path}`);
    this.best = current;
    const finished = () => say(`finished saving model to ${path}`);
    const written = this.write(path);
    return written ? written.then(finished) : finished();
  }

  private write(path: string): void | Promise<void> {
    const { model } = this;
    if (!model) return;
    const bytes = this.contents.write(model);
    return bytes instanceof Uint8Array ? this.out.write(path, bytes) : bytes.then((whole) => this.out.write(path, whole));
  }

  private pathFor(epoch: number, batch: number | undefined, logs: Logs): string {
    const fields = new Map<string, Field>(Object.entries(logs).map(([name, value]) => [name, { value, kind: 'float' }]));
    fields.set('epoch', { value: epoch + 1, kind: 'int' });
    if (batch !== undefined) fields.set('batch', { value: batch + 1, kind: 'int' });
    return formatTemplate(`${owner}: filepath`, this.filepath, fields);
  }
}

const decimal = (value: number): string => formatTemplate(owner, '{value:.5f}', new Map([['value', { value, kind: 'float' }]]));
