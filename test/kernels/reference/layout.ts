// The naive form of assembly/layout.ts.
type Four = readonly [number, number, number, number];

/** The offsets of every element of a box of four dimensions, by its strides. */
export function offsets(dims: Four, strides: Four): number[] {
  const found: number[] = [];
  for (let i = 0; i < dims[0]; i++) {
    for (let j = 0; j < dims[1]; j++) {
      for (let k = 0; k < dims[2]; k++) {
        for (let l = 0; l < dims[3]; l++) found.push(i * strides[0] + j * strides[1] + k * strides[2] + l * strides[3]);
      }
    }
  }
  return found;
}

export function copyStrided<T extends Float32Array | Int32Array>(x: T, y: T, dims: Four, xStrides: Four, yStrides: Four): T {
  const from = offsets(dims, xStrides);
  offsets(dims, yStrides).forEach((to, i) => {
    y[to] = x[from[i]];
  });
  return y;
}

export function addStrided(x: Float32Array, y: Float32Array, dims: Four, xStrides: Four, yStrides: Four): Float32Array {
  const from = offsets(dims, xStrides);
  offsets(dims, yStrides).forEach((to, i) => {
    y[to] += x[from[i]];
  });
  return y;
}

export function accumulateMean(values: Float32Array, weights: Float32Array | undefined, state: readonly number[]): number[] {
  const total = values.reduce((sum, v, i) => sum + v * (weights ? weights[i] : 1), 0);
  const count = weights ? weights.reduce((sum, w) => sum + w, 0) : values.length;
  return [state[0] + total, state[1] + count];
}
