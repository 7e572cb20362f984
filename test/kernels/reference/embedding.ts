/** out[i, :] = table[ids[i], :] */
export function gather(table: Float32Array, ids: Int32Array, dim: number): Float32Array {
  const out = new Float32Array(ids.length * dim);
  for (const [i, id] of ids.entries()) out.set(table.subarray(id * dim, (id + 1) * dim), i * dim);
  return out;
}

/** out[o, :] = the sum over j of table[ids[o, j], :], in f64 */
export function gatherSum(table: Float32Array, ids: Int32Array, outer: number, n: number, dim: number): Float64Array {
  const out = new Float64Array(outer * dim);
  for (const [i, id] of ids.entries()) for (let c = 0; c < dim; c++) out[Math.floor(i / n) * dim + c] += table[id * dim + c];
  return out;
}

/** The positions of each distinct id in order of occurrence, ids ascending. */
export function sortIds(ids: Int32Array): { order: number[]; unique: number[]; start: number[] } {
  const positions = new Map<number, number[]>();
  for (const [i, id] of ids.entries()) positions.set(id, [...(positions.get(id) ?? []), i]);
  const unique = [...positions.keys()].sort((a, b) => a - b);
  const start = [0];
  for (const id of unique) start.push(start[start.length - 1] + positions.get(id)!.length);
  return { order: unique.flatMap((id) => positions.get(id)!), unique, start };
}

/** Sums of the value rows of equal ids, in f32 and in order of occurrence; the rows of a dense table without ids are 0. */
export function segmentSum(values: Float32Array, ids: Int32Array, dim: number, vocabulary: number): Float32Array {
  const out = new Float32Array(vocabulary * dim);
  const seen = new Set<number>();
  ids.forEach((id, i) => {
    for (let c = 0; c < dim; c++) {
      const value = values[i * dim + c];
      out[id * dim + c] = seen.has(id) ? out[id * dim + c] + value : value;
    }
    seen.add(id);
  });
  return out;
}
