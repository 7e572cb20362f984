declare module 'lzma/src/lzma_worker.js' {
  const worker: { LZMA_WORKER: { compress(bytes: Uint8Array, mode: number): number[] } };
  export default worker;
}
