// Reading the arguments of an op: in their order, by name in an object at the end, or both.
import { mismatch } from '../common/errors.ts';
import { checkOptions, describe, isPlain } from '../common/options.ts';
import { type Arguments, type Definition, type Field, named, parameterOf } from './definition.ts';

/** An object of arguments by name, and no tensor in the form of shape and data. */
const isNamed = (value: unknown): value is Record<string, unknown> => isPlain(value) && !('shape' in value && 'data' in value);

/** What reading needs of an op. */
type Called = Pick<Definition, 'name' | 'parameters'>;

/** What a call was given, by name. */
export function readArguments(definition: Called, args: readonly unknown[]): Arguments {
  const { name, parameters } = definition;
  const names = Object.keys(parameters);
  const positional = [...args];
  while (positional.length > 0 && positional.at(-1) === undefined) positional.pop();
  const byName = positional.length > 1 && isNamed(positional.at(-1)) ? (positional.pop() as Record<string, unknown>) : {};
  const given = named(parameters, names, positional);
  if (given.length > names.length) {
    throw mismatch(
      name,
      `at most ${names.length} arguments (${names.join(', ')})`,
      positional.length,
      `Leave ${describe(positional[names.length])} out.`,
    );
  }
  const all: Record<string, unknown> = Object.fromEntries(given);
  for (const [key, value] of Object.entries(byName)) {
    if (all[key] !== undefined) throw mismatch(name, `${key} once`, 'it in its place and by name', 'Leave one out.');
    all[key] = value;
  }
  return readNamed(definition, all);
}

/** Arguments by name, checked and with defaults filled in. */
export function readNamed({ name, parameters }: Called, args: Arguments): Arguments {
  checkOptions(name, args, Object.keys(parameters));
  return Object.fromEntries(Object.entries(parameters).map(([key, field]) => [key, readOne(name, key, field, args[key])]));
}

function readOne(owner: string, key: string, field: Field, value: unknown): unknown {
  const isOptional = !('read' in field);
  if (value === undefined || value === null) {
    if (isOptional && (value === undefined || field[1] === null)) return field[1];
    if (value === undefined) throw mismatch(owner, key, 'nothing', 'Pass it in its place or by name.');
  }
  return parameterOf(field).read(owner, key, value);
}
