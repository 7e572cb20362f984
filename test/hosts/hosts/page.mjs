// The package as it is, without any bundler: in a page with an import map, and in a worker, for which there are no import maps.
import { filesOf } from '../../package/page-server.mjs';
import { pageWith, visit } from '../pages.mjs';
import { judge, programs } from '../programs.mjs';
import { check } from '../report.mjs';

const entry = '/node_modules/keratin/dist/index.js';

/** @param {import('../room.mjs').Room} room */
export async function run(room) {
  const files = filesOf(room.folder);
  for (const program of programs) {
    await check(`page with an import map: ${program.name}`, async () => {
      const index = pageWith(`${program.name}.mjs`, { imports: { keratin: entry } });
      judge(program, await visit({ ...files, 'index.html': index }, program.ends));
    });
    await check(`module worker: ${program.name}`, async () => {
      const worker = program.source.replace("'keratin'", `'${entry}'`);
      const page = "new Worker('/worker.mjs', { type: 'module' });";
      judge(program, await visit({ ...files, 'worker.mjs': worker, 'page.mjs': page, 'index.html': pageWith('page.mjs') }, program.ends));
    });
  }
}
