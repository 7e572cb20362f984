// The header of a .npy file: a Python dict of three entries, read piece by piece and never evaluated.
import type { Kind } from './number-conversion.ts';

/** What the header says of the array. */
export interface NpyHeader {
  readonly kind: Kind;
  readonly bigEndian: boolean;
  readonly fortran: boolean;
  readonly shape: readonly number[];
}

type Value = string | boolean | readonly number[];

/** Blanks, then a text, a word, a number (Python 2 added an L) or a sign. Every part matches in one way only. */
const TOKEN = /[ \t\r\n]*(?:'([^'\\\n]*)'|"([^"\\\n]*)"|([A-Za-z]+)|(\d{1,16})L?|([{}()[\]:,]))/y;
const END = /[ \t\r\n]*$/y;

const KINDS: readonly string[] = ['b1', 'i1', 'i2', 'i4', 'i8', 'u1', 'u2', 'u4', 'u8', 'f2', 'f4', 'f8'] satisfies Kind[];

/** Reads the dict; `refuse` receives what came and at which character. */
export function readHeader(text: string, refuse: (what: string, at: number) => never): NpyHeader {
  let at = 0;
  const odd = (): never => {
    at += text.slice(at).search(/[^ \t\r\n]|$/);
    return refuse(at < text.length ? `'${text.slice(at, at + 10)}' in its header` : 'the end of its header', at);
  };
  const next = (): RegExpExecArray => {
    TOKEN.lastIndex = at;
    const token = TOKEN.exec(text) ?? odd();
    at = TOKEN.lastIndex;
    return token;
  };
  const sign = (wanted: string): void => {
    const before = at;
    if (next()[5] === wanted) return;
    at = before;
    odd();
  };
  /** Whether the next sign is that, which is then passed. */
  const passes = (wanted: string): boolean => {
    const before = at;
    if (next()[5] === wanted) return true;
    at = before;
    return false;
  };
  const value = (): Value => {
    const before = at;
    const [, single, double, word, , mark] = next();
    if (single !== undefined || double !== undefined) return single ?? double;
    if (word === 'True' || word === 'False') return word === 'True';
    if (mark === '[') return refuse('fields with names', before);
    at = before;
    sign('(');
    const lengths: number[] = [];
    while (!passes(')')) {
      const start = at;
      const digits = next()[4];
      if (digits === undefined) {
        at = start;
        odd();
      }
      lengths.push(Number(digits));
      // A tuple of one has a comma; numbers without one between are none.
      if (lengths.length > 1 || text[at] !== ')') {
        if (passes(')')) return lengths;
        sign(',');
      } else return refuse('a number instead of a shape', start);
    }
    return lengths;
  };

  const entries = new Map<string, { value: Value; at: number }>();
  sign('{');
  while (!passes('}')) {
    const start = at;
    const [, single, double] = next();
    const key = single ?? double ?? refuse('an entry without a name', start);
    if (entries.has(key)) refuse(`the entry '${key}' a second time`, start);
    sign(':');
    const place = at;
    entries.set(key, { value: value(), at: place });
    if (passes('}')) break;
    sign(',');
  }
  END.lastIndex = at;
  if (!END.test(text)) odd();

  const entry = (key: string) => entries.get(key) ?? refuse(`no entry '${key}'`, at);
  const descr = entry('descr');
  const fortran = entry('fortran_order');
  const shape = entry('shape');
  if (entries.size > 3) refuse(`the entries ${[...entries.keys()].join(', ')}`, 0);
  if (typeof fortran.value !== 'boolean') return refuse('a fortran_order that is not True or False', fortran.at);
  if (!Array.isArray(shape.value)) return refuse('a shape that is no tuple', shape.at);
  const [, order, kind] = /^([<>|=])([a-z]\d)$/.exec(String(descr.value)) ?? [];
  // Only single bytes have no order.
  if (!KINDS.includes(kind) || (order === '|') !== kind.endsWith('1')) {
    return refuse(`numbers of the kind '${String(descr.value).slice(0, 20)}'`, descr.at);
  }
  return { kind: kind as Kind, bigEndian: order === '>', fortran: fortran.value, shape: shape.value as readonly number[] };
}
