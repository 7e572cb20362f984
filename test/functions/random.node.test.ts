// Random calls that Keras was asked about (test/fixtures/record/random_functions.py, random_arrays.py), on data. KERATIN_RANDOM_CASES names a file of
// others, recorded by the same script from other seeds.
import { describe, expect, it } from 'vitest';
import { type Tensor, tensor } from '../../src/index.ts';
import arrays from '../fixtures/random_arrays.json' with { type: 'json' };
import functions from '../fixtures/random_functions.json' with { type: 'json' };
import { type Call, type Entry, invoke, isMetric, metricOf, readCall } from './recorded.ts';

/** How far a float may be off, as a part of the largest in its tensor. */
const TOLERANCE = 1e-5;

const file = globalThis.process?.env?.KERATIN_RANDOM_CASES;
const entries = file
  ? (JSON.parse(process.getBuiltinModule('node:fs').readFileSync(file, 'utf8')) as Entry[])
  : ([...functions, ...arrays] as unknown as Entry[]);

function resultsOf(call: Call): readonly unknown[] {
  if (!isMetric(call)) return invoke(call, call.args);
  const metric = metricOf(call);
  metric.updateState(...(call.args as [Tensor]));
  return [tensor(metric.result())];
}

/** What differs from Keras, in words; nothing where all is well. */
function difference(call: Call): string | undefined {
  let actual: readonly unknown[];
  try {
    actual = resultsOf(call);
  } catch (error) {
    return String(error);
  }
  if (actual.length !== call.results.length) return `expected ${call.results.length} results, got ${actual.length}`;
  for (const [i, wanted] of call.results.entries()) {
    const got = actual[i] as Tensor;
    const [left, right] = [wanted, got].map(({ dtype, shape }) => `${dtype} [${shape}]`);
    if (left !== right) return `expected ${left}, got ${right}`;
    const scale = Array.from(wanted.data).reduce((most, value) => (Number.isFinite(value) ? Math.max(most, Math.abs(value)) : most), 0);
    const near = wanted.dtype === 'float32' ? TOLERANCE * Math.max(scale, 1e-30) : 0;
    const at = wanted.data.findIndex((value, k) => !(Object.is(got.data[k], value) || Math.abs(got.data[k] - value) <= near));
    if (at >= 0 && got.data[at] !== wanted.data[at]) return `expected ${wanted.data[at]}, got ${got.data[at]} at ${at}`;
  }
  return undefined;
}

const brief = (value: unknown): string =>
  value !== null && typeof value === 'object' && 'dtype' in value
    ? `${(value as Tensor).dtype} [${(value as Tensor).shape}]`
    : Array.isArray(value)
      ? `[${value.map(brief)}]`
      : JSON.stringify(value);

const calls = new Map<string, Entry[]>();
for (const entry of entries) calls.set(entry.name, [...(calls.get(entry.name) ?? []), entry]);

describe('random calls', () => {
  it.each([...calls])('%s', (_, list) => {
    const differences = list.flatMap((entry) => {
      const call = readCall(entry);
      const found = difference(call);
      return found ? [`${call.name}(${call.args.map(brief).join(', ')}, ${JSON.stringify(entry.settings)}): ${found}`] : [];
    });
    expect(differences.slice(0, 5), `${differences.length} of ${list.length}`).toEqual([]);
  });
});
