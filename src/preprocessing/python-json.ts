// JSON as Python's json module writes it: a space after commas and colons, all but ASCII escaped, keys in their order.

/** A value of a JSON text; a Map is an object whose keys keep their order (a JS object would sort integer-like ones). */
export type JsonValue =
  | string
  | number
  | boolean
  | null
  | readonly JsonValue[]
  | { readonly [key: string]: JsonValue }
  | ReadonlyMap<string | number, JsonValue>;

const escaped = (text: string): string =>
  JSON.stringify(text).replace(/[\u007f-\uffff]/g, (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`);

/** Python's `json.dumps(value)`; integer keys become strings. Under keys that `isFloat` names, whole numbers are written as 1.0. */
export function dumps(value: JsonValue, isFloat: (key: string) => boolean = () => false, key = ''): string {
  if (Array.isArray(value)) return `[${(value as readonly JsonValue[]).map((item) => dumps(item, isFloat)).join(', ')}]`;
  if (typeof value === 'object' && value !== null) {
    const entries = (value instanceof Map ? value : Object.entries(value)) as Iterable<[string | number, JsonValue]>;
    return `{${Array.from(entries, ([name, item]) => `${escaped(String(name))}: ${dumps(item, isFloat, String(name))}`).join(', ')}}`;
  }
  if (typeof value === 'string') return escaped(value);
  return Number.isSafeInteger(value) && isFloat(key) ? `${value}.0` : String(value);
}

/** The entries of a flat JSON object in the order of the text; a SyntaxError if the text is no JSON. */
export function entriesOf(text: string): [string, string | number][] {
  const parsed: unknown = JSON.parse(text);
  if (typeof parsed !== 'object' || parsed === null || Array.isArray(parsed)) throw new SyntaxError('not an object');
  const entries: [string, string | number][] = [];
  for (const [, key, value] of text.matchAll(/("(?:[^"\\]|\\.)*")\s*:\s*("(?:[^"\\]|\\.)*"|[^\s,}]+)/g)) {
    const item: unknown = JSON.parse(value);
    if (typeof item !== 'string' && typeof item !== 'number') throw new SyntaxError(`${key} is neither text nor a number`);
    entries.push([JSON.parse(key) as string, item]);
  }
  return entries;
}
