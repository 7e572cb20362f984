import { mismatch } from '../common/errors.ts';
import { checkBoolean, checkOptions, describe } from '../common/options.ts';
import { type FileSystem, fileSystem } from '../files/node.ts';
import { inFolder } from '../files/paths.ts';
import { writeWhole } from '../files/write.ts';
import { type Backup, readBackup, writeBackup } from './backup-file.ts';
import { Callback, type Logs } from './callback.ts';
import { leading } from './leading.ts';
import { checkFrequency } from './save-frequency.ts';

/** Keeps one backup, where there is no file system. */
export interface BackupStore {
  /** The bytes last written, or undefined. */
  read(): Uint8Array | undefined | Promise<Uint8Array | undefined>;
  write(bytes: Uint8Array): void | Promise<void>;
  remove(): void | Promise<void>;
}

export interface BackupAndRestoreOptions {
  /** 'epoch' (the default), or after how many batches. */
  saveFreq?: 'epoch' | number;
  /** Whether the backup is removed when training ends. Default true. */
  deleteCheckpoint?: boolean;
  /** Whether the backup before the last one is kept too. Default false. */
  doubleCheckpoint?: boolean;
  /** Keeps the backup in place of `backupDir`. */
  store?: BackupStore;
}

const allowed = ['backupDir', 'saveFreq', 'deleteCheckpoint', 'doubleCheckpoint', 'store'];
const owner = 'BackupAndRestore';

/**
 * Saves all of a training run after each epoch, and goes on from there after an interruption.
 *
 * ```js
 * const backup = new callbacks.BackupAndRestore('backup');
 * await model.fit(x, y, { epochs: 10, callbacks: [backup] });
 * // killed in epoch 7 and run again, it goes on with epoch 7; without shuffling it ends with the same bits
 * ```
 * A backup holds weights, the optimizer with its slots and its step, the states of random layers and of the other callbacks.
 * Its file `latest.backup` is replaced as a whole, so that a killed process leaves a good one. With a number as `saveFreq`
 * the interrupted epoch is run again from its begin, as in Keras. The history holds the epochs of the last run only.
 * @throws ValueError for a wrong option, and in a page when no `store` is given; in training when the backup is damaged or
 * belongs to another model.
 */
export class BackupAndRestore extends Callback {
  readonly backupDir: string;
  private readonly store: BackupStore;
  private readonly frequency: 'epoch' | number;
  private readonly deletes: boolean;
  private callbacks: readonly Callback[] = [];
  private backup: Backup | undefined;
  private epoch = 0;
  private batches = 0;

  constructor(backupDir: string, options?: BackupAndRestoreOptions);
  constructor(options: BackupAndRestoreOptions & { backupDir: string });
  constructor(first: unknown, more: unknown = {}) {
    super();
    const options = leading<BackupAndRestoreOptions & { backupDir: string }>(owner, 'backupDir', first, more);
    checkOptions(owner, options, allowed);
    const { backupDir, saveFreq = 'epoch', deleteCheckpoint = true, doubleCheckpoint = false, store } = options;
    if (typeof backupDir !== 'string' || backupDir === '') throw mismatch(owner, 'the path of a folder', describe(backupDir));
    this.backupDir = backupDir;
    this.frequency = checkFrequency(owner, saveFreq);
    this.deletes = checkBoolean(owner, 'deleteCheckpoint', deleteCheckpoint);
    const double = checkBoolean(owner, 'doubleCheckpoint', doubleCheckpoint);
    this.store = store ?? inFiles(fileSystem(owner, 'Pass store: { read, write, remove } to keep the backup.'), backupDir, double);
    if (typeof this.frequency === 'number') this.onTrainBatchEnd = this.afterBatch;
  }

  /**
   * Reads the backup and gives the epoch that `fit` will go on with, 0 when there is none.
   * @throws ValueError when the file is damaged.
   */
  async load(): Promise<number> {
    const bytes = await this.store.read();
    this.backup = bytes && readBackup(bytes);
    return this.backup?.epoch ?? 0;
  }

  override setCallbacks(callbacks: readonly Callback[]): void {
    this.callbacks = callbacks;
  }

  override async onTrainBegin(): Promise<void> {
    await this.load();
    this.firstEpoch = this.backup?.epoch;
    this.batches = 0;
    if (this.firstEpoch !== undefined && this.firstEpoch >= (this.params?.epochs ?? 0)) this.restore();
  }

  override onEpochBegin(epoch: number): void {
    this.epoch = epoch;
    // Here, not before: by now every callback has begun and so forgotten its last run.
    this.restore();
  }

  private restore(): void {
    const { backup, model } = this;
    if (!backup || !model) return;
    backup.restore(model, this.callbacks);
    this.backup = undefined;
  }

  override onEpochEnd(epoch: number): void | Promise<void> {
    if (this.frequency === 'epoch') return this.save(epoch + 1);
  }

  override onTrainEnd(): void | Promise<void> {
    if (this.deletes) return this.store.remove();
  }

  private afterBatch(_batch: number, _logs?: Logs): void | Promise<void> {
    this.batches++;
    if (this.batches < (this.frequency as number)) return;
    this.batches = 0;
    return this.save(this.epoch);
  }

  private save(epoch: number): void | Promise<void> {
    if (this.model) return this.store.write(writeBackup(this.model, this.callbacks, epoch));
  }
}

function inFiles(fs: FileSystem, folder: string, double: boolean): BackupStore {
  const latest = inFolder(folder, 'latest.backup');
  const previous = inFolder(folder, 'previous.backup');
  return {
    read: () => [latest, previous].filter((path) => fs.existsSync(path)).map((path) => fs.readFileSync(path))[0],
    write(bytes) {
      if (double && fs.existsSync(latest)) fs.renameSync(latest, previous);
      writeWhole(fs, latest, bytes);
    },
    remove() {
      for (const path of [latest, previous]) fs.rmSync(path, { force: true });
    },
  };
}
