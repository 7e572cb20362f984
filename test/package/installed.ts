// The package as a user gets it: packed, and installed from the tarball into an empty project.
import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { root } from './program.ts';

/** What `npm pack` says of the package, and a folder with it in node_modules; both are made once. */
let made: { folder: string; files: string[] } | undefined;

/** `scripts` are off: packing must not build under other tests' feet. */
export function install(): { folder: string; files: string[] } {
  if (made) return made;
  const folder = mkdtempSync(join(tmpdir(), 'keratin-user-'));
  process.on('exit', () => rmSync(folder, { recursive: true, force: true }));
  const [{ filename, files }] = JSON.parse(npm(['pack', '--json', '--ignore-scripts', '--pack-destination', folder], root));
  writeFileSync(join(folder, 'package.json'), '{ "private": true, "type": "module" }\n');
  npm(['install', '--offline', '--no-audit', '--no-fund', '--no-package-lock', `./${filename}`], folder);
  made = { folder, files: files.map(({ path }: { path: string }) => path).sort() };
  return made;
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
