// The package as a user gets it: packed, and installed from the tarball into an empty project.
import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { root } from './program.ts';

/** A folder with the package in node_modules. `scripts` are off: packing must not build under other tests' feet. */
export function install(): { folder: string; remove(): void } {
  const folder = mkdtempSync(join(tmpdir(), 'keratin-user-'));
  const [{ filename }] = JSON.parse(npm(['pack', '--json', '--ignore-scripts', '--pack-destination', folder], root));
  writeFileSync(join(folder, 'package.json'), '{ "private": true, "type": "module" }\n');
  npm(['install', '--offline', '--no-audit', '--no-fund', '--no-package-lock', `./${filename}`], folder);
  return { folder, remove: () => rmSync(folder, { recursive: true }) };
}

/** Runs npm and gives what it prints. */
export function npm(args: string[], cwd: string): string {
  return run('npm', args, cwd);
}

/** Runs a command and gives what it prints; throws with everything it said when it fails. */
export function run(command: string, args: string[], cwd: string): string {
  const { status, stdout, stderr, error } = spawnSync(command, args, { cwd, encoding: 'utf8', shell: process.platform === 'win32' });
  if (status !== 0) throw new Error(`${command} ${args.join(' ')}: ${error?.message ?? `exit code ${status}`}\n${stdout}${stderr}`);
  return stdout;
}
