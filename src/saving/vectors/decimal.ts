// Decimal numbers in texts, rounded once to float32.

/** More characters than any program writes for a float32. */
const MAX_LENGTH = 128;
const DECIMAL = /^([+-]?)(?=\.?\d)(\d*)\.?(\d*)(?:[eE]([+-]?\d{1,6}))?$/;

/**
 * The float32 nearest to a decimal number, ties to even; NaN for what is none, and for words such as nan and inf.
 * Number(text) alone rounds twice, first to a double: where that falls halfway between two float32 the digits decide.
 */
export function float32Of(text: string): number {
  const double = Number(text);
  const rounded = Math.fround(double);
  if (rounded === double) return DECIMAL.test(text) ? rounded : NaN;
  if (text.length > MAX_LENGTH || !DECIMAL.test(text)) return NaN;
  const [low, high] = neighbours(double, rounded);
  if (double - low !== high - double) return rounded;
  const order = compare(text, double);
  // Above the largest float32 lies the number that it would be followed by.
  const of = (value: number) => (Math.abs(value) === BEYOND ? value * Infinity : value);
  return order === 0 ? rounded : of(order < 0 ? low : high);
}

const BEYOND = 2 ** 128;

/** The float32 below and above a double that is none. */
function neighbours(double: number, rounded: number): [low: number, high: number] {
  const finite = Number.isFinite(rounded) ? rounded : Math.sign(rounded) * BEYOND;
  return finite < double ? [finite, next(finite, 1)] : [next(finite, -1), finite];
}

/** The float32 next to a finite one, upwards or downwards. */
function next(value: number, direction: 1 | -1): number {
  if (value === 0) return direction * 2 ** -149;
  if (Math.abs(value) === BEYOND) return Math.sign(value) * (BEYOND - 2 ** 104);
  const float = Float32Array.of(value);
  const bits = new Int32Array(float.buffer);
  bits[0] += value > 0 ? direction : -direction;
  return Number.isFinite(float[0]) ? float[0] : Math.sign(value) * BEYOND;
}

/** Whether a decimal text is below (-1), at (0) or above (1) a double, exactly. */
function compare(text: string, double: number): number {
  const [, sign, whole, fraction, exponent = '0'] = DECIMAL.exec(text) as unknown as string[];
  let left = BigInt(`${whole}${fraction}`) * (sign === '-' ? -1n : 1n);
  const tens = Number(exponent) - fraction.length;
  let right = 1n;
  const [mantissa, twos] = halves(double);
  // A text of MAX_LENGTH in the range of float32 has no larger power of ten than a few hundred.
  const power = BigInt(`1${'0'.repeat(Math.abs(tens))}`);
  if (tens >= 0) left *= power;
  else right *= power;
  right *= mantissa;
  if (twos >= 0) right <<= BigInt(twos);
  else left <<= BigInt(-twos);
  return left < right ? -1 : left > right ? 1 : 0;
}

/** A double as a whole number times a power of two. */
function halves(double: number): [mantissa: bigint, twos: number] {
  const bits = new BigInt64Array(Float64Array.of(double).buffer)[0];
  const exponent = Number((bits >> 52n) & 0x7ffn);
  const mantissa = (bits & 0xfffffffffffffn) | 0x10000000000000n;
  return [bits < 0n ? -mantissa : mantissa, exponent - 1075];
}
