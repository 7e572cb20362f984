// The repository holds for any machine: no registry's host, no absolute path of somebody's computer, no path out of the
// repository. And it speaks plainly: comments are statements in the field's words, and a value is called what it is.
import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

/** @type {{ pattern: RegExp, files?: RegExp, says: string }[]} */
const rules = [
  {
    pattern: /\b(?:registry|npm-proxy|packages?)\.[a-z0-9-]+\.(?:com|org|net|io|dev|internal|local)\b/i,
    says: 'names the host of a package registry',
  },
  { pattern: /\bhttps?:\/\/[^\s/'"]*(?:registry|artifactory|nexus|verdaccio)/i, says: 'names the host of a package registry' },
  { pattern: /(?:^|[\s'"`(=:,[])(?:file:\/\/)?\/(?:home|root|tmp|work|workspace|Users)\/[\w.-]/, says: 'holds an absolute path' },
  {
    pattern:
      /\bof which nothing is believed|\btold apart\b|\bWhat hangs\b|\bwhat says nothing\b|\bWhat .* (?:is|are) told\b|\bwherever they (?:are|lie)\b/,
    files: /^(?:src|assembly)\//,
    says: 'is a riddle: say what the code does, in the words of the field',
  },
  {
    // As a declaration or a parameter; a method `own` or a property of that name would be one more word for the same.
    pattern: /(?:\b(?:const|let|function) |[(,] ?|\.\.\.)(?:told|given|own|others|refusal|refusing|because)(?= ?[,:=)(}\]]| \})/,
    files: /^src\/(?:saving|models|callbacks|data|files|layers)\/.*\.ts$/,
    says: 'declares told, given, own, others, refusal or because: call the value what it is',
  },
  { pattern: /\b[A-Z]:\\\\?Users\\/, says: 'holds an absolute path' },
];

/** @param {string} root */
export function check(root) {
  const { status, stdout, stderr } = spawnSync('git', ['ls-files', '-z', '--cached', '--others', '--exclude-standard'], {
    cwd: root,
    encoding: 'utf8',
  });
  if (status !== 0) return { problems: [`git ls-files: ${stderr}`] };
  const files = stdout.split('\0').filter((file) => file && file !== 'node_modules' && existsSync(join(root, file)));
  const problems = files.flatMap((file) => wordProblems(file, readFileSync(join(root, file), 'latin1')));
  return { problems, note: `${files.length} files` };
}

/**
 * @param {string} file its path inside the repository
 * @param {string} text
 * @returns {string[]}
 */
export function wordProblems(file, text) {
  if (text.includes('\0')) return [];
  const depth = file.split('/').length - 1;
  return text.split('\n').flatMap((line, i) => {
    const found = rules.filter(({ pattern, files }) => (files?.test(file) ?? true) && pattern.test(line)).map(({ says }) => says);
    const ups = [...line.matchAll(/['"`]((?:\.\.\/)+)/g)].map(([, path]) => path.length / 3);
    if (ups.some((up) => up > depth)) found.push('holds a path that leaves the repository');
    return [...new Set(found)].map((says) => `${file}:${i + 1}: ${says}`);
  });
}
