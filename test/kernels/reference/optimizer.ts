// One element at a time, in f64, slots rounded to f32 after each step. `s` are the kernel's settings.
type Rule = (w: number, g: number, slots: number[], s: number[]) => number;

const used = (slot: number | undefined): boolean => slot !== undefined;

/** Each returns the new weight and changes `slots` in place; a slot that an option leaves out is undefined. */
export const rules = {
  sgd: (w, g, _slots, [lr]) => w - lr * g,
  sgdMomentum: (w, g, slots, [lr, , mu, nesterov]) => {
    slots[0] = mu * slots[0] - lr * g;
    return nesterov ? w + mu * slots[0] - lr * g : w + slots[0];
  },
  adam: (w, g, slots, [alpha, , rate1, rate2, epsilon]) => {
    slots[0] += (g - slots[0]) * rate1;
    slots[1] += (g * g - slots[1]) * rate2;
    if (used(slots[2])) slots[2] = Math.max(slots[2], slots[1]);
    return w - (slots[0] * alpha) / (Math.sqrt(slots[2] ?? slots[1]) + epsilon);
  },
  rmsprop: (w, g, slots, [lr, , rho, rest, mu, epsilon]) => {
    slots[0] = rho * slots[0] + rest * g * g;
    if (used(slots[1])) slots[1] = rho * slots[1] + rest * g;
    const increment = (lr * g) / Math.sqrt(slots[0] - (slots[1] ?? 0) ** 2 + epsilon);
    if (used(slots[2])) slots[2] = mu * slots[2] + increment;
    return w - (slots[2] ?? increment);
  },
  adagrad: (w, g, slots, [lr, , epsilon]) => {
    slots[0] += g * g;
    return w - (lr * g) / Math.sqrt(slots[0] + epsilon);
  },
  adadelta: (w, g, slots, [lr, , rho, rest, epsilon]) => {
    slots[0] = rho * slots[0] + rest * g * g;
    const delta = (-Math.sqrt(slots[1] + epsilon) / Math.sqrt(slots[0] + epsilon)) * g;
    slots[1] = rho * slots[1] + rest * delta * delta;
    return w + lr * delta;
  },
  adamax: (w, g, slots, [lr, , rate1, beta2, correction, epsilon]) => {
    slots[0] += (g - slots[0]) * rate1;
    slots[1] = Math.max(beta2 * slots[1], Math.abs(g));
    return w - (lr * slots[0]) / (correction * (slots[1] + epsilon));
  },
  nadam: (w, g, slots, [lr, , rate1, rate2, scaleM, scaleG, correction, epsilon]) => {
    slots[0] += (g - slots[0]) * rate1;
    slots[1] += (g * g - slots[1]) * rate2;
    return w - (lr * (scaleM * slots[0] + scaleG * g)) / (Math.sqrt(slots[1] / correction) + epsilon);
  },
  ftrl: (w, g, slots, [lr, , exponent, l1, l2, shrinkage]) => {
    const before = slots[0];
    slots[0] += g * g;
    slots[1] += g + shrinkage * w - ((slots[0] ** exponent - before ** exponent) / lr) * w;
    return (Math.min(Math.max(slots[1], -l1), l1) - slots[1]) / (slots[0] ** exponent / lr + l2);
  },
  lion: (w, g, slots, [lr, , beta1, rest1, beta2, rest2]) => {
    const next = w - lr * Math.sign(beta1 * slots[0] + rest1 * g);
    slots[0] = beta2 * slots[0] + rest2 * g;
    return next;
  },
} satisfies Record<string, Rule>;

/** One step over whole arrays: weights and slots are changed in place. */
export function step(
  rule: keyof typeof rules,
  weight: Float32Array,
  gradient: Float32Array,
  slots: (Float32Array | undefined)[],
  settings: number[],
): void {
  for (let i = 0; i < weight.length; i++) {
    const own = slots.map((slot) => slot?.[i] as number);
    weight[i] = rules[rule](weight[i] - weight[i] * settings[1], gradient[i], own, settings);
    for (const [k, slot] of slots.entries()) if (slot) slot[i] = own[k];
  }
}

/** A sparse gradient [unique, dim] as a dense one [rows, dim]. */
export function densify(gradient: Float32Array, unique: ArrayLike<number>, rows: number, dim: number): Float32Array {
  const dense = new Float32Array(rows * dim);
  for (let u = 0; u < unique.length; u++) dense.set(gradient.subarray(u * dim, (u + 1) * dim), unique[u] * dim);
  return dense;
}

/** min(1, limit / norm) over all squared norms. */
export function clipFactor(squaredNorms: ArrayLike<number>, limit: number): number {
  const norm = Math.sqrt(Array.from(squaredNorms).reduce((a, b) => a + b, 0));
  return limit / Math.max(norm, limit);
}

/** weight[outer, n, inner] with each norm over n brought `rate` of the way between low and high. */
export function minMaxNorm(weight: Float32Array, n: number, inner: number, low: number, high: number, rate: number): Float32Array {
  return weight.map((w, at) => {
    const column = Math.floor(at / (n * inner)) * n * inner + (at % inner);
    let squares = 0;
    for (let i = 0; i < n; i++) squares += weight[column + i * inner] ** 2;
    const norm = Math.sqrt(squares);
    return (w * (rate * Math.min(Math.max(norm, low), high) + (1 - rate) * norm)) / (1e-7 + norm);
  });
}
