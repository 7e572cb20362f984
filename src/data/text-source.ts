// Reads a path, a URL, bytes or a stream in chunks.
import { mismatch } from '../common/errors.ts';
import { describe } from '../common/options.ts';
import { utf8 } from '../files/bytes.ts';
import type { FileSource as WholeFile } from '../files/read-bytes.ts';
import { END, type End, type Open, type Pass } from './pass.ts';
import { arrayPass, laterPass, streamPass, takeOnce } from './source.ts';

/** Where a file is read from, piece by piece. */
export type FileSource = Exclude<WholeFile, ArrayBuffer>;

/** Where a text in UTF-8 is read from. */
export type TextSource = FileSource | { readonly text: string };

const CHUNK = 65536;
const AGAIN = 'Pass a path, a URL, a Blob or bytes instead, or add .cache() behind the reader.';

interface FileHandle {
  read(buffer: Uint8Array, offset: number, length: number, position: null): Promise<{ bytesRead: number }>;
  close(): Promise<void>;
}

interface Files {
  promises: { open(path: string | URL, flags: 'r'): Promise<FileHandle> };
}

/** Node's file system, reached without an import, which bundlers for browsers refuse. */
function files(): Files | undefined {
  const { process } = globalThis as { process?: { getBuiltinModule?(name: string): unknown } };
  return process?.getBuiltinModule?.('fs') as Files | undefined;
}

/** How to start a pass over the bytes of a source. */
export function openBytes(owner: string, source: unknown): Open<Uint8Array> {
  if (typeof source === 'string') return /^https?:/i.test(source) || !files() ? () => fetched(owner, source) : () => file(owner, source);
  if (source instanceof URL) return source.protocol === 'file:' && files() ? () => file(owner, source) : () => fetched(owner, source.href);
  if (source instanceof Uint8Array) return () => arrayPass([source]);
  if (source instanceof Blob) return () => streamPass(source.stream());
  if (source instanceof Response) {
    return () => {
      takeOnce(owner, source, 'a Response', AGAIN);
      return bodyOf(owner, source);
    };
  }
  if (source instanceof ReadableStream) {
    return () => {
      takeOnce(owner, source, 'a ReadableStream', AGAIN);
      return streamPass<Uint8Array>(source);
    };
  }
  const text = textOf(source);
  if (text !== undefined) return () => arrayPass([utf8(text)]);
  throw mismatch(
    owner,
    'a path, a URL, a Blob, a Response, a ReadableStream, a Uint8Array or { text }',
    describe(source),
    'Write a text itself as { text: ... }.',
  );
}

/** How to start a pass over the text of a source; malformed UTF-8 becomes U+FFFD, a byte order mark is dropped. */
export function openText(owner: string, source: unknown): Open<string> {
  const text = textOf(source);
  // Not through bytes, in which half a surrogate pair would be lost.
  if (text !== undefined) return () => arrayPass([text.replace(/^\uFEFF/, '')]);
  // What lies in memory is there at once, without a promise.
  if (source instanceof Uint8Array) return () => arrayPass([new TextDecoder().decode(source)]);
  const open = openBytes(owner, source);
  return () => decoded(open());
}

function textOf(source: unknown): string | undefined {
  const text = (source as { text?: unknown } | null | undefined)?.text;
  return typeof text === 'string' ? text : undefined;
}

function fetched(owner: string, address: string): Pass<Uint8Array> {
  const answer = fetch(address).then(
    (response) => bodyOf(owner, response),
    (error: unknown) => {
      const reason = error instanceof Error ? ((error.cause as Error | undefined)?.message ?? error.message) : String(error);
      throw mismatch(owner, `something to read at ${describe(address)}`, `'${reason}'`, 'Check the address.');
    },
  );
  return laterPass(answer);
}

function bodyOf(owner: string, response: Response): Pass<Uint8Array> {
  if (!response.ok) {
    throw mismatch(owner, 'a response with a body', `status ${response.status} from ${describe(response.url)}`, 'Check the address.');
  }
  if (response.bodyUsed) {
    throw mismatch(owner, 'a response that was not read yet', 'one whose body is used', AGAIN);
  }
  return response.body ? streamPass(response.body as ReadableStream<Uint8Array>) : arrayPass<Uint8Array>([]);
}

/** The bytes of a file, which is opened by the first step and closed by the last. */
function file(owner: string, path: string | URL): Pass<Uint8Array> {
  let handle: Promise<FileHandle> | undefined;
  let over = false;
  const close = async () => {
    over = true;
    const opened = await handle?.catch(() => undefined);
    handle = undefined;
    await opened?.close();
  };
  const next = async (): Promise<Uint8Array | End> => {
    if (over) return END;
    const buffer = new Uint8Array(CHUNK);
    try {
      handle ??= (files() as Files).promises.open(path, 'r');
      const { bytesRead } = await (await handle).read(buffer, 0, CHUNK, null);
      if (bytesRead > 0) return buffer.subarray(0, bytesRead);
    } catch (error) {
      await close();
      const { code, message } = error as { code?: string; message: string };
      throw mismatch(owner, 'a file to read', `${describe(String(path))} (${code ?? message})`, 'Check the path.');
    }
    await close();
    return END;
  };
  return { next, close };
}

function decoded(bytes: Pass<Uint8Array>): Pass<string> {
  const decoder = new TextDecoder();
  let over = false;
  const read = (chunk: Uint8Array | End): string | End => {
    if (chunk !== END) return decoder.decode(chunk, { stream: true });
    if (over) return END;
    over = true;
    return decoder.decode();
  };
  return {
    async next() {
      return read(over ? END : await bytes.next());
    },
    close: () => bytes.close(),
  };
}
