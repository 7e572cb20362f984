// webpack, and a worker.
import webpack from 'webpack';
import { filesOf } from '../../package/page-server.mjs';
import { checkBundler } from '../bundlers.mjs';
import { pageWith, visit } from '../pages.mjs';
import { judge, programs, sizedPrograms } from '../programs.mjs';
import { check } from '../report.mjs';

/** @param {import('../room.mjs').Room} room */
export async function run(room) {
  await checkBundler('webpack', (program) => bundle(room, program));
  for (const program of programs) {
    await check(`webpack, worker: ${program.name}`, async () => {
      const page = `${program.name}-in-worker`;
      room.write(`${page}.mjs`, `new Worker(new URL('./${program.name}.mjs', import.meta.url), { type: 'module' });\n`);
      judge(program, await visit((await bundle(room, page)).files, program.ends));
    });
  }
}

/**
 * @param {import('../room.mjs').Room} room
 * @param {string} program
 */
async function bundle(room, program) {
  const path = room.path(`out/webpack-${program}`);
  const compiler = webpack({
    mode: 'production',
    context: room.folder,
    entry: `./${program}.mjs`,
    output: { path },
    // It takes most of the time.
    optimization: { minimize: Object.hasOwn(sizedPrograms, program) },
    performance: false,
  });
  /** @type {import('webpack').StatsCompilation} */
  const stats = await new Promise((resolve, reject) => {
    compiler.run((error, result) => (error ? reject(error) : resolve(result?.toJson({ all: false, errors: true, entrypoints: true }))));
  });
  await new Promise((resolve) => compiler.close(resolve));
  if (stats.errors?.length) throw new Error(stats.errors.map(({ message }) => message).join('\n'));
  const start = stats.entrypoints?.main.assets?.map(({ name }) => name) ?? [];
  return { files: { ...filesOf(path), 'index.html': pageWith('main.js', { module: false }) }, start };
}
