// Damaged JSON that is JSON still, always the same.
type Json = string | number | boolean | null | Json[] | { [key: string]: Json };

/** What a value of a config may become. */
const ODD: readonly Json[] = [
  null,
  true,
  false,
  0,
  -1,
  1,
  2,
  0.5,
  1e9,
  3e8,
  1e300,
  -1e300,
  2 ** 31,
  2 ** 53,
  '',
  'x',
  'adam',
  'relu',
  [],
  {},
  [[]],
  [1, 2],
  [null, null],
  ['input_layer', 0, 0],
  '__proto__',
  { class_name: 'Dense', config: { units: 3 } },
];

/** A config in which one to three values are others, taken from it or odd ones. */
export function bent(text: string, roll: (n: number) => number): string {
  const root = JSON.parse(text) as Json;
  const places: [holder: Json[] | { [key: string]: Json }, key: string | number][] = [];
  const visit = (value: Json): void => {
    if (typeof value !== 'object' || value === null) return;
    for (const [key, item] of Object.entries(value)) {
      places.push([value as never, Array.isArray(value) ? Number(key) : key]);
      visit(item);
    }
  };
  visit(root);
  for (let left = 1 + roll(3); left > 0; left--) {
    const [holder, key] = places[roll(places.length)] as [Record<string, Json>, string];
    const [other, otherKey] = places[roll(places.length)] as [Record<string, Json>, string];
    const value = holder[key];
    const which = roll(6);
    if (which === 0 && !Array.isArray(holder)) delete holder[key];
    else if (which === 1) holder[key] = structuredCloneOf(other[otherKey]);
    else if (which === 2 && typeof value === 'number') holder[key] = [value + 1, value - 1, value * 2, -value, value * 1e6][roll(5)];
    else if (which === 3 && !Array.isArray(holder))
      holder[['units', 'name', 'layers', 'shape', 'config', 'seed'][roll(6)]] = structuredCloneOf(value);
    else holder[key] = structuredCloneOf(ODD[roll(ODD.length)]);
  }
  return JSON.stringify(root);
}

const structuredCloneOf = (value: Json): Json => (value === undefined ? null : (JSON.parse(JSON.stringify(value)) as Json));
