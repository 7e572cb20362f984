// Deflate (RFC 1951), bare as in ZIP or in the wrapping of zlib (RFC 1950) as in HDF5, decompressed by the platform.

/** Largest ratio of deflate: 258 bytes of two bits. */
export const MOST_INFLATED = 1032;

/**
 * The bytes packed into `packed`, which must be exactly `size`, or a text saying what is wrong with them.
 * No more than `size` bytes are kept whatever the stream holds, and nothing is allocated for a size it cannot reach. Bytes after
 * the end of the stream are an error in browsers, while Node 20 passes over them: the checksums of both formats hold there too.
 */
export async function inflate(
  format: 'deflate' | 'deflate-raw',
  packed: Uint8Array,
  size: number,
): Promise<Uint8Array<ArrayBuffer> | string> {
  if (size > packed.length * MOST_INFLATED) return `${packed.length} compressed bytes, which cannot hold ${size}`;
  const inflated = new Uint8Array(size);
  const stream = new DecompressionStream(format);
  const writer = stream.writable.getWriter();
  const reader = stream.readable.getReader();
  // Awaited through the reader, which fails of the same cause.
  const ignore = () => {};
  writer.closed.catch(ignore);
  writer.write(packed as Uint8Array<ArrayBuffer>).catch(ignore);
  writer.close().catch(ignore);
  let at = 0;
  try {
    for (;;) {
      const { done, value } = await reader.read();
      if (done) break;
      if (value.length > size - at) {
        reader.cancel().catch(ignore);
        return `more than ${size} bytes of compressed contents`;
      }
      inflated.set(value, at);
      at += value.length;
    }
  } catch {
    return 'compressed contents that cannot be inflated';
  }
  return at === size ? inflated : `${at} bytes of compressed contents where ${size} are told`;
}
