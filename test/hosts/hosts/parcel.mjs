// Parcel.
import { readFileSync } from 'node:fs';
import { filesOf } from '../../package/page-server.mjs';
import { checkBundler } from '../bundlers.mjs';
import { run as command } from '../command.mjs';
import { installed } from '../installs.mjs';
import { pageWith } from '../pages.mjs';

/** @param {import('../room.mjs').Room} room */
export async function run(room) {
  await checkBundler('parcel', async (program) => {
    const page = `parcel-${program}.html`;
    const out = `out/parcel-${program}`;
    room.write(page, pageWith(`./${program}.mjs`));
    const options = ['--dist-dir', out, '--cache-dir', 'out/parcel-cache', '--no-autoinstall', '--no-source-maps', '--public-url', '/'];
    await command(process.execPath, [installed('more', 'parcel/lib/bin.js'), 'build', page, ...options], room.folder);
    const files = filesOf(room.path(out));
    const scripts = [...readFileSync(room.path(`${out}/${page}`), 'utf8').matchAll(/<script[^>]* src="?\/?([^"> ]+)/g)];
    return { files, place: page, start: scripts.map(([, path]) => path) };
  });
}
