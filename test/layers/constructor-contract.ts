// What every layer's constructor keeps to, on the host or not.
import { expect } from 'vitest';
import { clearSession, snakeCase } from '../../src/common/names.ts';
import type { Layer } from '../../src/layers/base/layer.ts';

type Options = Readonly<Record<string, unknown>>;

/** Layers are numbered by their class unless they are named. Gives the first. */
export function expectNames<L extends Layer>(make: (options: Options) => L, className: string, all: Options): L {
  clearSession();
  const [first, second, own] = [make(all), make(all), make({ ...all, name: 'mine' })];
  expect(first.className).toBe(className);
  expect([first.name, second.name, own.name]).toEqual([snakeCase(className), `${snakeCase(className)}_1`, 'mine']);
  return first;
}

/** A misspelt option is answered with the name of the option. */
export function expectNearest(make: (options: Options) => Layer, all: Options): void {
  for (const name of Object.keys(all).filter((key) => key.length > 4)) {
    const misspelt = `${name.slice(0, 2)}${name[3]}${name[2]}${name.slice(4)}`;
    if (misspelt === name) continue;
    expect(() => make({ ...all, [misspelt]: 1 })).toThrow(`Did you mean ${name}?`);
  }
}
