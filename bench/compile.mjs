// Compiles what only the bench needs: the scalar kernels and the loops that measure the machine.
import { existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import asc from 'assemblyscript/asc';
import { hashOf, sourcesOf } from '../scripts/sources.mjs';

const root = fileURLToPath(new URL('..', import.meta.url));
const CONFIG = 'bench/assembly/asconfig.json';

/**
 * What has not changed since it was last compiled is found in build/bench/.
 *
 * @param {'scalar' | 'peaks'} name a file of bench/assembly and a target of its asconfig.json
 * @returns {Promise<Uint8Array>}
 */
export async function compile(name) {
  const files = [`${root}${CONFIG}`, `${root}node_modules/assemblyscript/package.json`, ...sourcesOf(`${root}bench/assembly/${name}.ts`)];
  const path = `${root}build/bench/${name}-${hashOf(files).slice(0, 16)}.wasm`;
  if (existsSync(path)) return readFileSync(path);
  const bytes = await compileNow(name);
  mkdirSync(`${root}build/bench`, { recursive: true });
  // Several benches at once must not read each other's files half written.
  const part = `${path}.${process.pid}`;
  writeFileSync(part, bytes);
  renameSync(part, path);
  return bytes;
}

/** @param {string} name */
async function compileNow(name) {
  const outFile = `${name}.wasm`;
  /** @type {Uint8Array | undefined} */
  let bytes;
  const { error, stderr } = await asc.main(
    ['--baseDir', root, '--config', CONFIG, '--target', name, `bench/assembly/${name}.ts`, '--outFile', outFile],
    {
      writeFile(file, contents) {
        if (file === outFile) bytes = /** @type {Uint8Array} */ (contents);
      },
    },
  );
  if (error || !bytes) throw new Error(`bench: ${name}.ts does not compile\n${stderr}`, { cause: error });
  return bytes;
}
