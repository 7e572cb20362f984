// What an op is: its parameters, as Keras names and orders them, and what it computes of them in a graph.
import type { Value } from '../graph/value.ts';
import type { Tensor } from '../tensor/index.ts';

/**
 * How an operand's dtype is settled before an op sees it. `float`: always float32. `given`: as it comes. `common`: the widest dtype
 * among the op's operands of this kind, bool < int32 < float32, a bare number counting only as far as its fraction; `arithmetic`:
 * the same, but int32 for truth values. `truth`: bool.
 */
export type Conversion = 'float' | 'none' | 'common' | 'arithmetic' | 'truth';

/** One parameter of an op: an operand, or a setting that the op is fixed to. */
export interface Parameter<T = unknown> {
  /** Set for operands, which are part of the graph. */
  readonly operand?: Conversion;
  /** Whether it is a list of operands. */
  readonly isList?: boolean;
  /** Whether the list is what is left of the arguments, here and in files, and no array. */
  readonly isRest?: boolean;
  /** Whether Keras's files have the setting among the operands. */
  readonly inCall?: boolean;
  /** Whether it is an object whose entries are keywords of their own in Keras's files. */
  readonly isKeywords?: boolean;
  /** Whether files have it in its place even where it may be left out. */
  readonly isPlaced?: boolean;
  /** The setting as Keras's files have it. Default: as it is. */
  write?(value: unknown): unknown;
  /** The setting, checked; a ValueError names op and parameter. */
  read(owner: string, name: string, value: unknown): T;
}

/** A parameter that may be left out, with what it is then. null allows null. */
export type Field = Parameter | readonly [parameter: Parameter, fallback: unknown];

/** By name and in the order of the function's arguments. */
export type Parameters = Readonly<Record<string, Field>>;

type Read<P, D = never> = P extends Parameter<infer T> ? (null extends D ? T | null : T) : never;

/** What the body of an op is given for each of its parameters. */
export type ArgumentsOf<P extends Parameters> = {
  readonly [K in keyof P]: P[K] extends readonly [infer Q, infer D] ? Read<Q, D> : Read<P[K]>;
};

/** The arguments of one call by name: operands as the user gave them, settings as checked. */
export type Arguments = Readonly<Record<string, unknown>>;

export interface Definition {
  /** Keras's name of the function, in camelCase. */
  readonly name: string;
  /** Keras's name of the class in files. */
  readonly className: string;
  /** Keras's module of the class. */
  readonly module: string;
  readonly parameters: Parameters;
  /** Whether it gives a list. */
  readonly givesList: boolean;
  /** Computes the op on data where that needs no graph. */
  readonly onData?: (args: Arguments) => Tensor;
  /** Adds the op to the current trace. */
  readonly body: (args: never) => Value | readonly Value[];
}

/** What is known of a parameter besides its default. */
export const parameterOf = (field: Field): Parameter => ('read' in field ? field : field[0]);

/** Arguments in their order under the names of parameters: one that takes the rest has them in an array. */
export function named(parameters: Parameters, names: readonly string[], args: readonly unknown[]): [name: string, value: unknown][] {
  const at = names.findIndex((name) => parameterOf(parameters[name]).isRest);
  const all = at >= 0 && args.length > at ? [...args.slice(0, at), args.slice(at)] : args;
  return all.map((value, i) => [names[i], value]);
}

/** Whether Keras makes the op's object with it; the other parameters it is called with. */
export function isSetting(field: Field): boolean {
  const { operand, inCall } = parameterOf(field);
  return operand === undefined && !inCall;
}

/** The arguments with each operand changed; null, where an operand is left out, stays. */
export function mapOperands(
  parameters: Parameters,
  args: Arguments,
  change: (operand: unknown, conversion: Conversion, name: string) => unknown,
): Arguments {
  const changed: Record<string, unknown> = { ...args };
  for (const [name, field] of Object.entries(parameters)) {
    const { operand, isList } = parameterOf(field);
    const value = args[name];
    if (operand === undefined || value === null) continue;
    changed[name] = isList ? (value as readonly unknown[]).map((one) => change(one, operand, name)) : change(value, operand, name);
  }
  return changed;
}

/** All operands in their order. */
export function operandsOf({ parameters }: Definition, args: Arguments): unknown[] {
  const operands: unknown[] = [];
  mapOperands(parameters, args, (operand) => operands.push(operand));
  return operands;
}
