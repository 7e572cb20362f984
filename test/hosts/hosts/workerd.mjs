// workerd, which Cloudflare's workers run on: no bytes may be compiled, so that a worker hands the kernels over as a module.
import { spawn } from 'node:child_process';
import { copyFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { arch, platform } from 'node:process';
import { build } from 'esbuild';
import { binary } from '../installs.mjs';
import { asFunction, judge, programs } from '../programs.mjs';
import { check, skip } from '../report.mjs';

/** Milliseconds. */
const PATIENCE = 30_000;

/** @param {import('../room.mjs').Room} room */
export async function run(room) {
  const workerd = binary(`@cloudflare/workerd-${platform}-${arch === 'x64' ? '64' : arch}/bin/workerd`);
  if (!workerd) return skip('workerd', 'there is none for this machine');
  const kernels = createRequire(room.path('package.json')).resolve('keratin/kernels.wasm');
  for (const program of programs) {
    await check(`workerd: ${program.name}`, async () => {
      const folder = `out/workerd-${program.name}`;
      const entry = room.write(`workerd-${program.name}.mjs`, workerOf(program.source));
      // As Cloudflare's own tool bundles a worker.
      await build({
        entryPoints: [entry],
        outfile: room.path(`${folder}/worker.js`),
        bundle: true,
        format: 'esm',
        conditions: ['workerd', 'worker', 'browser'],
        external: ['keratin/kernels.wasm'],
        logLevel: 'silent',
      });
      copyFileSync(kernels, room.path(`${folder}/kernels.wasm`));
      const config = room.write(`${folder}/config.capnp`, configuration);
      judge(program, await ask(workerd, config));
    });
  }
}

/** @param {string} source */
const workerOf = (source) => `import kernels from 'keratin/kernels.wasm';
import { init } from 'keratin';
init(kernels);
const lines = [];
console.log = (...values) => lines.push(values.join(' '));
${asFunction(source)}
export default {
  async fetch() {
    await main();
    return new Response(lines.join('\\n'));
  },
};
`;

const configuration = `using Workerd = import "/workerd/workerd.capnp";
const config :Workerd.Config = (
  services = [(name = "main", worker = .worker)],
  sockets = [(name = "http", address = "localhost:0", http = (), service = "main")],
);
const worker :Workerd.Worker = (
  modules = [
    (name = "worker.js", esModule = embed "worker.js"),
    (name = "keratin/kernels.wasm", wasm = embed "kernels.wasm"),
  ],
  compatibilityDate = "2026-01-01",
);
`;

/**
 * Starts a worker, sends it one request and gives the answer.
 *
 * @param {string} workerd
 * @param {string} config
 */
async function ask(workerd, config) {
  const child = spawn(workerd, ['serve', config, '--control-fd=3'], { stdio: ['ignore', 'inherit', 'pipe', 'pipe'] });
  let complaints = '';
  child.stderr?.setEncoding('utf8').on('data', (text) => {
    complaints += text;
  });
  try {
    // It tells the port there when it listens.
    const port = await new Promise((resolve, reject) => {
      child.on('error', reject);
      child.on('exit', () => reject(new Error('workerd does not start')));
      child.stdio[3]?.on('data', (text) => {
        const event = JSON.parse(String(text).split('\n')[0]);
        if (event.event === 'listen') resolve(event.port);
      });
    });
    const response = await fetch(`http://localhost:${port}/`, { signal: AbortSignal.timeout(PATIENCE) });
    const text = await response.text();
    if (!response.ok) throw new Error(`${response.status} ${text}`);
    return text;
  } catch (error) {
    throw new Error(`${/** @type {Error} */ (error).message}\n${complaints}`, { cause: error });
  } finally {
    child.kill('SIGKILL');
  }
}
