// esbuild, with and without --splitting, and what cannot wait at its top: one classic script, service workers, CommonJS for Node.
import { build } from 'esbuild';
import { checkBundler } from '../bundlers.mjs';
import { run as command } from '../command.mjs';
import { pageWith, visit } from '../pages.mjs';
import { asFunction, judge, programs } from '../programs.mjs';
import { check } from '../report.mjs';

/** @param {import('../room.mjs').Room} room */
export async function run(room) {
  for (const splitting of [false, true]) {
    const name = splitting ? 'esbuild --splitting' : 'esbuild';
    await checkBundler(name, (program) => bundle(room, `${program}.mjs`, { splitting }));
  }
  for (const program of programs) {
    room.write(`main-${program.name}.mjs`, `${asFunction(program.source)}main();\n`);
    room.write(`service-${program.name}.mjs`, `${broadcasting}${asFunction(program.source)}${service}`);
    await check(`esbuild --format=iife: ${program.name}`, async () => {
      const { files } = await bundle(room, `main-${program.name}.mjs`, { format: 'iife' });
      judge(program, await visit(files, program.ends));
    });
    await check(`esbuild --platform=node --format=cjs: ${program.name}`, async () => {
      const { files } = await bundle(room, `main-${program.name}.mjs`, { format: 'cjs', platform: 'node' });
      const script = room.write(`out/main-${program.name}.cjs`, files[`main-${program.name}.js`]);
      const { stdout } = await command(process.execPath, [script], room.folder);
      judge(program, stdout, { files: true });
    });
    for (const [format, splitting] of /** @type {const} */ ([
      ['iife', false],
      ['esm', false],
      ['esm', true],
    ])) {
      await check(`service worker, --format=${format}${splitting ? ' --splitting' : ''}: ${program.name}`, async () => {
        const { files } = await bundle(room, `service-${program.name}.mjs`, { format, splitting });
        files['page.js'] = registering(`service-${program.name}.js`, format === 'esm' ? 'module' : 'classic');
        // Service workers have no import().
        judge(program, await visit({ ...files, 'index.html': pageWith('page.js') }, program.ends), { lazy: !splitting });
      });
    }
  }
}

/**
 * @param {import('../room.mjs').Room} room
 * @param {string} entry
 * @param {import('esbuild').BuildOptions} options
 */
async function bundle(room, entry, options) {
  const { outputFiles = [], metafile } = await build({
    absWorkingDir: room.folder,
    entryPoints: [entry],
    outdir: 'out',
    bundle: true,
    minify: true,
    format: 'esm',
    platform: 'browser',
    metafile: true,
    write: false,
    logLevel: 'silent',
    ...options,
  });
  const script = entry.replace(/mjs$/, 'js');
  /** @type {import('../../package/page-server.mjs').Files} */
  const files = Object.fromEntries(outputFiles.map(({ path, contents }) => [path.slice(room.path('out/').length), contents]));
  files['index.html'] = pageWith(script, { module: options.format !== 'iife' });
  const start = new Set([`out/${script}`]);
  for (const path of start) {
    for (const { path: imported, kind } of metafile.outputs[path].imports) if (kind === 'import-statement') start.add(imported);
  }
  return { files, start: [...start].map((path) => path.slice('out/'.length)) };
}

/** What a service worker prints reaches the page, whose own console prints it. */
const broadcasting = `const channel = new BroadcastChannel('printed');
console.log = (...values) => channel.postMessage(values.join(' '));
`;

const service = `addEventListener('install', (event) => {
  event.waitUntil(main().catch((error) => console.log('FAILED ' + error.stack)));
});
`;

/**
 * @param {string} script
 * @param {'module' | 'classic'} type
 */
function registering(script, type) {
  return `new BroadcastChannel('printed').onmessage = ({ data }) => {
  console.log(data);
  if (data.startsWith('FAILED')) throw new Error(data);
};
await navigator.serviceWorker.register('/${script}', { type: '${type}' });
`;
}
