// Writes files atomically: after a crash the old or the new file is there in whole.
import { type FileSystem, isRunning, processId } from './node.ts';
import { folderOf, inFolder, nameOf } from './paths.ts';

let writes = 0;

/** Makes the folder and those above it. */
export const makeFolder = (fs: FileSystem, folder: string): void => void fs.mkdirSync(folder, { recursive: true });

function writeAll(fs: FileSystem, path: string, flags: string, bytes: Uint8Array, sync: boolean, mode?: number): void {
  const file = fs.openSync(path, flags, mode);
  try {
    // A single call may write a part only.
    for (let at = 0; at < bytes.length; ) at += fs.writeSync(file, bytes, at, bytes.length - at);
    if (sync) fs.fsyncSync(file);
  } finally {
    fs.closeSync(file);
  }
}

/** Puts the name of a new file on the disk. */
function syncFolder(fs: FileSystem, folder: string): void {
  let file: number;
  try {
    file = fs.openSync(folder, 'r');
  } catch {
    return; // Windows opens no folders and needs none of this.
  }
  try {
    fs.fsyncSync(file);
  } catch {
    // Some network file systems refuse; the file itself is written by now.
  } finally {
    fs.closeSync(file);
  }
}

/** Removes what writes of the same file left behind when their process was killed. */
function removeLeftovers(fs: FileSystem, path: string): void {
  const start = `${nameOf(path)}.tmp-`;
  for (const name of fs.readdirSync(folderOf(path))) {
    const pid = name.startsWith(start) ? /^(\d+)-\d+$/.exec(name.slice(start.length))?.[1] : undefined;
    if (pid !== undefined && Number(pid) !== processId() && !isRunning(Number(pid)))
      fs.rmSync(inFolder(folderOf(path), name), { force: true });
  }
}

/**
 * Replaces a file as a whole, and makes its folder: the bytes are written aside, brought to the disk, and renamed.
 * A process killed meanwhile leaves the old file, and a file beside it that the next write removes. A link stays one: the file
 * that it leads to is replaced. Who may read the old file may read the new one, and nobody else.
 */
export function writeWhole(fs: FileSystem, requestedPath: string, bytes: Uint8Array): void {
  const there = fs.existsSync(requestedPath);
  const path = there ? fs.realpathSync(requestedPath) : requestedPath;
  const mode = there ? fs.statSync(path).mode & 0o777 : undefined;
  const folder = folderOf(path);
  makeFolder(fs, folder);
  removeLeftovers(fs, path);
  const aside = `${path}.tmp-${processId()}-${writes++}`;
  try {
    writeAll(fs, aside, 'w', bytes, true, mode);
    fs.renameSync(aside, path);
  } catch (error) {
    fs.rmSync(aside, { force: true });
    throw error;
  }
  syncFolder(fs, folder);
}

/** Adds bytes at the end of a file that grows, and makes it and its folder if needed. */
export function appendTo(fs: FileSystem, path: string, bytes: Uint8Array): void {
  makeFolder(fs, folderOf(path));
  writeAll(fs, path, 'a', bytes, false);
}
