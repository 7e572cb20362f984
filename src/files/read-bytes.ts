// Reads a whole file from a path, an address, a URL, bytes, a Blob or a Response.
import { mismatch, ValueError } from '../common/errors.ts';
import { describe } from '../common/options.ts';
import { join } from './bytes.ts';
import { ModelFormatError } from './model-format-error.ts';
import { findFileSystem } from './node.ts';

/** A path (in Node) or an address, bytes, a Blob or File, a stream, or the answer of `fetch`. */
export type FileSource = string | URL | Uint8Array | ArrayBuffer | Blob | ReadableStream<Uint8Array> | Response;

/**
 * The bytes of a file.
 *
 * A string is a path in Node, unless it begins with `http:`, `https:`, `data:`, `blob:` or `file:`, and an address in a page. `maxBytes`: the most it may
 * have, default 2 GiB.
 * @throws ValueError for what is no source or cannot be found, ModelFormatError for a file that is too large.
 */
export async function readBytes(owner: string, source: FileSource, maxBytes = 2 ** 31): Promise<Uint8Array> {
  const bytes = await open(owner, source, maxBytes);
  checkSize(owner, bytes.byteLength, maxBytes);
  return bytes;
}

async function open(owner: string, source: FileSource, maxBytes: number): Promise<Uint8Array> {
  if (source instanceof ArrayBuffer) return new Uint8Array(source);
  if (ArrayBuffer.isView(source)) return new Uint8Array(source.buffer, source.byteOffset, source.byteLength);
  if (typeof source === 'string' || source instanceof URL) {
    const fs = findFileSystem();
    const address = String(source);
    if (fs && !/^(https?|data|blob):/.test(address)) return readFile(owner, fs, source, maxBytes);
    return answer(owner, address, await fetched(owner, address), maxBytes);
  }
  if (typeof (source as ReadableStream | null)?.getReader === 'function') {
    return drain(owner, source as ReadableStream<Uint8Array>, maxBytes);
  }
  if (typeof (source as Response | null)?.arrayBuffer !== 'function') {
    throw mismatch(owner, 'a path, a URL, bytes, a Blob or a Response', describe(source), 'Pass one of these.');
  }
  if (typeof (source as Response).ok === 'boolean') return answer(owner, (source as Response).url, source as Response, maxBytes);
  checkSize(owner, (source as Blob).size, maxBytes);
  return new Uint8Array(await (source as Blob).arrayBuffer());
}

function readFile(owner: string, fs: NonNullable<ReturnType<typeof findFileSystem>>, source: string | URL, maxBytes: number): Uint8Array {
  // The paths of Node's functions may be URLs, but not their texts.
  const path = (/^file:/.test(String(source)) && URL.canParse(source) ? new URL(source) : source) as string;
  const refuse = (what: string) =>
    mismatch(owner, 'the path of a file', `'${source}', which ${what}`, 'Check the path and the working directory.');
  if (!fs.existsSync(path)) throw refuse('is not there');
  const stat = fs.statSync(path);
  if (stat.isDirectory()) throw refuse('is a folder');
  checkSize(owner, stat.size, maxBytes);
  return fs.readFileSync(path);
}

async function fetched(owner: string, address: string): Promise<Response> {
  try {
    return await fetch(address);
  } catch (cause) {
    const { message } = ((cause as Error).cause as Error | undefined) ?? (cause as Error);
    throw mismatch(owner, `a file at '${address}'`, `'${message}'`, 'Check the address.', { cause });
  }
}

async function answer(owner: string, address: string, response: Response, maxBytes: number): Promise<Uint8Array> {
  if (!response.ok) throw mismatch(owner, `a file at '${address}'`, `the answer ${response.status}`, 'Check the address.');
  if (response.bodyUsed) throw mismatch(owner, 'a Response not read before', 'one whose body is used', 'Fetch it again.');
  checkSize(owner, Number(response.headers.get('content-length') ?? 0), maxBytes);
  return response.body ? drain(owner, response.body, maxBytes) : new Uint8Array(await response.arrayBuffer());
}

/** Reads a whole stream, up to `maxBytes`. */
async function drain(owner: string, stream: ReadableStream<Uint8Array>, maxBytes: number): Promise<Uint8Array> {
  if (stream.locked) throw mismatch(owner, 'a stream that nobody reads', 'one that is locked', 'Pass another.');
  const reader = stream.getReader();
  const pieces: Uint8Array[] = [];
  let size = 0;
  try {
    for (let next = await reader.read(); !next.done; next = await reader.read()) {
      if (!(next.value instanceof Uint8Array))
        throw mismatch(owner, 'a stream of Uint8Arrays', `${describe(next.value)} in it`, 'Pass a stream of bytes.');
      pieces.push(next.value);
      size += next.value.byteLength;
      checkSize(owner, size, maxBytes);
    }
  } catch (error) {
    await reader.cancel().catch(() => undefined);
    if (error instanceof ModelFormatError || error instanceof ValueError) throw error;
    const got = `one that broke off after ${size} bytes (${describe((error as Error | null)?.message ?? error)})`;
    throw mismatch(owner, 'a whole file', got, 'Try again.', { cause: error });
  }
  return join(pieces);
}

function checkSize(owner: string, size: number, maxBytes: number): void {
  if (size > maxBytes) {
    throw new ModelFormatError({
      file: owner,
      format: 'Keras',
      problem: `${size} bytes, more than the ${maxBytes} allowed`,
      advice: 'Raise maxBytes if you trust the file.',
    });
  }
}
