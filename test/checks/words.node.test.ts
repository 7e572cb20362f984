import { describe, expect, it } from 'vitest';
import { wordProblems } from '../../scripts/check/words.mjs';

// Put together here, so that this file passes the check itself.
const host = ['registry', 'npmjs', 'org'].join('.');
const absolute = ['', 'home', 'ada', 'keratin'].join('/');
const outside = ['..', '..', '..', 'elsewhere.json'].join('/');

describe('the check of words', () => {
  it.each([
    [`"resolved": "https://${host}/vite"`, 'names the host of a package registry'],
    [`cd ${absolute}`, 'holds an absolute path'],
    [`import x from '${outside}';`, 'holds a path that leaves the repository'],
  ])('refuses %j', (line, says) => {
    expect(wordProblems('test/kernels/x.ts', `// first line\n${line}\n`)).toEqual([`test/kernels/x.ts:2: ${says}`]);
  });

  it.each([
    "import x from '../../src/index.ts';",
    'see https://keras.io/api/layers/home/core for the formula',
    'a registry of layers, a package.json, the npm registry',
    'runs with TMPDIR/work',
  ])('accepts %j', (line) => {
    expect(wordProblems('test/kernels/x.ts', line)).toEqual([]);
  });

  it.each([
    ['src/saving/x.ts', 'const given = read(bytes);'],
    ['src/data/x.ts', 'function f(name: string, own: DType): void {}'],
    ['src/layers/x.ts', 'const [first, ...others] = list;'],
    ['src/models/x.ts', 'export function refusal(owner: string): Error {'],
  ])('in %s refuses %j', (file, line) => {
    expect(wordProblems(file, line)).toEqual([
      `${file}:1: declares told, given, own, others, refusal or because: call the value what it is`,
    ]);
  });

  it('refuses riddles in sources and accepts plain words', () => {
    const riddle = ['// JSON, of which', 'nothing is believed.'].join(' ');
    expect(wordProblems('src/files/x.ts', riddle)).toEqual([
      'src/files/x.ts:1: is a riddle: say what the code does, in the words of the field',
    ]);
    expect(wordProblems('docs/x.md', riddle)).toEqual([]);
    expect(wordProblems('src/files/x.ts', '// Untrusted JSON, of its own kind: given others, all are validated.')).toEqual([]);
    expect(wordProblems('src/files/x.ts', 'const options = read(this.given);')).toEqual([]);
  });

  it('does not read binary files', () => {
    expect(wordProblems('a.bin', `\0 ${absolute}`)).toEqual([]);
  });
});
