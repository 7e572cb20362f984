// Numbers as Python writes them: repr of a float, and format specifications such as `.2f`.
import { mismatch } from '../common/errors.ts';
import { fixed, scientific } from '../tensor/digits.ts';

/** Digits and exponent of the shortest decimal that reads back as the same double. */
function shortest(value: number): { digits: string; exponent: number } {
  const [digits, exponent] = Math.abs(value).toExponential().split('e');
  return { digits: digits.replace('.', ''), exponent: Number(exponent) };
}

const special = (value: number): string | undefined =>
  Number.isNaN(value) ? 'nan' : Number.isFinite(value) ? undefined : value > 0 ? 'inf' : '-inf';

/** Python's `repr(float)`: `1.0`, `0.1`, `1e-05`, `1e+16`, `nan`. */
export function floatRepr(value: number): string {
  const word = special(value);
  if (word) return word;
  const sign = value < 0 || Object.is(value, -0) ? '-' : '';
  const { digits, exponent } = shortest(value);
  if (value !== 0 && (exponent < -4 || exponent >= 16)) {
    const fraction = digits.length > 1 ? `.${digits.slice(1)}` : '';
    return `${sign}${digits[0]}${fraction}e${exponent < 0 ? '-' : '+'}${String(Math.abs(exponent)).padStart(2, '0')}`;
  }
  if (exponent < 0) return `${sign}0.${'0'.repeat(-exponent - 1)}${digits}`;
  const whole = digits.slice(0, exponent + 1).padEnd(exponent + 1, '0');
  return `${sign}${whole}.${digits.slice(exponent + 1) || '0'}`;
}

/** A value for a format string; a whole number and a float print differently. */
export interface Field {
  readonly value: number;
  readonly kind: 'int' | 'float';
}

/** Python's `format(value, spec)` for `[0][width][.precision][d|f|e|g|%]`, a precision with a letter. */
function formatField(owner: string, { value, kind }: Field, spec: string): string {
  const match = /^(0?)(\d*)(?:\.(\d+))?([dfeg%]?)$/.exec(spec);
  const [, zero, width, precision, type] = match ?? [];
  if (
    !match ||
    (type === 'd' && kind === 'float') ||
    ('d'.startsWith(type) && precision !== undefined) ||
    Number(width) > 99 ||
    Number(precision ?? 0) > 20
  ) {
    throw mismatch(
      owner,
      "a format such as '02d' for whole numbers or '.2f' for others",
      `'${spec}'`,
      "Python's d, f, e, g and % are known.",
    );
  }
  const text = body(value, kind, precision === undefined ? undefined : Number(precision), type);
  if (zero === '') return text.padStart(Number(width));
  const sign = text.startsWith('-') ? '-' : '';
  return sign + text.slice(sign.length).padStart(Number(width) - sign.length, '0');
}

function body(value: number, kind: Field['kind'], precision: number | undefined, type: string): string {
  const word = special(value);
  if (type === '%') return `${special(value * 100) ?? fixed(value * 100, precision ?? 6)}%`;
  if (word) return word;
  switch (type) {
    case 'f':
      return fixed(value, precision ?? 6);
    case 'e':
      return scientific(value, precision ?? 6).replace('.e', 'e');
    case 'g':
      return general(value, precision ?? 6);
    default:
      return kind === 'int' ? String(value) : floatRepr(value);
  }
}

/** Python's `g`: that many significant digits, without zeros at the end. */
function general(value: number, precision: number): string {
  const digits = Math.max(1, precision);
  const [mantissa, exponent] = scientific(value, digits - 1).split('e');
  const power = Number(exponent);
  const bare = (text: string): string => (text.includes('.') ? text.replace(/\.?0+$/, '') : text);
  return power < -4 || power >= digits ? `${bare(mantissa)}e${exponent}` : bare(fixed(value, digits - 1 - power));
}

/**
 * Python's `template.format(**fields)`: `{epoch:02d}-{val_loss:.2f}` becomes `03-0.69`; `{{` stands for a brace.
 * @throws ValueError, starting with `owner`, for a name that is not among the fields.
 */
export function formatTemplate(owner: string, template: string, fields: ReadonlyMap<string, Field>): string {
  return template.replace(/\{\{|\}\}|\{([^{}:]*)(?::([^{}]*))?\}/g, (piece: string, name: string | undefined, spec: string | undefined) => {
    if (name === undefined) return piece[0];
    const field = fields.get(name);
    if (!field) {
      throw mismatch(
        owner,
        'names in braces that are known when the file is written',
        `'{${name}}'`,
        `They are ${[...fields.keys()].join(', ')}.`,
      );
    }
    return formatField(owner, field, spec ?? '');
  });
}
