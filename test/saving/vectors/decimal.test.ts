import { expect, it } from 'vitest';
import { float32Of } from '../../../src/saving/vectors/decimal.ts';
import { dice } from '../mutate.ts';

it.each<[string, number]>([
  ['0.1', Math.fround(0.1)],
  ['-1.5e3', -1500],
  ['+.5', 0.5],
  ['5.', 5],
  ['00012', 12],
  ['-0', -0],
  ['1E2', 100],
  ['1e-50', 0],
  ['1e999', Infinity],
  ['3.4028235e38', 3.4028234663852886e38],
  // halfway between two float32, and a little beside, where a double sees no difference
  ['1.00000005960464477539062', 1],
  ['1.000000059604644775390625', 1],
  ['1.00000005960464477539063', 1 + 2 ** -23],
  ['1.000000059604644775390625000000000000001', 1 + 2 ** -23],
  ['-1.000000059604644775390625000000000000001', -(1 + 2 ** -23)],
  ['1.000000178813934326171874999999999999999', 1 + 2 ** -23],
  ['1.000000178813934326171875', 1 + 2 ** -22],
  ['16777217', 16777216],
  ['16777217.000000000001', 16777218],
  ['16777218.9999999999999', 16777218],
  ['167772170.00000000001e-1', 16777218],
  // the same among the smallest and at the largest
  ['7.006492321624085354618e-46', 0],
  ['7.00649232162408535461864791644958065640130970938257885878534141944895541342930300743319094181060791015625e-46', 0],
  ['7.00649232162408535461864791644958065640130970938257885878534141944895541342930300743319094181060791015626e-46', 2 ** -149],
  ['340282356779733661637539395458142568447', 3.4028234663852886e38],
  ['340282356779733661637539395458142568448', Infinity],
  ['-340282356779733661637539395458142568447.999', -3.4028234663852886e38],
])('%s', (text, value) => {
  expect(float32Of(text)).toBe(value);
});

it.each([
  '',
  ' ',
  '.',
  '-',
  '1 ',
  '0x10',
  '1_0',
  '1e',
  '1e+',
  'e5',
  '1.2.3',
  'nan',
  'NaN',
  'inf',
  'Infinity',
  '--1',
  '1,5',
  '١',
  '1'.repeat(129),
])('%j is no number', (text) => {
  expect(float32Of(text)).toBe(NaN);
});

it('finds the nearer of two neighbours for digits around every midpoint', () => {
  const roll = dice(7);
  const bits = new Uint32Array(1);
  const float = new Float32Array(bits.buffer);
  for (let i = 0; i < 2_000; i++) {
    // 1 <= value < 2^24, where 60 digits behind the point write all of a midpoint
    bits[0] = 0x3f800000 + roll(0x0c000000);
    const low = float[0];
    bits[0]++;
    const high = float[0];
    const middle = ((low + high) / 2).toFixed(60);
    const even = (bits[0] & 1) === 0 ? high : low;
    expect(float32Of(middle)).toBe(even);
    expect(float32Of(`${middle}1`)).toBe(high);
    expect(float32Of(`-${middle}1`)).toBe(-high);
    const digits = [...middle.replace(/0+$/, '')];
    digits.push(`${Number(digits.pop()) - 1}`, '9'.repeat(30));
    expect(float32Of(digits.join(''))).toBe(low);
  }
});
