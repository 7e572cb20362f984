// Decompresses gzip (RFC 1952) while it streams in.
import { END, type Pass } from '../../data/pass.ts';
import { streamPass } from '../../data/source.ts';

/** The decompressed bytes of `packed`; `refuse` is called for damaged or truncated gzip. */
export function gunzipped(packed: Pass<Uint8Array>, refuse: () => never): Pass<Uint8Array> {
  let failure: { error: unknown } | undefined;
  const stream = new ReadableStream<Uint8Array<ArrayBuffer>>(
    {
      async pull(controller) {
        try {
          const chunk = await packed.next();
          if (chunk === END) controller.close();
          else controller.enqueue(chunk as Uint8Array<ArrayBuffer>);
        } catch (error) {
          failure = { error };
          controller.error(error);
        }
      },
      cancel: () => packed.close(),
    },
    { highWaterMark: 0 },
  );
  const pass = streamPass<Uint8Array>(stream.pipeThrough(new DecompressionStream('gzip')));
  return {
    async next() {
      try {
        return await pass.next();
      } catch {
        if (failure) throw failure.error;
        return refuse();
      }
    },
    async close() {
      // Unpacking that has failed cannot be cancelled any more.
      await Promise.resolve(pass.close()).catch(() => undefined);
      await packed.close();
    },
  };
}
