// Builds and runs the programs of programs/ in hosts that the package promises to work in: `npm run test:hosts`, after a build,
// or with names of hosts `npm run test:hosts -- esbuild vite node`. Each check prints `pass` or `FAIL`, a host whose program is
// not there `SKIPPED`; the last line is `N passed, N failed` and the exit code 0 only when something passed and nothing failed.
// To add a host: a module in hosts/ that exports `run` and a line in the table below.
import { existsSync } from 'node:fs';
import { install } from './installs.mjs';
import { closePages, noPages } from './pages.mjs';
import { modelModule, programs, sizedPrograms } from './programs.mjs';
import { finish, skip } from './report.mjs';
import { Room, root } from './room.mjs';

/**
 * What a host needs: packages beside those of the repository, a browser.
 *
 * @type {Record<string, { packages?: import('./installs.mjs').Part, pages?: boolean }>}
 */
const hosts = {
  esbuild: { pages: true },
  vite: { pages: true },
  rolldown: { pages: true },
  webpack: { packages: 'small', pages: true },
  rollup: { packages: 'small', pages: true },
  page: { pages: true },
  node: { packages: 'more' },
  vite7: { packages: 'more', pages: true },
  parcel: { packages: 'more', pages: true },
  next: { packages: 'more', pages: true },
  jest: { packages: 'more' },
  deno: { packages: 'more' },
  bun: { packages: 'more' },
  workerd: { packages: 'more' },
};

const wanted = process.argv.length > 2 ? process.argv.slice(2) : Object.keys(hosts);
for (const name of wanted) {
  if (!Object.hasOwn(hosts, name)) {
    console.error(`test:hosts: expected one of ${Object.keys(hosts).join(', ')}, got ${name}`);
    process.exit(2);
  }
}
if (!existsSync(`${root}dist/index.js`)) {
  console.error('test:hosts: dist/index.js is missing. Run `npm run build` first');
  process.exit(2);
}

/**
 * Says why a host cannot be tried, or prepares it.
 *
 * @param {string} name
 */
async function prepare(name) {
  const { packages, pages } = hosts[name];
  if (pages && noPages()) return noPages();
  try {
    if (packages) await install(packages);
  } catch (error) {
    return `its packages cannot be installed: ${/** @type {Error} */ (error).message}`;
  }
}

// Read by bundlers when they load.
if (!process.stdout.isTTY) process.env.NO_COLOR ??= '1';

const room = await Room.make();
try {
  for (const { name, source } of programs) room.write(`${name}.mjs`, source);
  for (const [name, source] of Object.entries(sizedPrograms)) room.write(`${name}.mjs`, source);
  room.write('model.mjs', modelModule());
  for (const name of wanted) {
    const problem = await prepare(name);
    if (problem) skip(name, problem);
    else await (await import(`./hosts/${name}.mjs`)).run(room);
  }
} finally {
  await closePages();
  room.remove();
}
process.exitCode = finish();
