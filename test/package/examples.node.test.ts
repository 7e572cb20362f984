// Every program of examples/ runs as it stands, and prints what it is there to show.
import { execFileSync } from 'node:child_process';
import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it, onTestFinished } from 'vitest';
import { root } from './program.ts';

function run(example: string, ...words: string[]): string {
  return execFileSync(process.execPath, [`examples/${example}`, ...words], { cwd: root, encoding: 'utf8' });
}

function folder(): string {
  const path = mkdtempSync(join(tmpdir(), 'keratin-examples-'));
  onTestFinished(() => rmSync(path, { recursive: true }));
  return path;
}

/** The number that `pattern` finds in what was printed. */
const figure = (text: string, pattern: RegExp): number => Number(pattern.exec(text)?.[1]);

const cases: Record<string, () => void> = {
  'restaurant.mjs'() {
    const text = run('restaurant.mjs');
    expect(figure(text, /accuracy ([\d.]+)/)).toBe(1);
    expect(text).toMatch(/^a complaint .*: Horrible waitress$/m);
    expect(text).toMatch(/^no complaint .*: Awesome work$/m);
  },
  'word-order.mjs'() {
    const text = run('word-order.mjs');
    expect(figure(text, /not seen: ([\d.]+)/)).toBeGreaterThan(0.95);
    expect(text).toMatch(/^ends well .*: the food was bad and the service good$/m);
    expect(text).toMatch(/^ends badly .*: good food with bad service$/m);
  },
  'categories.mjs'() {
    const text = run('categories.mjs');
    expect(figure(text, /mean error \S+ ([\d.]+)/)).toBeLessThan(0.15);
    expect(text).toMatch(/vectors of shops 1 and 3:\n\[\[\[/);
  },
  'word-embeddings.mjs'() {
    const logs = folder();
    const text = run('word-embeddings.mjs', logs);
    expect(figure(text, /accuracy ([\d.]+)/)).toBe(1);
    expect(readdirSync(logs)).toEqual(expect.arrayContaining(['projector_config.pbtxt', 'train', 'validation']));
  },
  'sentiment.mjs'() {
    const [subjects, good, bad] = [
      ['the soup', 'our waiter', 'this place', 'the fish', 'my steak', 'every dish', 'the bread', 'the music'],
      ['was great', 'was lovely', 'I recommend', 'made us happy', 'was not bad'],
      ['was awful', 'was cold', 'I regret', 'made us leave', 'was not good'],
    ];
    const lines = subjects.flatMap((subject) =>
      [good, bad].flatMap((ends, i) => ends.map((end) => `${subject[0].toUpperCase()}${subject.slice(1)} ${end}.\t${1 - i}`)),
    );
    const path = join(folder(), 'sentences.txt');
    writeFileSync(path, [...lines, ...lines].join('\n'));
    expect(figure(run('sentiment.mjs', path), /not seen: ([\d.]+)/)).toBeGreaterThan(0.9);
    expect(() => execFileSync(process.execPath, ['examples/sentiment.mjs'], { cwd: root, stdio: 'pipe' })).toThrow('usage: node');
  },
};

it.each(Object.entries(cases))('%s', (_, check) => check());

it('leaves none out', () => {
  expect(readdirSync(join(root, 'examples')).filter((name) => name.endsWith('.mjs'))).toEqual(Object.keys(cases).sort());
});
