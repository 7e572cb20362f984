// The one linear memory of the process and who owns which part of it. Growing a memory detaches every view of it, so no
// view is kept: each use asks for a fresh one. Once threads have started the memory is a shared one, whose views are not for
// everyone (TextDecoder and others refuse them), so data that leave the package are copied.

const PAGE = 65536;
const ALIGNMENT = 64; // a cache line, so that two owners never share one
/** Below this address lies whatever a debug build of the kernels puts there. */
const FIRST_ADDRESS = PAGE;

export let memory = /* @__PURE__ */ new WebAssembly.Memory({ initial: 16 });

let top = FIRST_ADDRESS;
const sizes = /* @__PURE__ */ new Map<number, number>();
/** Free blocks in order of address: [address, bytes]. Neighbours are always merged. */
const holes: [number, number][] = [];

/** Reserves `bytes` and gives their address, a multiple of 64. The contents are whatever was there before. */
export function allocate(bytes: number): number {
  const size = Math.max(ALIGNMENT, Math.ceil(bytes / ALIGNMENT) * ALIGNMENT);
  let best = -1;
  for (let i = 0; i < holes.length; i++) {
    if (holes[i][1] >= size && (best < 0 || holes[i][1] < holes[best][1])) best = i;
  }
  let address: number;
  if (best >= 0) {
    const hole = holes[best];
    address = hole[0];
    if (hole[1] === size) holes.splice(best, 1);
    else holes[best] = [address + size, hole[1] - size];
  } else {
    address = top;
    growTo(top + size);
    top += size;
  }
  sizes.set(address, size);
  return address;
}

/** Gives the block at `address` back. */
export function free(address: number): void {
  const size = sizes.get(address);
  if (size === undefined) throw new Error(`internal: free of ${address}, which is not an allocated block`);
  sizes.delete(address);
  let i = holes.findIndex((hole) => hole[0] > address);
  if (i < 0) i = holes.length;
  holes.splice(i, 0, [address, size]);
  merge(i);
  merge(i - 1);
  const last = holes[holes.length - 1];
  if (last[0] + last[1] === top) {
    top = last[0];
    holes.pop();
  }
}

function merge(i: number): void {
  if (i < 0 || i + 1 >= holes.length) return;
  const [a, b] = [holes[i], holes[i + 1]];
  if (a[0] + a[1] !== b[0]) return;
  a[1] += b[1];
  holes.splice(i + 1, 1);
}

function growTo(end: number): void {
  const missing = end - memory.buffer.byteLength;
  if (missing <= 0) return;
  // Growing by a quarter keeps the number of growths small; when that much is not to be had, just what is needed will do.
  const needed = Math.ceil(missing / PAGE);
  const generous = Math.max(needed, Math.ceil(memory.buffer.byteLength / 4 / PAGE));
  try {
    memory.grow(generous);
  } catch {
    try {
      memory.grow(needed);
    } catch {
      throw new RangeError(
        `keratin: expected ${end} bytes of WebAssembly memory, got at most ${memory.buffer.byteLength}. Use a smaller batch.`,
      );
    }
  }
}

/** Goes on in another memory, at the same addresses. Views of the old one become empty, since a stale one would go unnoticed. */
export function moveTo(next: WebAssembly.Memory): void {
  new Uint8Array(next.buffer).set(new Uint8Array(memory.buffer));
  const old = memory;
  memory = next;
  old.grow(0);
}

/** Bytes in use, for tests and `backendInfo`. */
export function bytesInUse(): number {
  let sum = 0;
  for (const size of sizes.values()) sum += size;
  return sum;
}

export function float32At(address: number, length: number): Float32Array<ArrayBuffer> {
  return new Float32Array(memory.buffer, address, length);
}

export function int32At(address: number, length: number): Int32Array<ArrayBuffer> {
  return new Int32Array(memory.buffer, address, length);
}

export function uint32At(address: number, length: number): Uint32Array<ArrayBuffer> {
  return new Uint32Array(memory.buffer, address, length);
}

export function float64At(address: number, length: number): Float64Array<ArrayBuffer> {
  return new Float64Array(memory.buffer, address, length);
}

/** Frees blocks whose owner has been collected. */
const registry = /* @__PURE__ */ new FinalizationRegistry<number>(free);

/** Reserves `bytes` that are given back when `owner` is garbage collected. */
export function allocateFor(owner: object, bytes: number): number {
  const address = allocate(bytes);
  registry.register(owner, address);
  return address;
}
