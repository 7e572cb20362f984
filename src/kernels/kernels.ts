// The kernels, instantiated when first needed. The bytes lie in the bundle, so that no host has to serve a file; compiling
// them synchronously takes a few milliseconds and spares every caller an `await`.
import { checking, fileSystem } from './environment.ts';
import { core } from './generated/core.ts';
import type { Kernels } from './generated/kernels.ts';
import { memory } from './memory.ts';
import { unpack } from './unpack.ts';

/** A module of kernels inside the bundle. */
export interface Library {
  /** Name of the same bytes as a file, which Node reads in a tenth of the time that unpacking takes. */
  readonly file: string;
  /** Bytes of the module. */
  readonly size: number;
  /** Base64 of its LZMA stream. A function, so that the build can put the text behind all code. */
  readonly packed: () => string;
}

/** All kernels loaded so far. */
let table: Kernels | undefined;
/** Libraries whose kernels are in the table. */
const loaded = /* @__PURE__ */ new Set<Library>();
/** Whether the table came from a module with every kernel. */
let complete = false;

/** Makes a module of bytes. Shared memory has to be declared in them, so threads bring a way of their own. */
let toModule = (bytes: Uint8Array<ArrayBuffer>): WebAssembly.Module => new WebAssembly.Module(bytes);

/** The kernels over the process's memory. */
export function kernels(): Kernels {
  if (table) return table;
  const debug = checking() ? fileBytes('kernels.debug.wasm') : undefined;
  complete = debug !== undefined;
  table = debug ? debugKernels(compile(debug)) : { ...instantiate(compile(libraryBytes(core))) };
  return table;
}

/** The call that debug kernels are at. */
let call = '';

/** The kernels with assertions, over the process's memory. What fails names the kernel and its numbers. */
export function debugKernels(module: WebAssembly.Module): Kernels {
  const entries = Object.entries(instantiate(module)).map(([name, kernel]) => [
    name,
    (...numbers: number[]) => {
      call = `${name}(${numbers.join(', ')})`;
      return (kernel as (...numbers: number[]) => unknown)(...numbers);
    },
  ]);
  return Object.fromEntries(entries) as unknown as Kernels;
}

/** Adds a library's kernels. What needs one asks for it, so that bundles carry only what they use. */
export function useLibrary(library: Library): void {
  const all = kernels();
  if (complete || loaded.has(library)) return;
  Object.assign(all, instantiate(compile(libraryBytes(library))));
  loaded.add(library);
}

/** The libraries in use, or undefined when the host gave all kernels in one module. */
export function librariesInUse(): Library[] | undefined {
  kernels();
  return complete ? undefined : [core, ...loaded];
}

/** Takes the kernels from these modules over the memory of now, and those of later libraries from what `how` makes of them. */
export function relink(modules: readonly WebAssembly.Module[], how: typeof toModule): void {
  toModule = how;
  for (const module of modules) Object.assign(kernels(), instantiate(module));
}

/**
 * Prepares the kernels from bytes or a module of your own, for hosts that forbid compiling the bytes inside the bundle.
 *
 * Most programs never call it. A Cloudflare worker imports the file and hands it over before anything else:
 * ```js
 * import wasm from 'keratin/kernels.wasm';
 * import { init } from 'keratin';
 * init(wasm); // a WebAssembly.Module takes effect at once, everything else when the promise resolves
 * ```
 * @param source a `WebAssembly.Module`, the bytes of `keratin/kernels.wasm`, a `Response` or a promise of one of them;
 * without it the bytes in the bundle are compiled asynchronously (for old browsers that limit synchronous compilation).
 * @throws TypeError when the source is none of these; WebAssembly.CompileError when the bytes are not a module.
 */
export async function init(source?: InitSource | Promise<InitSource>): Promise<void> {
  if (table) return;
  if (source instanceof WebAssembly.Module) {
    setAll(source);
    return;
  }
  const given = await source;
  if (given === undefined) {
    const module = await WebAssembly.compile(libraryBytes(core));
    table ??= { ...instantiate(module) };
    return;
  }
  setAll(given instanceof WebAssembly.Module ? given : await WebAssembly.compile(await toBytes(given)));
}

/** Takes every kernel from one module. */
function setAll(module: WebAssembly.Module): void {
  if (table) return;
  table = { ...instantiate(module) };
  complete = true;
}

/** What `init` takes. */
export type InitSource = WebAssembly.Module | Uint8Array | ArrayBuffer | Response;

async function toBytes(source: InitSource): Promise<BufferSource> {
  if (source instanceof ArrayBuffer || ArrayBuffer.isView(source)) return source as BufferSource;
  if (typeof (source as Response)?.arrayBuffer === 'function') return (source as Response).arrayBuffer();
  throw new TypeError(
    `init: expected a WebAssembly.Module, bytes or a Response, got ${typeof source}. Pass the contents of keratin/kernels.wasm.`,
  );
}

/** The bytes of a library. */
export function libraryBytes({ file, packed, size }: Library): Uint8Array<ArrayBuffer> {
  const read = fileBytes(file, size);
  if (read) return read;
  const text = atob(packed());
  const bytes = new Uint8Array(text.length);
  for (let i = 0; i < text.length; i++) bytes[i] = text.charCodeAt(i);
  return unpack(bytes, size);
}

/** The bytes of a file that was built with this one, in Node. */
function fileBytes(file: string, size?: number): Uint8Array<ArrayBuffer> | undefined {
  const fs = fileSystem();
  if (!fs) return undefined;
  try {
    // A variable, so that no bundler takes the file for an asset of the page.
    const here = import.meta.url;
    for (const folder of ['../', '../../build/']) {
      const url = new URL(folder + file, here);
      const bytes = fs.existsSync(url) ? fs.readFileSync(url) : undefined;
      if (bytes && (size ?? bytes.length) === bytes.length) return bytes;
    }
  } catch {
    // A bundle in another format has no address, and Deno may not permit reading: the bytes in the bundle do.
  }
  return undefined;
}

function compile(bytes: Uint8Array<ArrayBuffer>): WebAssembly.Module {
  try {
    return toModule(bytes);
  } catch (cause) {
    throw new Error(
      `keratin: this host does not compile WebAssembly at once (${(cause as Error).message}). Call "await init()" first, ` +
        `or init() with the module keratin/kernels.wasm, or allow 'wasm-unsafe-eval' in the page's policy.`,
      { cause },
    );
  }
}

function instantiate(module: WebAssembly.Module): Kernels {
  return new WebAssembly.Instance(module, { env: { memory, abort } }).exports as unknown as Kernels;
}

/** A failed assertion of the debug kernels (assembly/check.ts): the address of a UTF-16 text, and the number at fault. */
function abort(message: number, _file: number, found: number): never {
  throw new Error(`${call}: expected ${text(message)}, got ${found}`);
}

function text(address: number): string {
  const bytes = new Uint32Array(memory.buffer, address - 4, 1)[0];
  return String.fromCharCode(...new Uint16Array(memory.buffer, address, bytes >>> 1));
}
