// Shared memory for kernels that are compiled for memory of one's own: the two differ in how the module declares its import, so
// the declaration is changed in the bytes. Binary format: WebAssembly core specification, 5.5.5 (imports) and 5.3.9 (limits).

const IMPORTS = 2;
const FUNCTION = 0;
const MEMORY = 2;
const SHARED_WITH_MAXIMUM = 3;
/** The most pages that 32-bit addresses reach; a memory may have a smaller maximum than the module declares. */
const MAX_PAGES = 65536;

/** The same module, importing a shared memory. */
export function declareShared(bytes: Uint8Array): Uint8Array<ArrayBuffer> {
  let at = 8;
  const number = (): number => {
    let value = 0;
    for (let shift = 0; ; shift += 7) {
      const byte = bytes[at++];
      value |= (byte & 127) << shift;
      if (byte < 128) return value;
    }
  };
  const skipName = (): void => {
    const length = number();
    at += length;
  };
  while (at < bytes.length) {
    const section = at;
    const id = bytes[at++];
    const size = number();
    const start = at;
    if (id !== IMPORTS) {
      at = start + size;
      continue;
    }
    for (let left = number(); left > 0; left--) {
      skipName();
      skipName();
      const kind = bytes[at++];
      if (kind === FUNCTION) number();
      else if (kind === MEMORY) {
        const limits = at;
        const hasMaximum = bytes[at++] & 1;
        const pages = number();
        if (hasMaximum) number();
        const contents = [
          ...bytes.subarray(start, limits),
          SHARED_WITH_MAXIMUM,
          ...unsigned(pages),
          ...unsigned(MAX_PAGES),
          ...bytes.subarray(at, start + size),
        ];
        const before = [...bytes.subarray(0, section), IMPORTS, ...unsigned(contents.length), ...contents];
        const result = new Uint8Array(before.length + bytes.length - start - size);
        result.set(before);
        result.set(bytes.subarray(start + size), before.length);
        return result;
      } else break;
    }
    break;
  }
  throw new Error('internal: the kernels import no memory');
}

/** LEB128. */
function unsigned(value: number): number[] {
  const low = value & 127;
  return value > 127 ? [low | 128, ...unsigned(value >>> 7)] : [low];
}

/** A shared memory of `pages`. Hosts reserve the maximum at once and some, such as phones, refuse the largest. */
export function sharedMemory(pages: number): WebAssembly.Memory {
  for (let maximum = MAX_PAGES; ; maximum /= 2) {
    try {
      return new WebAssembly.Memory({ initial: pages, maximum, shared: true });
    } catch (error) {
      if (maximum / 2 < Math.max(pages, 4096)) throw error;
    }
  }
}
