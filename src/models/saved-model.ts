// What a model prints, and how it is saved.

import { classNameOf } from '../common/spec.ts';
import type { FileSource } from '../files/read-bytes.ts';
import type { Layer } from '../layers/base/layer.ts';
import type { Optimizer } from '../optimizers/optimizer.ts';
import type { JsonObject } from '../saving/model/json.ts';
import { modelState, weightsState } from '../saving/model/model-state.ts';
import type { ConfigOptions } from '../saving/model/read-model.ts';
import { type SaveOptions, targetOf } from '../saving/model/target.ts';
import { modelText, writingOf } from '../saving/model/write-model.ts';
import type { Writing } from '../saving/model/writing.ts';
import type { WrittenModel } from '../saving/model/written-model.ts';
import type { Compiled } from './compiled.ts';
import { type LoadWeightsOptions, loadConfigReader, loadReader, loadWriter } from './later.ts';
import { ModelLayer } from './model-layer.ts';
import type { SummaryModel } from './model-types.ts';
import { printSummary, type SummaryOptions } from './summary.ts';

export abstract class SavedModel extends ModelLayer implements SummaryModel, WrittenModel {
  abstract get optimizer(): Optimizer | undefined;
  /** @internal */
  abstract compiled(caller: string): Compiled;

  /**
   * Prints the layers, their output shapes and numbers of weights.
   *
   * ```js
   * model.summary({ printFn: (line) => lines.push(line) });
   * ```
   * `printFn` is called once per line; without it the lines go to the console.
   */
  summary(options: SummaryOptions = {}): void {
    printSummary(this, options);
  }

  /**
   * Writes the model to a file ending in .keras, with weights, vocabularies and the state of training, as Keras 3 does.
   *
   * ```js
   * await model.save('model.keras');
   * const copy = await loadModel('model.keras');
   * ```
   * It is the model of this moment that is written. The file is there in whole, old or new, at any time. In a page take the bytes
   * of `toKeras`; where a host refuses `import()`, such as a service worker, the function `saveModel`.
   * `{ overwrite: false }` refuses to replace a file.
   * @throws ValueError for another ending, and for a model that is not built.
   */
  async save(path: string, options?: SaveOptions): Promise<void> {
    const owner = `${this.name}.save`;
    const fs = targetOf(owner, path, '.keras', options);
    const state = modelState(this);
    const { kerasBytes, writeFile } = await loadWriter(owner, 'saveModel(model, path)');
    writeFile(owner, fs, path, kerasBytes(owner, state));
  }

  /** Writes the weights, and what the optimizer remembers: `await model.saveWeights('model.weights.h5')`. The path has to end so. */
  async saveWeights(path: string, options?: SaveOptions): Promise<void> {
    const owner = `${this.name}.saveWeights`;
    const fs = targetOf(owner, path, '.weights.h5', options);
    const state = weightsState(owner, this);
    const { weightsBytes, writeFile } = await loadWriter(owner, 'saveWeights(model, path)');
    writeFile(owner, fs, path, weightsBytes(state));
  }

  /**
   * The bytes that `save` writes.
   *
   * ```js
   * const bytes = await model.toKeras();
   * link.href = URL.createObjectURL(new Blob([bytes])); // a page offers it for download
   * ```
   * Where a host refuses `import()` the function `toKeras(model)` gives them.
   */
  async toKeras(): Promise<Uint8Array<ArrayBuffer>> {
    const owner = `${this.name}.toKeras`;
    const state = modelState(this);
    const { kerasBytes } = await loadWriter(owner, 'toKeras(model)');
    return kerasBytes(owner, state);
  }

  /** The bytes that `saveWeights` writes; where a host refuses `import()` the function `toWeightsH5(model)` gives them. */
  async toWeightsH5(): Promise<Uint8Array<ArrayBuffer>> {
    const owner = `${this.name}.toWeightsH5`;
    const state = weightsState(owner, this);
    const { weightsBytes } = await loadWriter(owner, 'toWeightsH5(model)');
    return weightsBytes(state);
  }

  /**
   * Reads weights from a .weights.h5 or .keras file, or an older .h5: `await model.loadWeights('model.weights.h5')`.
   *
   * `source`: a path, an address, a URL, bytes, a Blob or File, or the answer of `fetch`. Where a host refuses `import()` the
   * function `loadWeights(model, source)` reads them.
   * @throws ModelFormatError for a damaged file or one of another model; the model is as before then.
   */
  async loadWeights(source: FileSource, options: LoadWeightsOptions = {}): Promise<void> {
    const owner = `${this.name}.loadWeights`;
    const { readInto } = await loadReader(owner, 'loadWeights(model, source)');
    await readInto(owner, this, source, options);
  }

  /** The model without its weights as Keras's JSON, for `modelFromJSON`. */
  toJSON(): string {
    return modelText(this);
  }

  /** @internal */
  abstract kerasObject(writing: Writing): JsonObject;
  /** @internal */
  abstract layersInFile(): readonly Layer[];

  /**
   * A model of the same layers, with weights of its own: `await Sequential.fromConfig(model.getConfig())`.
   *
   * For a config from elsewhere `customObjects` gives the classes of all layers, those of the package too, since a program carries
   * only what it names: `{ customObjects: { Dense } }`. `modelFromJSON` and `modelFromConfig` know those of the package.
   * @throws ModelFormatError for what is no such config, and for classes and options that are not known.
   */
  // biome-ignore lint/suspicious/noExplicitAny: a model of the class
  static override async fromConfig(this: any, config: Readonly<Record<string, unknown>>, options?: ConfigOptions): Promise<any> {
    const owner = `${classNameOf(this)}.fromConfig`;
    const { modelOfConfig } = await loadConfigReader(owner, 'modelFromConfig(config)');
    return modelOfConfig(owner, this, config, options);
  }

  /** The layers and how they are connected, as Keras's `get_config` and its files have it: under names in snake_case. */
  override getConfig(): Record<string, unknown> {
    return { ...(this.kerasObject(writingOf(this)).config as JsonObject) };
  }
}
