import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { deserialize, serialize } from '../../src/saving/index.ts';
const all = JSON.parse(readFileSync('/tmp/wtc/configs.json', 'utf8'));
const strip = (o: any): any => Array.isArray(o) ? o.map(strip) : o && typeof o === 'object' ? Object.fromEntries(Object.entries(o).filter(([k]) => k !== 'shared_object_id').map(([k, v]) => [k, strip(v)])) : o;
for (const [kind, list] of Object.entries(all)) describe(kind, () => {
  it.each((list as any[]).map((o, i) => [`${i} ${o.class_name}`, o]))('%s', (_n, o: any) => {
    expect(strip(serialize(deserialize(o) as never))).toEqual(strip(o));
  });
});
import { modelConfig, modelFromConfig } from '../../src/saving/index.ts';
const models = JSON.parse(readFileSync('/tmp/wtc/models.json', 'utf8'));
const machine = (o: any): any => JSON.parse(JSON.stringify(strip(o)).replaceAll('"jit_compile":true', '"jit_compile":false'));
const golden = JSON.parse(readFileSync('/tmp/wtc/golden.json', 'utf8'));
describe.each(Object.entries({ ...models, ...golden }))('%s', (_n, o) => {
  it('reads and writes', () => {
    expect(machine(modelConfig(modelFromConfig(o)))).toEqual(machine(o));
  });
});
