// The functions of assembly/unary.ts and their derivatives, one number at a time in f64.

/** erfc(a) for a >= 0: 1 - erf by its power series below 2, the continued fraction (Abramowitz & Stegun 7.1.14) above. */
function erfcPositive(a: number): number {
  if (a < 2) return 1 - erf(a);
  let fraction = 0;
  for (let i = 100; i >= 1; i--) fraction = i / 2 / (a + fraction);
  return Math.exp(-a * a) / Math.sqrt(Math.PI) / (a + fraction);
}

export function erf(x: number): number {
  if (Math.abs(x) > 6) return Math.sign(x);
  if (Math.abs(x) >= 2) return Math.sign(x) * (1 - erfcPositive(Math.abs(x)));
  let term = x;
  let sum = x;
  for (let i = 1; i < 60 && Math.abs(term) > 1e-18 * Math.abs(sum); i++) {
    term *= (-x * x) / i;
    sum += term / (2 * i + 1);
  }
  return (2 / Math.sqrt(Math.PI)) * sum;
}

export const sigmoid = (x: number) => (x < 0 ? Math.exp(x) / (1 + Math.exp(x)) : 1 / (1 + Math.exp(-x)));
export const softplus = (x: number) => Math.max(x, 0) + Math.log1p(Math.exp(-Math.abs(x)));
const share = (x: number) => (x < 0 ? erfcPositive(-x / Math.SQRT2) / 2 : 1 - erfcPositive(x / Math.SQRT2) / 2);
const density = (x: number) => Math.exp((-x * x) / 2) / Math.sqrt(2 * Math.PI);

/** tanh(softplus(x)), without the cancellation in log(1 + tiny) */
const tanhSoftplus = (x: number) => {
  const w = Math.exp(Math.min(x, 40));
  return (w * (w + 2)) / (w * (w + 2) + 2);
};

export const geluTanhArgument = (x: number) => 2 * Math.sqrt(2 / Math.PI) * (x + 0.044715 * x ** 3);
const scale = 1.0507009873554805;
const alpha = 1.6732632423543772;

type Function1 = (x: number, ...settings: number[]) => number;

export const forward = {
  square: (x) => x * x,
  sqrt: Math.sqrt,
  rsqrt: (x) => 1 / Math.sqrt(x),
  reciprocal: (x) => 1 / x,
  absolute: Math.abs,
  sign: Math.sign,
  floor: Math.floor,
  isFinite: (x) => (Number.isFinite(x) ? 1 : 0),
  exp: Math.exp,
  expm1: Math.expm1,
  log: Math.log,
  log1p: Math.log1p,
  tanh: Math.tanh,
  sigmoid,
  erf,
  softplus,
  logSigmoid: (x) => -softplus(-x),
  softsign: (x) => x / (1 + Math.abs(x)),
  relu: (x) => Math.max(x, 0),
  gelu: (x) => x * share(x),
  geluTanh: (x) => x * sigmoid(geluTanhArgument(x)),
  silu: (x) => x * sigmoid(x),
  mish: (x) => x * tanhSoftplus(x),
  hardSigmoid: (x) => Math.min(Math.max(x + 3, 0), 6) / 6,
  selu: (x) => scale * (x > 0 ? x : alpha * Math.expm1(x)),
  elu: (x, a) => (x > 0 ? x : a * Math.expm1(x)),
  leakyRelu: (x, slope) => (x > 0 ? x : slope * x),
  clip: (x, low, high) => Math.min(Math.max(x, low), high),
  affine: (x, factor, shift) => Math.fround(x * factor) + shift,
  reluGeneral: (x, slope, max, threshold) => (x >= max ? max : x >= threshold ? x : slope * (x - threshold)),
} satisfies Record<string, Function1>;

/** The derivative, as a function of x or of y = f(x) as `source` says. */
export const derivative = {
  square: { source: 'x', f: (x) => 2 * x },
  sqrt: { source: 'y', f: (y) => 0.5 / y },
  rsqrt: { source: 'y', f: (y) => -0.5 * y ** 3 },
  reciprocal: { source: 'y', f: (y) => -y * y },
  absolute: { source: 'x', f: Math.sign },
  exp: { source: 'y', f: (y) => y },
  expm1: { source: 'y', f: (y) => y + 1 },
  log: { source: 'x', f: (x) => 1 / x },
  log1p: { source: 'x', f: (x) => 1 / (1 + x) },
  tanh: { source: 'y', f: (y) => 1 - y * y },
  sigmoid: { source: 'y', f: (y) => y * (1 - y) },
  erf: { source: 'x', f: (x) => (2 / Math.sqrt(Math.PI)) * Math.exp(-x * x) },
  softplus: { source: 'x', f: sigmoid },
  logSigmoid: { source: 'x', f: (x) => sigmoid(-x) },
  softsign: { source: 'x', f: (x) => (1 + Math.abs(x)) ** -2 },
  relu: { source: 'y', f: (y) => (y > 0 ? 1 : 0) },
  gelu: { source: 'x', f: (x) => share(x) + x * density(x) },
  geluTanh: {
    source: 'x',
    f: (x) => {
      const s = sigmoid(geluTanhArgument(x));
      return s + x * s * sigmoid(-geluTanhArgument(x)) * 2 * Math.sqrt(2 / Math.PI) * (1 + 3 * 0.044715 * x * x);
    },
  },
  silu: { source: 'x', f: (x) => sigmoid(x) + x * sigmoid(x) * sigmoid(-x) },
  mish: { source: 'x', f: (x) => tanhSoftplus(x) + x * (1 - tanhSoftplus(x) ** 2) * sigmoid(x) },
  hardSigmoid: { source: 'y', f: (y) => (y > 0 && y < 1 ? 1 / 6 : 0) },
  selu: { source: 'y', f: (y) => (y < 0 ? y + scale * alpha : scale) },
  elu: { source: 'y', f: (y, a) => (y > 0 ? 1 : y + a) },
  leakyRelu: { source: 'y', f: (y, slope) => (y > 0 ? 1 : slope) },
  clip: { source: 'x', f: (x, low, high) => (x >= low && x <= high ? 1 : 0) },
  reluGeneral: { source: 'x', f: (x, slope, max, threshold) => (x >= max ? 0 : x >= threshold ? 1 : slope) },
} satisfies Record<string, { source: 'x' | 'y'; f: Function1 }>;

export type ForwardName = keyof typeof forward;
export type DerivativeName = keyof typeof derivative;
