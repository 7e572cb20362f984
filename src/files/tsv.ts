// Tables of vectors and labels as TensorBoard's projector reads them: fields parted by tabs, rows by line ends.

/** A field of a row, in which tabs and line ends become \t, \n and \r. */
export const tsvField = (text: string): string => text.replaceAll('\t', '\\t').replaceAll('\n', '\\n').replaceAll('\r', '\\r');

/** A label alone in its line; one without anything to see would be skipped. */
export function labelLine(label: string): string {
  const line = tsvField(label);
  return line.trim() === '' ? `'${line}'` : line;
}

/** Nine digits, from which a float32 reads back as it was. */
const short = (value: number): string => String(Number(value.toPrecision(9)));

/** A row of numbers for each vector of so many. */
export function vectorLines(values: Float32Array, rows: number, dim: number): string {
  const line = (_: unknown, row: number) => `${Array.from(values.subarray(row * dim, (row + 1) * dim), short).join('\t')}\n`;
  return Array.from({ length: rows }, line).join('');
}
