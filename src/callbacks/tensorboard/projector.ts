// Files of TensorBoard's embedding projector: vectors, labels and their config.
import { mismatch } from '../../common/errors.ts';
import { describe } from '../../common/options.ts';
import { utf8 } from '../../files/bytes.ts';
import { inFolder } from '../../files/paths.ts';
import { labelLine, vectorLines } from '../../files/tsv.ts';
import type { Output } from '../../files/writer.ts';
import { Embedding } from '../../layers/core/embedding.ts';
import { layersOf } from '../layers-of.ts';
import type { TrainedModel } from '../trained-model.ts';

/** A label for each row, or the name of a file with one per line, seen from logDir. */
export type Labels = readonly string[] | string;

/** Labels for the model's embeddings, or for each by the layer's name. */
export type EmbeddingsMetadata = Labels | Readonly<Record<string, Labels>>;

const owner = 'TensorBoard';

interface Entry {
  readonly name: string;
  readonly tensorPath: string;
  readonly metadataPath: string | undefined;
}

/** The text of a string field in protobuf's text format: bytes that are not plain ASCII in octal. */
const quoted = (text: string): string =>
  `"${Array.from(utf8(text), (byte) => (byte === 34 || byte === 92 ? `\\${String.fromCharCode(byte)}` : byte >= 32 && byte < 127 ? String.fromCharCode(byte) : `\\${byte.toString(8).padStart(3, '0')}`)).join('')}"`;

export class Projector {
  private readonly out: Output;
  private readonly logDir: string;
  private readonly metadata: EmbeddingsMetadata | undefined;
  private readonly metadataPaths = new Map<string, string>();
  private layers: readonly Embedding[] = [];
  private entries: Entry[] = [];

  constructor(out: Output, logDir: string, metadata: EmbeddingsMetadata | undefined) {
    this.out = out;
    this.logDir = logDir;
    this.metadata = metadata;
    if (metadata !== undefined) checkMetadata(metadata);
  }

  /** Finds the embeddings and writes their labels; a ValueError when the labels do not fit. */
  async begin(model: TrainedModel): Promise<void> {
    this.entries = [];
    this.layers = layersOf(model).filter((layer) => layer instanceof Embedding);
    const labels = this.labelsByLayer();
    for (const layer of this.layers) {
      const layerLabels = labels.get(layer.name);
      if (layerLabels === undefined) continue;
      if (typeof layerLabels === 'string') {
        this.metadataPaths.set(layer.name, layerLabels);
        continue;
      }
      // A model that learns its shapes from the first batch has no weights yet.
      const rows = layer.weights[0]?.shape[0] ?? layer.inputDim;
      if (rows !== layerLabels.length) {
        throw mismatch(owner, `${rows} labels in embeddingsMetadata for ${layer.name}`, layerLabels.length, 'Give one for each row.');
      }
      const name = `${fileName(layer.name)}-metadata.tsv`;
      await this.out.write(inFolder(this.logDir, name), utf8(layerLabels.map((label) => `${labelLine(label)}\n`).join('')));
      this.metadataPaths.set(layer.name, name);
    }
  }

  /** Writes the vectors as they are after an epoch, and the list with the newest first. */
  async write(epoch: number): Promise<void> {
    const fresh: Entry[] = [];
    for (const layer of this.layers) {
      const [weight] = layer.weights;
      if (!weight) continue;
      const tensorPath = `${fileName(layer.name)}-${epoch}.tsv`;
      const [rows, dim] = weight.shape;
      await this.out.write(inFolder(this.logDir, tensorPath), utf8(vectorLines(weight.view(), rows, dim)));
      fresh.push({ name: `${layer.name}/embeddings/epoch_${epoch}`, tensorPath, metadataPath: this.metadataPaths.get(layer.name) });
    }
    if (fresh.length === 0) return;
    this.entries = [...fresh, ...this.entries];
    await this.out.write(inFolder(this.logDir, 'projector_config.pbtxt'), utf8(this.entries.map(entryText).join('')));
  }

  private labelsByLayer(): Map<string, Labels> {
    const { metadata } = this;
    if (metadata === undefined) return new Map();
    const names = this.layers.map(({ name }) => name);
    if (typeof metadata === 'string' || Array.isArray(metadata)) return new Map(names.map((name) => [name, metadata as Labels]));
    for (const name of Object.keys(metadata)) {
      if (!names.includes(name)) {
        throw mismatch(owner, `embeddingsMetadata by the names of Embedding layers (${names.join(', ') || 'there are none'})`, `'${name}'`);
      }
    }
    return new Map(Object.entries(metadata as Readonly<Record<string, Labels>>));
  }
}

function entryText({ name, tensorPath, metadataPath }: Entry): string {
  const metadata = metadataPath === undefined ? '' : `  metadata_path: ${quoted(metadataPath)}\n`;
  return `embeddings {\n  tensor_name: ${quoted(name)}\n${metadata}  tensor_path: ${quoted(tensorPath)}\n}\n`;
}

const fileName = (name: string): string => name.replace(/[^A-Za-z0-9._-]/g, '_');

function checkMetadata(metadata: unknown): void {
  const isLabels = (value: unknown): boolean =>
    (typeof value === 'string' && value !== '') || (Array.isArray(value) && value.every((label) => typeof label === 'string'));
  const plain = typeof metadata === 'object' && metadata !== null && !Array.isArray(metadata);
  if (isLabels(metadata) || (plain && Object.values(metadata).every(isLabels))) return;
  throw mismatch(owner, 'embeddingsMetadata as an array of texts, a file name, or an object of these by layer', describe(metadata));
}
