// The decimal digits Python and NumPy choose for a number, from nothing but toPrecision, toFixed and toExponential.

const MAX_DIGITS = 9; // enough for any float32 to be read back
const EXACT = 100; // the most toExponential gives; the exact decimal of a tie is far shorter

/** The fewest significant digits from which `value` reads back as the same float32. */
export function shortestDigits(value: number): number {
  for (let digits = 1; digits < MAX_DIGITS; digits++) {
    if (Math.fround(Number(value.toPrecision(digits))) === value) return digits;
  }
  return MAX_DIGITS;
}

/**
 * `rounded` is the decimal text of a value whose last digit was rounded half up, `longer` the same with one digit more.
 * Python and NumPy round half to even: takes one off an odd last digit that a tie has rounded up.
 */
function halfToEven(value: number, rounded: string, longer: string): string {
  const digits = longer.replace(/e.*/, '');
  if (!digits.endsWith('5')) return rounded;
  const exact = value.toExponential(EXACT).replace(/e.*/, '').replace('.', '').replace(/0+$/, '');
  if (digits.replace('.', '').replace(/^0+/, '') !== exact) return rounded;
  const at = rounded.search(/e|$/) - 1;
  // an odd last digit is never 0, so taking one off borrows nothing
  return Number(rounded[at]) % 2 === 0 ? rounded : rounded.slice(0, at) + (Number(rounded[at]) - 1) + rounded.slice(at + 1);
}

/** The exact value rounded to `places` digits after the point, half to even; a negative zero keeps its sign. */
export function fixed(value: number, places: number): string {
  const magnitude = Math.abs(value);
  // toFixed gives up on digits here, where doubles are whole numbers
  const text =
    magnitude >= 1e21
      ? `${BigInt(magnitude)}${places ? `.${'0'.repeat(places)}` : ''}`
      : halfToEven(magnitude, magnitude.toFixed(places), magnitude.toFixed(places + 1));
  return Object.is(value, -0) || value < 0 ? `-${text}` : text;
}

/** Positional digits: the shortest, at most 8 after the point, always with a point: `1.`, `0.25`, `-3.`. */
export function positional(value: number): string {
  if (value === 0) return Object.is(value, -0) ? '-0.' : '0.';
  const digits = shortestDigits(value);
  const exponent = exponentOf(value, digits);
  const places = Math.max(0, digits - 1 - exponent);
  if (places === 0) return `${fixed(value, 0)}.`;
  return places > 8 ? fixed(value, 8).replace(/0+$/, '') : fixed(value, places);
}

const exponentOf = (value: number, digits: number): number => Number(/e(.*)$/.exec(value.toExponential(digits - 1))![1]);

/** Digits after the point in the shortest scientific form. */
export const scientificPlaces = (value: number): number => (value === 0 ? 0 : shortestDigits(value) - 1);

/** Scientific form with `places` digits after the point and at least two in the exponent: `1.e-08`, `2.50e+03`. */
export function scientific(value: number, places: number): string {
  const magnitude = Math.abs(value);
  const text = halfToEven(magnitude, magnitude.toExponential(places), magnitude.toExponential(places + 1));
  const [digits, exponent] = text.split('e');
  const size = exponent.slice(1);
  const sign = Object.is(value, -0) || value < 0 ? '-' : '';
  return `${sign}${digits}${places === 0 ? '.' : ''}e${exponent[0]}${size.length < 2 ? '0' : ''}${size}`;
}
