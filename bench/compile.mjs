// Compiles what only the bench needs: the scalar kernels and the loops that measure the machine.
import { mkdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import asc from 'assemblyscript/asc';

const root = fileURLToPath(new URL('..', import.meta.url));

/** @param {'scalar' | 'peaks'} name a file of bench/assembly and a target of its asconfig.json */
export async function compile(name) {
  mkdirSync(`${root}build/bench`, { recursive: true });
  const outFile = `build/bench/${name}.wasm`;
  const { error, stderr } = await asc.main(
    ['--baseDir', root, '--config', 'bench/assembly/asconfig.json', '--target', name, `bench/assembly/${name}.ts`, '--outFile', outFile],
    {},
  );
  if (error) throw new Error(`bench: ${name}.ts does not compile\n${stderr}`, { cause: error });
  return new WebAssembly.Module(readFileSync(root + outFile));
}
