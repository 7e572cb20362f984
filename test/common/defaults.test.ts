// What an argument is when it is left out: that of each op and class beside Keras's signature.
import { describe, expect, it } from 'vitest';
import { snakeCase } from '../../src/common/names.ts';
import type { AnyClass, Option } from '../../src/common/spec.ts';
import * as keratin from '../../src/index.ts';
import type { Definition, Field } from '../../src/ops/definition.ts';
import api from '../fixtures/keras_api.json';

interface Signature {
  readonly kind: string;
  readonly parameters: readonly { readonly name: string; readonly kind?: string; readonly default?: unknown }[];
}

const namespaces = api.names as unknown as Readonly<Record<string, Readonly<Record<string, Signature>>>>;
const camelCase = (name: string): string => name.replace(/_([a-z0-9])/g, (_, letter: string) => letter.toUpperCase());

/** Written differently, and the same. */
const same: Readonly<Record<string, readonly [ours: unknown, keras: unknown]>> = {
  'AveragePooling1D.poolSize': [2, undefined],
  'Cropping1D.cropping': [1, [1, 1]],
  'Dense.activation': ['linear', null],
  'Conv1D.activation': ['linear', null],
  'PReLU.alphaInitializer': ['zeros', 'Zeros'],
  'oneHot.dtype': ['float32', null],
  'multiHot.dtype': ['float32', null],
  // Needed for every mode here.
  'CategoryEncoding.numTokens': [undefined, null],
  // Left out by the function itself: the definition is of the choice between both.
  'where.x1': [undefined, null],
  'where.x2': [undefined, null],
  // Keywords, which are none when they are left out.
  'rearrange.axesLengths': [{}, undefined],
  // docs/KERAS.md: one number for all classes.
};
/** Options that Keras takes from its settings, or makes of the class: they are the same when nobody sets them. */
const settled: Readonly<Record<string, unknown>> = { dataFormat: 'channels_last', name: null, seed: undefined };

function isSame(owner: string, name: string, ours: unknown, keras: unknown): boolean {
  const key = `${owner}.${name}`;
  const [here, there] = Object.hasOwn(same, key)
    ? same[key]
    : Object.hasOwn(settled, name) && ours === settled[name]
      ? [ours, keras]
      : [keras, keras];
  return JSON.stringify([ours, keras]) === JSON.stringify([here, there]);
}

/** The options of a class, those of the classes below it too. */
function optionsOf(Class: AnyClass): Readonly<Record<string, Option>> {
  const below = Object.getPrototypeOf(Class) as AnyClass | null;
  return { ...(below && below !== Function.prototype && optionsOf(below)), ...(Object.hasOwn(Class, 'spec') && Class.spec?.options) };
}

const differences: string[] = [];
let compared = 0;

function compare(owner: string, { parameters }: Signature, oursOf: (name: string) => readonly [ours: unknown] | undefined): void {
  for (const parameter of parameters) {
    const name = camelCase(parameter.name);
    const found = oursOf(name);
    if (!found) continue;
    compared++;
    if (!isSame(owner, name, found[0], parameter.default)) {
      differences.push(`${owner}.${name}: ${JSON.stringify(found[0])} here, ${JSON.stringify(parameter.default)} in Keras`);
    }
  }
}

describe('the defaults', () => {
  it('of ops are those of Keras', () => {
    for (const [name, f] of Object.entries(keratin.ops) as [string, { definition?: Definition }][]) {
      const signature = namespaces.ops[snakeCase(name)];
      if (!f.definition || !signature) continue;
      const { parameters } = f.definition;
      compare(name, signature, (key) => {
        const field: Field | undefined = parameters[key];
        return field && ['read' in field ? undefined : field[1]];
      });
    }
    expect(differences).toEqual([]);
    expect(compared).toBeGreaterThan(200);
  });

  it('of classes are those of Keras', () => {
    for (const [namespace, names] of Object.entries(namespaces)) {
      const classes = (keratin as unknown as Readonly<Record<string, Readonly<Record<string, AnyClass>>>>)[namespace];
      for (const [name, signature] of Object.entries(names)) {
        if (signature.kind !== 'class' || typeof classes?.[name] !== 'function') continue;
        const options = optionsOf(classes[name]);
        compare(name, signature, (key) => options[key] && [options[key][1]]);
      }
    }
    expect(differences).toEqual([]);
    expect(compared).toBeGreaterThan(700);
  });
});
