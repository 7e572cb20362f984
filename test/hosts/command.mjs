// Commands, with patience.
import { spawn } from 'node:child_process';

/** Milliseconds. */
const PATIENCE = 120_000;

/**
 * Runs a command and gives what it printed; throws with everything it said when it fails or takes too long.
 *
 * @param {string} command
 * @param {string[]} args
 * @param {string} cwd
 * @param {Record<string, string>} [env] in addition
 * @param {number} [patience]
 * @returns {Promise<{ stdout: string, stderr: string }>}
 */
export async function run(command, args, cwd, env = {}, patience = PATIENCE) {
  // Vite sets NODE_ENV in this process, and npm would install less for it.
  const { NODE_ENV, ...inherited } = process.env;
  const child = spawn(command, args, { cwd, env: { ...inherited, NO_COLOR: '1', ...env }, stdio: ['ignore', 'pipe', 'pipe'] });
  const said = { stdout: '', stderr: '' };
  for (const name of /** @type {const} */ (['stdout', 'stderr'])) {
    child[name].setEncoding('utf8').on('data', (text) => {
      said[name] += text;
    });
  }
  const timer = setTimeout(() => child.kill('SIGKILL'), patience);
  const end = await new Promise((resolve) => {
    child.on('error', (error) => resolve(error.message));
    child.on('close', (code, signal) => resolve(signal ?? code));
  });
  clearTimeout(timer);
  if (end !== 0) throw new Error(`${command} ${args.join(' ')} ended with ${end}\n${said.stdout.slice(-2000)}${said.stderr.slice(-4000)}`);
  return said;
}
