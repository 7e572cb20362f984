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
