// Node's file system, reached without an import, which bundlers for browsers refuse.
import { mismatch } from '../common/errors.ts';

/** The part of node:fs that is used. */
export interface FileSystem {
  openSync(path: string, flags: string, mode?: number): number;
  writeSync(file: number, bytes: Uint8Array, offset: number, length: number): number;
  fsyncSync(file: number): void;
  closeSync(file: number): void;
  renameSync(from: string, to: string): void;
  mkdirSync(path: string, options: { recursive: true }): unknown;
  rmSync(path: string, options: { force: true }): void;
  existsSync(path: string): boolean;
  readdirSync(path: string): string[];
  readFileSync(path: string): Uint8Array<ArrayBuffer>;
  realpathSync(path: string): string;
  statSync(path: string): { readonly size: number; readonly mode: number; isDirectory(): boolean };
}

interface Process {
  readonly pid?: number;
  getBuiltinModule?(name: string): unknown;
  kill?(pid: number, signal: 0): unknown;
}

const process = (): Process | undefined => (globalThis as { process?: Process }).process;

const builtin = <T>(name: string): T | undefined => process()?.getBuiltinModule?.(name) as T | undefined;

/** Node's file system, or undefined in a page. */
export const findFileSystem = (): FileSystem | undefined => builtin<FileSystem>('fs');

/** Node's file system; a ValueError saying that `owner` needs it, and what to do instead, in a page. */
export function fileSystem(owner: string, advice: string): FileSystem {
  const found = findFileSystem();
  if (!found) throw mismatch(owner, 'a file system', 'an environment without one', advice);
  return found;
}

/** Number of this process, 0 in a page. */
export const processId = (): number => process()?.pid ?? 0;

/** Whether a process of that number runs; true when it cannot be known. */
export function isRunning(pid: number): boolean {
  try {
    process()?.kill?.(pid, 0);
    return true;
  } catch (error) {
    return (error as { code?: string }).code !== 'ESRCH';
  }
}

/** Name of this computer, 'browser' in a page. */
export const hostName = (): string => builtin<{ hostname(): string }>('os')?.hostname() ?? 'browser';
