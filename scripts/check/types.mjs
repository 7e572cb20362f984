// The type checker over sources, tests, benchmarks, scripts and examples. The examples see the package as its users do, by
// its name, and the scripts through their JSDoc.
import { existsSync, readdirSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { complaints } from './command.mjs';

const projects = ['tsconfig.json', 'scripts/tsconfig.json', 'examples/tsconfig.json'];

/** @param {string} root */
export function check(root) {
  if (!existsSync(join(root, 'src/kernels/generated/kernels.ts'))) return { problems: ['run `npm run build` first'] };
  const present = projects.filter((project) => hasSources(join(root, dirname(project))));
  const problems = present.flatMap((project) => complaints(root, 'tsc', ['--noEmit', '--pretty', 'false', '-p', project]));
  return { problems, note: present.join(', ') };
}

/**
 * tsc refuses a project of no files.
 *
 * @param {string} folder
 */
function hasSources(folder) {
  return existsSync(folder) && readdirSync(folder).some((name) => /\.m?[jt]s$/.test(name));
}
