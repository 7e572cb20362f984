// What is checked of each version of Vite.
import { filesOf } from '../package/page-server.mjs';
import { checkBundler, startOf } from './bundlers.mjs';
import { pageWith, visit } from './pages.mjs';
import { judge, programs } from './programs.mjs';
import { check } from './report.mjs';

/**
 * @param {string} name
 * @param {Pick<typeof import('vite'), 'build' | 'createServer'>} vite
 * @param {import('./room.mjs').Room} room
 */
export async function checkVite(name, vite, room) {
  const bundle = (/** @type {string} */ program, script = `./${program}.mjs`) => {
    room.write(`${name}-${program}.html`, pageWith(script));
    return bundleOf(name, vite, room, program);
  };
  await checkBundler(name, (program) => bundle(program));

  for (const program of programs) {
    await check(`${name}, worker: ${program.name}`, async () => {
      const page = `${program.name}-in-worker`;
      room.write(`${page}.mjs`, `new Worker(new URL('./${program.name}.mjs', import.meta.url), { type: 'module' });\n`);
      const { files, place } = await bundle(page);
      judge(program, await visit(files, program.ends, place));
    });
  }

  const server = await vite.createServer({
    ...common(room),
    cacheDir: room.path(`out/${name}-cache`),
    server: { host: 'localhost', port: 0, hmr: false },
    optimizeDeps: { entries: programs.map((program) => `${program.name}.mjs`) },
  });
  try {
    await server.listen();
    const [url] = server.resolvedUrls?.local ?? [];
    for (const program of programs) {
      await check(`${name}, development server: ${program.name}`, async () => {
        judge(program, await visit(url, program.ends, `${name}-${program.name}.html`));
      });
    }
  } finally {
    await server.close();
  }
}

/** @param {import('./room.mjs').Room} room */
const common = (room) => /** @type {const} */ ({ root: room.folder, configFile: false, logLevel: 'silent' });

/**
 * @param {string} name
 * @param {Pick<typeof import('vite'), 'build'>} vite
 * @param {import('./room.mjs').Room} room
 * @param {string} program
 */
async function bundleOf(name, vite, room, program) {
  const place = `${name}-${program}.html`;
  const outDir = room.path(`out/${name}-${program}`);
  const result = await vite.build({
    ...common(room),
    build: { outDir, emptyOutDir: true, rollupOptions: { input: room.path(place) } },
    worker: { format: 'es' },
  });
  const { output } = /** @type {{ output: Parameters<typeof startOf>[0] }} */ (result);
  return { files: filesOf(outDir), place, start: startOf(output) };
}
