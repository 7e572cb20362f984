// The files of a TensorFlow.js model: model.json and those beside it, from paths, addresses or bytes.
import { mismatch } from '../../common/errors.ts';
import { describe, isPlain } from '../../common/options.ts';
import { findFileSystem } from '../../files/node.ts';
import { folderOf, inFolder, nameOf } from '../../files/paths.ts';
import { type FileSource, readBytes } from '../../files/read-bytes.ts';
import { refuseJson } from './topology.ts';

/** Files by name, or as the user chose them. */
export type TfjsFiles = Readonly<Record<string, FileSource>> | ReadonlyMap<string, FileSource> | Iterable<File> | ArrayLike<File>;

/** The path or address of model.json, or all files. */
export type TfjsSource = string | URL | TfjsFiles;

/** Opens model.json and the files beside it, up to `maxBytes` together. */
export class TfjsFolder {
  readonly json: string;
  private readonly owner: string;
  private readonly source: string | URL | ReadonlyMap<string, FileSource>;
  private readonly weights: ReadonlyMap<string, FileSource> | undefined;
  private left: number;

  constructor(owner: string, source: TfjsSource, weights: TfjsFiles | undefined, maxBytes: number) {
    this.owner = owner;
    this.left = maxBytes;
    this.weights = weights === undefined ? undefined : filesIn(owner, 'weights', weights);
    this.source = typeof source === 'string' || source instanceof URL ? source : filesIn(owner, 'source', source);
    this.json = this.source instanceof Map ? jsonIn(owner, this.source) : String(this.source);
  }

  /** The bytes of model.json. */
  readJson(): Promise<Uint8Array> {
    const { source } = this;
    return this.read(source instanceof Map ? (source.get(this.json) as FileSource) : (source as string | URL));
  }

  /** The bytes of a file that the manifest names; nothing but files beside model.json is opened. */
  readBeside(path: string): Promise<Uint8Array> {
    const name = path.replace(/^\.\//, '');
    if (!isName(name))
      throw refuseJson(this.json, `the path ${describe(path)} in weightsManifest`, 'Only files beside model.json are opened.');
    const files = this.weights ?? (this.source instanceof Map ? this.source : undefined);
    if (!files) return this.read(this.beside(name));
    const found = files.get(name) ?? files.get(path);
    if (found !== undefined) return this.read(found);
    throw mismatch(this.owner, `the file '${name}' of the weights`, listed([...files.keys()]), 'Pass it too.');
  }

  private async read(source: FileSource): Promise<Uint8Array> {
    const bytes = await readBytes(this.owner, source, this.left);
    this.left -= bytes.length;
    return bytes;
  }

  private beside(name: string): string | URL {
    const { source } = this;
    if (source instanceof URL) return new URL(`./${encodeURIComponent(name)}${source.search}`, source);
    const path = source as string;
    if (/^(data|blob):/.test(path))
      throw mismatch(this.owner, 'the weights of model.json', 'an address that nothing lies beside', 'Pass weights.');
    if (findFileSystem() && !/^https?:/.test(path)) return inFolder(folderOf(path), name);
    // What the address asks for is asked for the other files too, as TensorFlow.js does.
    const [, address, search = ''] = /^([^?#]*)(\?[^#]*)?/.exec(path) as unknown as [string, string, string | undefined];
    return address.slice(0, address.length - nameOf(address).length) + encodeURIComponent(name) + search;
  }
}

/** A name that stays in the folder, on any system and in any address. */
const isName = (name: string): boolean =>
  // biome-ignore lint/suspicious/noControlCharactersInRegex: such names are what is refused
  name !== '' && name !== '.' && name !== '..' && name.length <= 255 && !/[/\\:?#%\u0000-\u001f]/.test(name);

function filesIn(owner: string, option: string, files: TfjsFiles): ReadonlyMap<string, FileSource> {
  if (files instanceof Map) return files;
  if (isPlain(files)) return new Map(Object.entries(files as Record<string, FileSource>));
  const list = typeof files === 'object' && files !== null && 'length' in files ? Array.from(files as ArrayLike<File>) : undefined;
  const named = list?.every((file) => typeof file?.name === 'string' && typeof file.arrayBuffer === 'function');
  if (list && named) return new Map(list.map((file) => [file.name, file]));
  const expected = option === 'source' ? 'the path or address of model.json, or an object of files by name' : `${option} as files by name`;
  throw mismatch(owner, expected, describe(files), "Pass { 'model.json': bytes, ... } or Files.");
}

/** model.json, or the one file of JSON. */
function jsonIn(owner: string, files: ReadonlyMap<string, FileSource>): string {
  const names = [...files.keys()];
  const found = names.includes('model.json') ? ['model.json'] : names.filter((name) => /\.json$/i.test(name));
  if (found.length === 1) return found[0];
  throw mismatch(owner, "a file 'model.json'", listed(names), 'Pass it with the files of the weights.');
}

const listed = (names: readonly string[]): string => (names.length > 0 ? `only ${names.slice(0, 8).join(', ')}` : 'no file');
