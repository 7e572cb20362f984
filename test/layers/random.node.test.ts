// Random layers that Keras was asked about (test/fixtures/record/random_layers.py). KERATIN_RANDOM_LAYERS names a file of others,
// recorded by the same script from other seeds.
import { describe, expect, it } from 'vitest';
import recordedCases from '../fixtures/random_layers.json' with { type: 'json' };
import { expectLayer } from './golden.ts';
import type { Case } from './recorded.ts';

const file = globalThis.process?.env?.KERATIN_RANDOM_LAYERS;
const cases = (file ? JSON.parse(process.getBuiltinModule('node:fs').readFileSync(file, 'utf8')) : recordedCases) as Case[];

const byClass = new Map<string, Case[]>();
for (const entry of cases) byClass.set(entry.class_name, [...(byClass.get(entry.class_name) ?? []), entry]);

describe('random layers', () => {
  it.each([...byClass])('%s', (_, list) => {
    const differences = list.flatMap((entry) => {
      try {
        // Of the largest in a gradient, 1e-4: some are what is left of larger numbers.
        expectLayer(entry, { near: 1e-3, least: 1e-3 });
        return [];
      } catch (error) {
        return [`${JSON.stringify(entry.inputs.map(({ shape }) => shape))} ${(error as Error).message}`];
      }
    });
    expect(differences.slice(0, 5), `${differences.length} of ${list.length}`).toEqual([]);
  });
});
