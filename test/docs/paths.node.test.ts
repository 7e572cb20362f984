import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { expect, it } from 'vitest';

const root = new URL('../../', import.meta.url);
const pages = ['', 'docs/'].flatMap((folder) =>
  readdirSync(new URL(folder, root))
    .filter((name) => name.endsWith('.md'))
    .map((name) => folder + name),
);
const sources = readdirSync(new URL('src/', root), { recursive: true }).map((path) => String(path).replaceAll('\\', '/'));
const roots = ['src', 'assembly', 'test', 'scripts', 'bench', 'docs', 'examples'];

/** What a text names in backquotes as a file or folder of the repository; `src/a b/` names src/a and src/b. */
function pathsIn(text: string): string[] {
  const prose = text.replace(/^```[\s\S]*?^```/gm, '');
  return [...prose.matchAll(/`([^`\n]+)`/g)].flatMap(([, quoted]) => {
    const words = quoted.startsWith('src/') ? quoted.split(' ') : [quoted];
    const isPath = (word: string): boolean => /^[\w.{}*,-]+(\/[\w.{}*,-]+)*\/?$/.test(word);
    const first = words[0].split('/')[0];
    if (!words.every(isPath) || !(quoted.endsWith('/') || /\.ts$/.test(quoted) || roots.includes(first))) return [];
    return words.map((word) => (word.includes(`${first}/`) || words.length === 1 ? word : `${first}/${word}`));
  });
}

/** A path from the root or from src/, or the end of one in src/ or assembly/. */
function exists(path: string): boolean {
  const bare = path.replace(/\/$/, '').replace(/\/\{.*$/, '');
  return (
    existsSync(new URL(bare, root)) ||
    sources.some((source) => source === bare || source.endsWith(`/${bare}`)) ||
    existsSync(new URL(`assembly/${bare}`, root))
  );
}

/** Paths in the documents that are no files of the repository. */
const elsewhere = new Set(['dist/', 'common/', '*.node.test.ts']);

it.each(pages)('%s names files and folders that exist', (page) => {
  const missing = pathsIn(readFileSync(new URL(page, root), 'utf8')).filter((path) => !exists(path) && !elsewhere.has(path));
  expect(missing).toEqual([]);
});

it('finds paths, and what is none', () => {
  const text = 'See `src/losses/ metrics/`, `graph/value.ts`, `src/gone/x.ts` and `a / b`.';
  expect(pathsIn(text)).toEqual(['src/losses/', 'src/metrics/', 'graph/value.ts', 'src/gone/x.ts']);
  expect(pathsIn(text).filter((path) => !exists(path))).toEqual(['src/gone/x.ts']);
});

it('ARCHITECTURE.md names every folder of src', () => {
  const named = new Set(pathsIn(readFileSync(new URL('docs/ARCHITECTURE.md', root), 'utf8')).map((path) => path.replace(/\/$/, '')));
  const folders = readdirSync(new URL('src/', root), { withFileTypes: true }).filter((entry) => entry.isDirectory());
  expect(folders.map(({ name }) => name).filter((name) => !named.has(`src/${name}`))).toEqual([]);
});
