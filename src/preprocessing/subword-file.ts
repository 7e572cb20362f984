// Vocabulary files of subword encoders.
import { describe } from '../common/describe.ts';
import { mismatch, type ValueError } from '../common/errors.ts';

interface Handle {
  writeFile(text: string): Promise<void>;
  sync(): Promise<void>;
  close(): Promise<void>;
}

interface Files {
  open(path: string, flags: 'wx'): Promise<Handle>;
  rename(from: string, to: string): Promise<void>;
  unlink(path: string): Promise<void>;
  readFile(path: string, encoding: 'utf8'): Promise<string>;
}

function files(owner: string, instead: string): Files {
  const { process } = globalThis as { process?: { getBuiltinModule?(name: string): unknown } };
  const fs = process?.getBuiltinModule?.('fs') as { promises: Files } | undefined;
  if (fs) return fs.promises;
  throw mismatch(owner, 'a runtime with files', 'a page', `Use ${instead}.`);
}

/** Writes a whole file or leaves the old one: the text goes to a file beside it, which then takes its name. */
export async function writeWhole(owner: string, path: string, text: string): Promise<void> {
  const fs = files(owner, 'toText()');
  const beside = `${path}.${crypto.randomUUID()}.tmp`;
  try {
    const handle = await fs.open(beside, 'wx');
    try {
      await handle.writeFile(text);
      await handle.sync();
    } finally {
      await handle.close();
    }
    await fs.rename(beside, path);
  } catch (error) {
    await fs.unlink(beside).catch(() => undefined);
    throw unusable(owner, 'a path that can be written', path, error);
  }
}

/** The text of a file. */
export async function readWhole(owner: string, path: string): Promise<string> {
  const fs = files(owner, 'SubwordTextEncoder.fromText(text)');
  try {
    return await fs.readFile(path, 'utf8');
  } catch (error) {
    throw unusable(owner, 'a file to read', path, error);
  }
}

const unusable = (owner: string, what: string, path: string, error: unknown): ValueError => {
  const { code, message } = error as { code?: string; message: string };
  return mismatch(owner, what, `${describe(path)} (${code ?? message})`, "The file is the given prefix and '.subwords'.");
};
