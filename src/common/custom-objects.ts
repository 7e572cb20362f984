// Classes and functions of the user's, by the names that files know them by.
import { mismatch } from './errors.ts';
import { describe, isPlain } from './options.ts';
import { classNameOf } from './spec.ts';

/** A class or a function of the user's. */
// biome-ignore lint/suspicious/noExplicitAny: the arguments of the user's classes and functions are theirs
export type CustomObject = (new (...args: any[]) => object) | ((...args: any[]) => unknown);

/**
 * Classes and functions of your own that files name: an object (`{ Scaled, half }`), a Map, or a list. A class is found by the name
 * it stands under and by its own: its `static className`, else its name in the code.
 */
export type CustomObjects = ReadonlyMap<string, CustomObject> | Readonly<Record<string, CustomObject>> | readonly CustomObject[];

/** The same by name. */
export type Customs = ReadonlyMap<string, CustomObject>;

/** A ValueError of `owner` for anything that is no such collection. */
export function customsOf(owner: string, given: unknown): Customs {
  const entries = entriesOf(given);
  const odd = entries?.find(([, object]) => typeof object !== 'function');
  if (!entries || odd) {
    const got = odd ? `${describe(odd[1])}${odd[0] === '' ? '' : ` as ${describe(odd[0])}`}` : describe(given);
    throw mismatch(owner, 'customObjects to hold classes and functions by name', got, 'Pass { Name: Class }, a Map or a list of classes.');
  }
  // What stands under a name counts before a class that has the name.
  const classes = entries.filter(([, object]) => 'prototype' in object && 'className' in (object.prototype ?? {}));
  return new Map([...classes.map(([, Class]) => [classNameOf(Class), Class] as const), ...entries]);
}

function entriesOf(given: unknown): (readonly [name: string, object: CustomObject])[] | undefined {
  if (Array.isArray(given)) return given.map((object) => [typeof object === 'function' ? classNameOf(object) : '', object]);
  if (given instanceof Map) return [...(given as Customs)];
  return isPlain(given) ? Object.entries(given as Record<string, CustomObject>) : undefined;
}
