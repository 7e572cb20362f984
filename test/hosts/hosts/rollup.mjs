// Rollup, with the plugins that find packages and make code small.
import resolve from '@rollup/plugin-node-resolve';
import terser from '@rollup/plugin-terser';
import { rollup } from 'rollup';
import { checkBundler, startOf } from '../bundlers.mjs';
import { pageWith, visit } from '../pages.mjs';
import { asFunction, judge, programs, sizedPrograms } from '../programs.mjs';
import { check } from '../report.mjs';

/** @param {import('../room.mjs').Room} room */
export async function run(room) {
  await checkBundler('rollup', (program) => bundle(room, program, { format: 'es' }));
  for (const program of programs) {
    await check(`rollup, one classic script: ${program.name}`, async () => {
      room.write(`classic-${program.name}.mjs`, `${asFunction(program.source)}main();\n`);
      const { files } = await bundle(room, `classic-${program.name}`, { format: 'iife', inlineDynamicImports: true });
      judge(program, await visit(files, program.ends));
    });
  }
}

/**
 * @param {import('../room.mjs').Room} room
 * @param {string} program
 * @param {import('rollup').OutputOptions} options
 */
async function bundle(room, program, options) {
  const build = await rollup({
    input: room.path(`${program}.mjs`),
    plugins: [resolve({ browser: true, rootDir: room.folder }), Object.hasOwn(sizedPrograms, program) && terser()],
    onwarn() {},
  });
  const { output } = await build.generate(options);
  await build.close();
  /** @type {import('../../package/page-server.mjs').Files} */
  const files = Object.fromEntries(output.map((file) => [file.fileName, file.type === 'chunk' ? file.code : file.source]));
  files['index.html'] = pageWith(`${program}.js`, { module: options.format === 'es' });
  return { files, start: startOf(output) };
}
