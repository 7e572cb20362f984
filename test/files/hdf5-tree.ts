// Trees of HDF5 files as plain data to compare, and trees to write.
import type { Dataset, Group, NewGroup, NumberArray } from '../../src/files/hdf5/tree.ts';
import type { Random } from './random.ts';

export interface Entry {
  path: string;
  attributes: Record<string, unknown>;
  dtype?: string;
  shape?: readonly number[];
  data?: unknown[];
}

/** 64-bit integers and what JSON cannot hold as text. */
const plainNumber = (value: number | bigint): number | string =>
  typeof value === 'bigint' || !Number.isFinite(value) ? String(value) : value;

export function plainValue(value: unknown): unknown {
  if (typeof value === 'number' || typeof value === 'bigint') return plainNumber(value);
  if (ArrayBuffer.isView(value)) return Array.from(value as unknown as Iterable<number | bigint>, plainNumber);
  return value;
}

/** All objects, parents first. */
export async function entriesOf(object: Group | Dataset): Promise<Entry[]> {
  const { path } = object;
  const attributes = Object.fromEntries(Array.from(object.attributes, ([name, value]) => [name, plainValue(value)]));
  if (object.kind === 'dataset') {
    return [{ path, attributes, dtype: object.dtype, shape: object.shape, data: plainValue(await object.read()) as unknown[] }];
  }
  const below: Entry[] = [];
  for (const child of object.children.values()) below.push(...(await entriesOf(child)));
  return [{ path, attributes }, ...below];
}

/** What was read, as something to write. */
export async function toWrite(group: Group): Promise<NewGroup> {
  const children = new Map<string, NewGroup | { shape: readonly number[]; data: NumberArray }>();
  for (const [name, child] of group.children) {
    if (child.kind === 'group') children.set(name, await toWrite(child));
    else children.set(name, { attributes: child.attributes, shape: child.shape, data: await child.read() } as never);
  }
  return { attributes: group.attributes, children };
}

const NAMES = ['vars', 'dense', 'dense_1', 'größe', '名', 'a b', '__proto__', 'constructor', 'x'.repeat(200), '0', '1', '10', '-', 'Z'];
const KINDS = [Float32Array, Float64Array, Int32Array, Int8Array, Uint8Array, Int16Array, Uint16Array, Uint32Array] as const;

function someNumbers(random: Random, count: number): NumberArray {
  if (random.below(5) === 0) {
    const values = Array.from({ length: count }, () => BigInt(random.below(2 ** 32)) * BigInt(random.below(2 ** 31)));
    return random.below(2) ? BigInt64Array.from(values) : BigUint64Array.from(values);
  }
  const odd = [0, -0, Number.NaN, Number.POSITIVE_INFINITY, 0.1, -3];
  return new (random.pick(KINDS))(Array.from({ length: count }, () => (random.below(4) ? random.below(2 ** 32) : random.pick(odd))));
}

function someAttributes(random: Random): Map<string, string | number | bigint | string[] | NumberArray> {
  const attributes = new Map<string, string | number | bigint | string[] | NumberArray>();
  for (let i = random.below(4); i > 0; i--) {
    const text = () => random.pick(['', 'dense', 'größer 名', 'y'.repeat(random.below(300)), 'x'.repeat(random.below(5000))]);
    const values = [text, () => random.below(1000) / 7, () => -BigInt(random.below(2 ** 32)), () => someNumbers(random, random.below(20))];
    const value = random.below(4) ? random.pick(values)() : Array.from({ length: random.below(5) }, () => text().slice(0, 900));
    attributes.set(random.pick(NAMES), value);
  }
  return attributes;
}

/** A group with anything that can be written inside. */
export function someGroup(random: Random, depth = 0): NewGroup {
  const children = new Map<string, NewGroup | { shape: number[]; data: NumberArray; attributes: ReturnType<typeof someAttributes> }>();
  const many = random.below(12) === 0;
  for (let i = many ? random.below(600) : random.below(6); i > 0; i--) {
    const name = many ? `child_${random.below(10_000)}` : random.pick(NAMES);
    if (depth < 4 && !many && random.below(2)) {
      children.set(name, someGroup(random, depth + 1));
      continue;
    }
    const shape = Array.from({ length: many ? 0 : random.below(4) }, () => random.below(6));
    const count = shape.reduce((product, length) => product * length, 1);
    children.set(name, { shape, data: someNumbers(random, count), attributes: many ? new Map() : someAttributes(random) });
  }
  return { attributes: someAttributes(random), children };
}
