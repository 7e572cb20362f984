// Writes docs/COMPATIBILITY.md: each public name of Keras, and how much of it is here, found out from specs and definitions.
import { snakeCase } from '../../src/common/names.ts';
import { type AnyClass, specOf } from '../../src/common/spec.ts';
import api from '../fixtures/keras_api.json';

interface Entry {
  readonly kind: string;
  readonly parameters?: readonly { readonly name: string; readonly kind?: string }[];
}

/** A namespace of the package, and those of Keras that it answers to. */
export interface Group {
  readonly title: string;
  /** In keras_api.json. */
  readonly keras: string;
  readonly names: Readonly<Record<string, unknown>>;
}

/** Parameters that every class of Keras has and that have no meaning, or one meaning, here. */
const everywhere = new Set(['self', 'args', 'kwargs', 'name', 'dtype', 'trainable', 'activity_regularizer', 'weights']);

/** Names that JavaScript or another place of the package spells otherwise. */
const otherNames: Readonly<Record<string, string>> = {
  PyDataset: 'Dataset',
  Sequence: 'Dataset',
  serialize_keras_object: 'serialize',
  deserialize_keras_object: 'deserialize',
};

/** Parameters that are spelt otherwise here. */
const otherParameters: Readonly<Record<string, string>> = {};

const camel = (name: string): string => name.replace(/(?<=.)_+([a-z0-9])/g, (_, letter: string) => letter.toUpperCase());

const isClass = (value: unknown): value is AnyClass =>
  typeof value === 'function' && /^class\b/.test(Function.prototype.toString.call(value));

/** The parameters that are known here, in Keras's spelling; undefined where nothing tells. */
function parametersHere(found: unknown): ReadonlySet<string> | undefined {
  const { definition } = found as { definition?: { parameters: object } };
  const options = isClass(found) ? specOf(found).options : definition?.parameters;
  if (!options || Object.keys(options).length === 0) return undefined;
  return new Set(Object.keys(options).map((name) => snakeCase(name).replaceAll('_', '')));
}

const bare = (name: string): string => (otherParameters[name] ?? name).replaceAll('_', '').toLowerCase();

/** Parameters of Keras that are not here. */
function missing({ parameters = [] }: Entry, found: unknown): string[] {
  const here = parametersHere(found);
  if (!here) return [];
  return parameters
    .filter(({ name, kind }) => !everywhere.has(name) && kind !== 'var_keyword' && kind !== 'var_positional' && !here.has(bare(name)))
    .map(({ name }) => name);
}

function row(name: string, entry: Entry, names: Readonly<Record<string, unknown>>): readonly [status: string, row: string] {
  const wanted = otherNames[name] ?? name;
  const here = [wanted, camel(wanted)].find((one) => Object.hasOwn(names, one));
  if (here === undefined) return ['not', `| ${name} | - | not |`];
  const without = missing(entry, names[here]);
  const status = without.length > 0 ? 'partly' : 'here';
  return [status, `| ${name} | ${here} | ${status}${without.length > 0 ? `: without ${without.join(', ')}` : ''} |`];
}

/** The whole page. */
export function compatibility(groups: readonly Group[]): string {
  const all = api.names as unknown as Readonly<Record<string, Readonly<Record<string, Entry>>>>;
  const counts: string[] = [];
  const tables: string[] = [];
  for (const { title, keras, names } of groups) {
    const rows = Object.entries(all[keras]).map(([name, entry]) => row(name, entry, names));
    const count = (status: string) => rows.filter(([one]) => one === status).length;
    counts.push(`| ${title} | ${rows.length} | ${count('here')} | ${count('partly')} | ${count('not')} |`);
    tables.push(`## ${title}\n\n| Keras | keratin | |\n| --- | --- | --- |\n${rows.map(([, text]) => text).join('\n')}`);
  }
  return `# Compatibility with Keras, name by name

Each public name of Keras ${api.keras}, and whether it is here: with all its parameters (here), without some (partly), or not. The page
is made by \`npm run docs\` from the specs of classes and the definitions of ops, and a test fails when it is out of date. What differs
in behaviour on purpose is in [KERAS.md](KERAS.md).

| | names | here | partly | not |
| --- | --- | --- | --- | --- |
${counts.join('\n')}

${tables.join('\n\n')}
`;
}
