// Which files something is made of, and whether they have changed.
import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';

/**
 * A file of AssemblyScript and all that it imports.
 *
 * @param {string} entry
 */
export function sourcesOf(entry) {
  const found = [entry];
  for (const path of found) {
    for (const [, to] of readFileSync(path, 'utf8').matchAll(/^(?:import|export|\})[^'"\n]* from '(\.[^']+)';$/gm)) {
      const source = `${join(dirname(path), to)}.ts`;
      if (!found.includes(source)) found.push(source);
    }
  }
  return found.sort();
}

/**
 * A hash of files and of whatever else it depends on.
 *
 * @param {readonly string[]} files
 * @param {unknown} [others]
 */
export function hashOf(files, others) {
  const hash = createHash('sha256').update(JSON.stringify([process.version, others]));
  for (const path of files) hash.update(`\n${path}\n`).update(readFileSync(path));
  return hash.digest('hex');
}
