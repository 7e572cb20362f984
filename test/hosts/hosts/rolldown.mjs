// rolldown.
import { rolldown } from 'rolldown';
import { checkBundler, startOf } from '../bundlers.mjs';
import { pageWith } from '../pages.mjs';

/** @param {import('../room.mjs').Room} room */
export async function run(room) {
  await checkBundler('rolldown', async (program) => {
    const build = await rolldown({ cwd: room.folder, input: `./${program}.mjs`, platform: 'browser', logLevel: 'silent' });
    const { output } = await build.generate({ format: 'esm', minify: true });
    await build.close();
    const files = Object.fromEntries(output.map((file) => [file.fileName, file.type === 'chunk' ? file.code : file.source]));
    return { files: { ...files, 'index.html': pageWith(`${program}.js`) }, start: startOf(output) };
  });
}
