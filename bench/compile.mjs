// Compiles what only the bench needs: the scalar kernels and the loops that measure the machine.
import { fileURLToPath } from 'node:url';
import asc from 'assemblyscript/asc';

const root = fileURLToPath(new URL('..', import.meta.url));

/**
 * @param {'scalar' | 'peaks'} name a file of bench/assembly and a target of its asconfig.json
 * @returns {Promise<Uint8Array>}
 */
export async function compile(name) {
  const outFile = `${name}.wasm`;
  /** @type {Uint8Array | undefined} */
  let bytes;
  const { error, stderr } = await asc.main(
    ['--baseDir', root, '--config', 'bench/assembly/asconfig.json', '--target', name, `bench/assembly/${name}.ts`, '--outFile', outFile],
    {
      // Kept in memory, so that several benches at once do not read each other's files half written.
      writeFile(file, contents) {
        if (file === outFile) bytes = /** @type {Uint8Array} */ (contents);
      },
    },
  );
  if (error || !bytes) throw new Error(`bench: ${name}.ts does not compile\n${stderr}`, { cause: error });
  return bytes;
}
