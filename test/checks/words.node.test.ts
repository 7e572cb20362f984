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

  it('does not read binary files', () => {
    expect(wordProblems('a.bin', `\0 ${absolute}`)).toEqual([]);
  });
});
