// The writer that callbacks use: files in Node, a function of the user's elsewhere.
import { mismatch } from '../common/errors.ts';
import { describe } from '../common/options.ts';
import { fileSystem } from './node.ts';
import { appendTo, writeWhole } from './write.ts';

/** Takes files where there is no file system, or where another place is wanted. */
export interface Writer {
  /** Called with a path and the whole contents, again whenever they change. May return a promise, which is awaited. */
  write(path: string, bytes: Uint8Array): void | Promise<void>;
}

/** Files that are written as a whole or grow at their end. */
export interface Output {
  write(path: string, bytes: Uint8Array): void | Promise<void>;
  append(path: string, bytes: Uint8Array): void | Promise<void>;
}

/** The given writer, or Node's file system; a ValueError naming `owner` where there is neither. */
export function outputTo(owner: string, writer: Writer | undefined): Output {
  if (writer !== undefined) {
    if (typeof writer?.write !== 'function') {
      throw mismatch(owner, 'writer to have a method write(path, bytes)', describe(writer));
    }
    return remembering(writer);
  }
  const fs = fileSystem(owner, 'Pass writer: { write(path, bytes) { ... } } to take the files.');
  return {
    write: (path, bytes) => writeWhole(fs, path, bytes),
    append: (path, bytes) => appendTo(fs, path, bytes),
  };
}

/** Keeps what was appended, as the writer wants whole files. */
function remembering(writer: Writer): Output {
  const grown = new Map<string, { bytes: Uint8Array<ArrayBuffer>; size: number }>();
  return {
    write(path, bytes) {
      grown.delete(path);
      return writer.write(path, bytes);
    },
    append(path, bytes) {
      const file = grown.get(path) ?? { bytes: new Uint8Array(1024), size: 0 };
      const size = file.size + bytes.length;
      if (size > file.bytes.length) {
        const larger = new Uint8Array(Math.max(size, file.bytes.length * 2));
        larger.set(file.bytes.subarray(0, file.size));
        file.bytes = larger;
      }
      file.bytes.set(bytes, file.size);
      file.size = size;
      grown.set(path, file);
      return writer.write(path, file.bytes.slice(0, size));
    },
  };
}
