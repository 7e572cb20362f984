import { mismatch } from '../../common/errors.ts';
import { checkBoolean, checkInteger, checkOptions, describe } from '../../common/options.ts';
import { inFolder } from '../../files/paths.ts';
import { type Output, outputTo, type Writer } from '../../files/writer.ts';
import { Callback, type Logs } from '../callback.ts';
import { leading } from '../leading.ts';
import { oneNumber } from '../log-value.ts';
import { learningRateOf } from '../optimizer-of.ts';
import { namedWeights } from '../weight-names.ts';
import { EventFile } from './event-file.ts';
import { histogram, kerasGraph, type SummaryValue, scalar } from './events.ts';
import { type EmbeddingsMetadata, Projector } from './projector.ts';

export interface TensorBoardOptions {
  /** Folder for the files. Default 'logs'. */
  logDir?: string;
  /** Epochs between histograms of the weights; 0, the default, for none. */
  histogramFreq?: number;
  /** Whether to show the model's layers. Default true. */
  writeGraph?: boolean;
  /** Whether to record the speed, in steps per second. Default false. */
  writeStepsPerSecond?: boolean;
  /** When to record loss and metrics: 'epoch' (the default), also after each 'batch', or also after so many batches. */
  updateFreq?: 'epoch' | 'batch' | number;
  /** Epochs between records of the Embedding layers; 0, the default, for none. The last epoch is recorded too. */
  embeddingsFreq?: number;
  /** Labels of the rows: an array, the name of a file in logDir, or an object of these by the layer's name. */
  embeddingsMetadata?: EmbeddingsMetadata | null;
  /** Takes the files where there is no file system. */
  writer?: Writer;
}

const allowed = [
  'logDir',
  'histogramFreq',
  'writeGraph',
  'writeStepsPerSecond',
  'updateFreq',
  'embeddingsFreq',
  'embeddingsMetadata',
  'writer',
];
const owner = 'TensorBoard';
const VALIDATION = 'val_';

/**
 * Records training for TensorBoard: curves, histograms, the layers, and embeddings for its projector.
 *
 * ```js
 * const board = new callbacks.TensorBoard({ logDir: 'logs', embeddingsFreq: 10, embeddingsMetadata: words });
 * await model.fit(x, y, { epochs: 40, validationSplit: 0.2, callbacks: [board] });
 * // then, in a shell: tensorboard --logdir logs
 * ```
 * The tags are those of Keras: `epoch_loss` in `train` and `validation`, `epoch_learning_rate`,
 * `evaluation_loss_vs_iterations`, `batch_loss`, `model/layer/kernel/histogram`; epochs count from 0. Embeddings are written as
 * text, `<layer>-<epoch>.tsv`, which the projector opens without a checkpoint of TensorFlow; in labels, tabs and line ends
 * become `\t`, `\n` and `\r`.
 * @throws ValueError for a wrong option, and in a page when no `writer` is given; in training when the labels do not fit.
 */
export class TensorBoard extends Callback {
  readonly logDir: string;
  private readonly out: Output;
  private readonly histogramFreq: number;
  private readonly writeGraph: boolean;
  private readonly writeSpeed: boolean;
  private readonly every: number | undefined;
  private readonly embeddingsFreq: number;
  private readonly projector: Projector;
  private train: EventFile;
  private validation: EventFile;
  private batches = 0;
  private epochStart = { time: 0, batches: 0 };
  private batchStart = 0;
  private lastEpoch: number | undefined;
  private lastProjected: number | undefined;

  constructor(options?: TensorBoardOptions);
  constructor(logDir: string, options?: Omit<TensorBoardOptions, 'logDir'>);
  constructor(first: unknown = {}, more: unknown = {}) {
    super();
    const options = leading<TensorBoardOptions>(owner, 'logDir', first, more);
    checkOptions(owner, options, allowed);
    const {
      logDir = 'logs',
      histogramFreq = 0,
      writeGraph = true,
      writeStepsPerSecond = false,
      updateFreq = 'epoch',
      embeddingsFreq = 0,
    } = options;
    if (typeof logDir !== 'string' || logDir === '') throw mismatch(owner, 'logDir to be the path of a folder', describe(logDir));
    this.logDir = logDir;
    this.histogramFreq = checkInteger(owner, 'histogramFreq', histogramFreq);
    this.writeGraph = checkBoolean(owner, 'writeGraph', writeGraph);
    this.writeSpeed = checkBoolean(owner, 'writeStepsPerSecond', writeStepsPerSecond);
    this.every = batchesBetween(updateFreq);
    this.embeddingsFreq = checkInteger(owner, 'embeddingsFreq', embeddingsFreq);
    this.out = outputTo(owner, options.writer);
    this.projector = new Projector(this.out, logDir, options.embeddingsMetadata ?? undefined);
    this.train = this.fileFor('train');
    this.validation = this.fileFor('validation');
    // Without these hooks, which most runs can do without, no logs are computed for each batch.
    if (this.every !== undefined || this.writeSpeed) {
      this.onTrainBatchBegin = this.beforeBatch;
      this.onTrainBatchEnd = this.afterBatch;
    }
  }

  override async onTrainBegin(): Promise<void> {
    const { model } = this;
    this.train = this.fileFor('train');
    this.validation = this.fileFor('validation');
    this.batches = 0;
    this.lastEpoch = undefined;
    this.lastProjected = undefined;
    if (!model) return;
    if (this.writeGraph) this.train.add(0, [kerasGraph(model.toJSON())]);
    if (this.embeddingsFreq > 0) await this.projector.begin(model);
    await this.train.flush();
  }

  override onEpochBegin(): void {
    this.epochStart = { time: Date.now(), batches: this.batches };
  }

  override onTestEnd(logs: Logs = {}): void | Promise<void> {
    const step = this.model?.optimizer?.iterations;
    if (step === undefined) return;
    const values = Object.entries(logs).map(([name, value]) => scalar(`evaluation_${name}_vs_iterations`, oneNumber(value)));
    this.validation.add(step, values);
    return this.validation.flush();
  }

  override async onEpochEnd(epoch: number, logs: Logs = {}): Promise<void> {
    const train: SummaryValue[] = [];
    const validation: SummaryValue[] = [];
    const rate = this.model?.optimizer && learningRateOf(this.model.optimizer);
    for (const [name, value] of Object.entries(rate === undefined ? logs : { ...logs, learning_rate: rate })) {
      if (name.startsWith(VALIDATION)) validation.push(scalar(`epoch_${name.slice(VALIDATION.length)}`, oneNumber(value)));
      else train.push(scalar(`epoch_${name}`, oneNumber(value)));
    }
    if (this.writeSpeed) train.push(scalar('epoch_steps_per_second', speed(this.batches - this.epochStart.batches, this.epochStart.time)));
    if (this.histogramFreq > 0 && epoch % this.histogramFreq === 0) train.push(...this.histograms());
    this.train.add(epoch, train);
    if (validation.length > 0) this.validation.add(epoch, validation);
    await this.train.flush();
    await this.validation.flush();
    this.lastEpoch = epoch;
    if (this.embeddingsFreq > 0 && epoch % this.embeddingsFreq === 0) await this.project(epoch);
  }

  override async onTrainEnd(): Promise<void> {
    await this.train.flush();
    if (this.embeddingsFreq > 0 && this.lastEpoch !== undefined && this.lastEpoch !== this.lastProjected)
      await this.project(this.lastEpoch);
  }

  private beforeBatch(): void {
    this.batches++;
    this.batchStart = Date.now();
  }

  private afterBatch(_batch: number, logs: Logs = {}): void | Promise<void> {
    if (this.every === undefined || this.batches % this.every !== 0) return;
    const values = Object.entries(logs).map(([name, value]) => scalar(`batch_${name}`, oneNumber(value)));
    if (this.writeSpeed) values.push(scalar('batch_steps_per_second', speed(1, this.batchStart)));
    this.train.add(this.batches, values);
    if (this.train.due) return this.train.flush();
  }

  private async project(epoch: number): Promise<void> {
    await this.projector.write(epoch);
    this.lastProjected = epoch;
  }

  private histograms(): SummaryValue[] {
    const { model } = this;
    if (!model) return [];
    return Object.entries(namedWeights(model)).map(([name, { data }]) =>
      histogram(`${model.name}/${name}/histogram`, data as Float32Array),
    );
  }

  private fileFor(run: string): EventFile {
    return new EventFile(this.out, inFolder(this.logDir, run));
  }
}

/** Steps in each second since `start`, at most a thousand a millisecond passed. */
const speed = (steps: number, start: number): number => (steps * 1000) / Math.max(1, Date.now() - start);

function batchesBetween(frequency: unknown): number | undefined {
  if (frequency === 'epoch') return undefined;
  if (frequency === 'batch') return 1;
  if (Number.isSafeInteger(frequency) && (frequency as number) > 0) return frequency as number;
  throw mismatch(owner, "updateFreq to be 'epoch', 'batch' or a number of batches", describe(frequency));
}
