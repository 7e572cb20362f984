// The kernel that TensorFlow.js lacks for an Embedding's gradient, written as its users can: over typed arrays.
//
// The wasm backend has none (nor one to scatter with), so that training a model with an Embedding throws. The cpu backend's
// makes a pass over all rows for each row of the table: hours for 200,000. Both get this one, of one pass in all.

/** What the bench says about it. */
export const MISSING_NOTE =
  'TensorFlow.js has its gradient of an Embedding (UnsortedSegmentSum) from this bench, a kernel in plain JavaScript: the wasm ' +
  'backend has none, and the cpu backend makes a pass over the batch for each row of the table';

const UNSORTED_SEGMENT_SUM = 'UnsortedSegmentSum';

export function addMissingKernels(tf, backendName) {
  if (tf.getKernel(UNSORTED_SEGMENT_SUM, backendName)) tf.unregisterKernel(UNSORTED_SEGMENT_SUM, backendName);
  tf.registerKernel({ kernelName: UNSORTED_SEGMENT_SUM, backendName, kernelFunc: unsortedSegmentSum });
}

function unsortedSegmentSum({ inputs: { x, segmentIds }, backend, attrs: { numSegments } }) {
  const count = segmentIds.shape.reduce((a, b) => a * b, 1);
  const rest = x.shape.slice(segmentIds.shape.length);
  const dim = rest.reduce((a, b) => a * b, 1);
  const shape = [numSegments, ...rest];
  // The wasm backend has its numbers in a heap where they can be read and written without a copy.
  const heap = backend.typedArrayFromHeap ? (info) => backend.typedArrayFromHeap(info) : undefined;
  const out = heap ? backend.makeOutput(shape, x.dtype) : undefined;
  const sums = out ? heap(out).fill(0) : new Float32Array(numSegments * dim);
  const values = heap ? heap(x) : backend.readSync(x.dataId);
  const ids = heap ? heap(segmentIds) : backend.readSync(segmentIds.dataId);
  for (let i = 0; i < count; i++) {
    const to = ids[i] * dim;
    const from = i * dim;
    for (let c = 0; c < dim; c++) sums[to + c] += values[from + c];
  }
  return out ?? backend.makeTensorInfo(shape, x.dtype, sums);
}
