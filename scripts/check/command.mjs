// Runs a development tool of node_modules and gives its output as one problem when it fails.
import { spawnSync } from 'node:child_process';
import { join } from 'node:path';

/**
 * @param {string} root
 * @param {string} tool the name of a file in node_modules/.bin
 * @param {string[]} args
 * @returns {string[]} the tool's output when it fails, else nothing
 */
export function complaints(root, tool, args) {
  const { status, stdout, stderr, error } = spawnSync(join(root, 'node_modules/.bin', tool), args, {
    cwd: root,
    encoding: 'utf8',
    shell: process.platform === 'win32',
  });
  if (status === 0) return [];
  const text = `${stdout ?? ''}${stderr ?? ''}`.trim();
  return [error ? `${tool}: ${error.message}` : text || `${tool} ${args.join(' ')}: exit code ${status}`];
}
