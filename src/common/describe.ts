// Short texts of any value, for error messages.

const MAX_TEXT = 40;
const MAX_KEYS = 4;
/** The most axes of an array: one may hold itself. */
export const MAX_AXES = 32;

/** Whether it is a typed array, of whatever kind. */
export const isTyped = (value: unknown): value is ArrayLike<number> => ArrayBuffer.isView(value) && !(value instanceof DataView);

const shapeText = (shape: readonly unknown[]): string => `[${shape.join(', ')}]`;

function describeArray(array: readonly unknown[]): string {
  const shape: number[] = [];
  let level: unknown = array;
  let ragged = false;
  while (isArray(level)) {
    const { length } = level;
    if (shape.push(length) > MAX_AXES) return `an array of more than ${MAX_AXES} axes`;
    if (Array.isArray(level)) ragged ||= level.some((row) => lengthOf(row) !== lengthOf((level as unknown[])[0]));
    level = level[0];
  }
  if (ragged) return `an array of ${array.length} rows of several lengths`;
  const kind = level === undefined || typeof level === 'number' ? '' : ` holding ${describe(level)}`;
  return `an array of shape ${shapeText(shape)}${kind}`;
}

const isArray = (value: unknown): value is ArrayLike<unknown> => Array.isArray(value) || isTyped(value);
const lengthOf = (value: unknown): number => (isArray(value) ? value.length : -1);

/** A short text of `value` for a message: `'adam'`, `an array of shape [2, 3]`, `a Tensor of shape [4] and dtype int32`. */
export function describe(value: unknown): string {
  switch (typeof value) {
    case 'string':
      return value.length > MAX_TEXT ? `'${value.slice(0, MAX_TEXT)}...'` : `'${value}'`;
    case 'bigint':
      return `${value}n`;
    case 'function':
      return value.name ? `the function ${value.name}` : 'a function';
    case 'object':
      return value === null ? 'null' : describeObject(value);
    default:
      return Object.is(value, -0) ? '-0' : String(value);
  }
}

function describeObject(value: object): string {
  if (Array.isArray(value)) return describeArray(value);
  const { shape, dtype, className } = value as { shape?: unknown; dtype?: unknown; className?: unknown };
  const prototype = Object.getPrototypeOf(value);
  // A bundle may have renamed the class.
  const own = prototype !== Object.prototype && typeof className === 'string' ? className : '';
  const name: string = own || prototype?.constructor?.name || 'Object';
  if (isTyped(value)) return `a ${name} of length ${value.length}`;
  if (value instanceof Promise) return 'a Promise (await it first)';
  if (Array.isArray(shape) && typeof dtype === 'string') return `a Tensor of shape ${shapeText(shape)} and dtype ${dtype}`;
  if (name !== 'Object') return `an instance of ${name}`;
  const keys = Object.keys(value);
  if (!keys.length) return 'an empty object';
  return `an object with ${keys.slice(0, MAX_KEYS).join(', ')}${keys.length > MAX_KEYS ? ', ...' : ''}`;
}
