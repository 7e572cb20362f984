// Adam, dense or with the rows of a sparse gradient found along the way.
import { floats, ints } from './memory.mjs';

const F32 = floats;
const I32 = ints;

function stretch(from, to, weight, gradient, hasGradient, m, v, vhat, settings) {
  const f = F32;
  const alpha = f[settings];
  const decay = f[settings + 1];
  const rate1 = f[settings + 2];
  const rate2 = f[settings + 3];
  const epsilon = f[settings + 4];
  // Slots that decay towards 0 stop short of the denormals, as in the wasm kernels, or their arithmetic would be timed instead.
  const grain = epsilon * 6.6e-24;
  const grainSquare = epsilon * epsilon * 4.3e-19;
  for (let i = from; i < to; i++) {
    const g = hasGradient ? f[gradient + i] : 0;
    const w = f[weight + i] - f[weight + i] * decay;
    const average = f[m + i] + (g - f[m + i]) * rate1;
    let square = f[v + i] + (g * g - f[v + i]) * rate2;
    f[m + i] = Math.abs(average) < grain ? 0 : average;
    f[v + i] = square < grainSquare ? 0 : square;
    if (vhat) {
      square = Math.max(f[vhat + i], square);
      f[vhat + i] = square;
    }
    f[weight + i] = w - (average * alpha) / (Math.sqrt(square) + epsilon);
  }
}

export function adam(weight, gradient, m, v, vhat, settings, rows, dim, unique, uniqueCount) {
  const i32 = I32;
  if (!unique) {
    stretch(0, rows * dim, weight >> 2, gradient >> 2, true, m >> 2, v >> 2, vhat >> 2, settings >> 2);
    return;
  }
  const count = i32[uniqueCount >> 2];
  let done = 0;
  for (let u = 0; u < count; u++) {
    const first = i32[(unique >> 2) + u] * dim;
    stretch(done, first, weight >> 2, 0, false, m >> 2, v >> 2, vhat >> 2, settings >> 2);
    done = first + dim;
    stretch(first, done, weight >> 2, (gradient >> 2) + u * dim - first, true, m >> 2, v >> 2, vhat >> 2, settings >> 2);
  }
  stretch(done, rows * dim, weight >> 2, 0, false, m >> 2, v >> 2, vhat >> 2, settings >> 2);
}
