// The programs that every host runs as they are, and what proves that they ran.
import { readFileSync } from 'node:fs';
import { root } from './room.mjs';

/**
 * @typedef {object} Program
 * @property {string} name of its file, without ending
 * @property {string} source
 * @property {RegExp} ends what its last lines match, so that it is known to be over
 * @property {(printed: string, host: Expectations) => string | undefined} judge says what is wrong with what it printed
 */

/**
 * What differs between hosts.
 *
 * @typedef {object} Expectations
 * @property {boolean} [lazy] whether methods can bring code when they are called; true when left out
 * @property {boolean | 'forbidden'} [files] whether programs can write files; false when left out
 */

const read = (/** @type {string} */ name) => readFileSync(new URL(`programs/${name}.mjs`, import.meta.url), 'utf8');

/** The first program of the README, of which there is no other copy. */
function firstOfReadme() {
  const [, program] = readFileSync(`${root}README.md`, 'utf8').match(/```js\n([\s\S]*?)```/) ?? [];
  if (!program) throw new Error('README.md has no program');
  return program;
}

const number = String.raw`\d(?:\.\d*)?(?:e-?\d+)?`;

/** @type {Program} */
export const first = {
  name: 'first',
  source: firstOfReadme(),
  ends: new RegExp(String.raw`\[\[${number}`),
  judge(printed) {
    const [last] = printed.match(/\[\[[\d\D]*\]\]/) ?? [''];
    const [a, b, c, d, ...more] = (last.match(new RegExp(number, 'g')) ?? []).map(Number);
    if (more.length === 0 && Math.min(a, b) > 0.5 && Math.max(c, d) < 0.5) return undefined;
    return `expected two complaints and two praises, got ${last}`;
  },
};

/** @type {Program} */
export const files = {
  name: 'files',
  source: read('files'),
  ends: /off by at most/,
  judge(printed) {
    const [, count, off] = printed.match(/(\d+) predictions, off by at most (\S+)/) ?? [];
    const same = printed.includes('the copy predicts the same');
    return count === '10' && Number(off) < 1e-6 && same ? undefined : "expected Keras's predictions, and those of the copy too";
  },
};

/** @type {Program} */
export const methods = {
  name: 'methods',
  source: read('methods'),
  ends: /as before|predicts something else/,
  judge(printed, { lazy = true, files: writes = false }) {
    // Where a method cannot bring its code, the error names the function that is there without it.
    const refused = (/** @type {string} */ name) => new RegExp(`Error: .*\\bimport { ${name} } from 'keratin' and call ${name}\\(model`);
    const written = (/** @type {string} */ name, /** @type {string} */ bytes) => {
      if (writes === 'forbidden') return /Error: .*expected a path that can be written.* What was there is as before/;
      if (!writes) return new RegExp(`Error: .*\\b${bytes}\\(`);
      return lazy ? /^done$/ : refused(name);
    };
    const expected = {
      toKeras: lazy ? /^\d+ bytes, PK/ : refused('toKeras'),
      toWeightsH5: lazy ? /^\d+ bytes, .HD/ : refused('toWeightsH5'),
      loadWeights: lazy ? /^done$/ : refused('loadWeights'),
      save: written('saveModel', 'toKeras'),
      saveWeights: written('saveWeights', 'toWeightsH5'),
    };
    const lines = printed.split('\n');
    for (const [name, pattern] of Object.entries(expected)) {
      const line = lines.find((text) => text.startsWith(`${name}: `));
      if (!line || !pattern.test(line.slice(name.length + 2))) return `expected ${name} to match ${pattern}, got ${line ?? 'nothing'}`;
    }
    return lines.includes('as before') ? undefined : 'the model predicts something else after saving';
  },
};

export const programs = [first, files, methods];

/**
 * Throws when a program printed what it should not.
 *
 * @param {Program} program
 * @param {string} printed
 * @param {Expectations} [host]
 */
export function judge(program, printed, host = {}) {
  const problem = program.judge(printed, host);
  if (problem) throw new Error(`${problem}. It printed:\n${printed.slice(-1500)}`);
}

/** Programs whose bundles are measured. @type {Record<import('./budgets.mjs').Sized, string>} */
export const sizedPrograms = {
  first: first.source,
  lstm: withLstm(first.source),
  everything: "import * as keratin from 'keratin';\nconsole.log(keratin);\n",
};

/** @param {string} source */
function withLstm(source) {
  const result = source.replace('Flatten,', 'LSTM,').replace('new Flatten()', 'new LSTM(8)');
  if (!/LSTM,/.test(result) || !/new LSTM/.test(result)) throw new Error('the first program has no Flatten to replace');
  return result;
}

/**
 * A program as a function `main`, for hosts whose scripts cannot wait at their top.
 *
 * @param {string} source
 */
export function asFunction(source) {
  const isImport = /^import [^;]*;$/gm;
  return `${(source.match(isImport) ?? []).join('\n')}\nasync function main() {\n${source.replace(isImport, '')}\n}\n`;
}

/**
 * A program as CommonJS.
 *
 * @param {string} source
 */
export function asCommonJs(source) {
  return asFunction(source).replace(/^import (\{[^}]*\}) from ('[^']*');$/gm, 'const $1 = require($2);');
}

/** The data of files.mjs, for beside it. */
export function modelModule() {
  const fixture = `${root}test/fixtures/models/seed_restaurant`;
  const { inputs, predict_before: predictions } = JSON.parse(readFileSync(`${fixture}.json`, 'utf8'));
  const [{ data, shape }] = inputs;
  const rows = Array.from({ length: shape[0] }, (_, i) => data.slice(i * shape[1], (i + 1) * shape[1]));
  return `export const x = ${JSON.stringify(rows)};
export const predictions = ${JSON.stringify(predictions.data)};
export const file = '${readFileSync(`${fixture}.keras`).toString('base64')}';
`;
}
