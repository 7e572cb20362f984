// Next: each program in a page's client component, and in a route of the server.
import { spawn } from 'node:child_process';
import { cpSync, mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { run as command } from '../command.mjs';
import { folders, installed } from '../installs.mjs';
import { visit } from '../pages.mjs';
import { asFunction, judge, programs } from '../programs.mjs';
import { check } from '../report.mjs';

/** Next wants its packages and the app's below one folder. */
const app = join(folders.more, 'build/next');
const next = installed('more', 'next/dist/bin/next');
const quiet = { NEXT_TELEMETRY_DISABLED: '1', NODE_ENV: 'production' };

/** @param {import('../room.mjs').Room} room */
export async function run(room) {
  rmSync(app, { recursive: true, force: true });
  write('package.json', '{ "private": true, "type": "module" }\n');
  write('next.config.mjs', `export default { turbopack: { root: ${JSON.stringify(folders.more)} } };\n`);
  write('app/layout.jsx', 'export default ({ children }) => <html lang="en"><body>{children}</body></html>;\n');
  cpSync(room.path('node_modules/keratin'), join(app, 'node_modules/keratin'), { recursive: true });
  cpSync(room.path('model.mjs'), join(app, 'model.mjs'));
  for (const { name, source } of programs) {
    write(`${name}.mjs`, source);
    write(`app/${name}/page.jsx`, pageOf(name));
    write(`app/server/${name}/route.js`, routeOf(source));
  }

  let problem;
  await check('next build', async () => {
    problem = await command(process.execPath, [next, 'build'], app, quiet, 300_000).then(
      () => undefined,
      (error) => error,
    );
    if (problem) throw problem;
  });
  if (problem) return;
  const server = spawn(process.execPath, [next, 'start', '--port', '0', '--hostname', 'localhost'], {
    cwd: app,
    env: { ...process.env, ...quiet },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  try {
    const url = await new Promise((resolve, reject) => {
      server.on('exit', () => reject(new Error('next start ended')));
      server.stdout.setEncoding('utf8').on('data', (text) => {
        const [found] = text.match(/http:\/\/localhost:\d+/) ?? [];
        if (found) resolve(`${found}/`);
      });
    });
    for (const program of programs) {
      await check(`next, client: ${program.name}`, async () => {
        judge(program, await visit(url, program.ends, program.name));
      });
      await check(`next, server: ${program.name}`, async () => {
        judge(program, await (await fetch(`${url}server/${program.name}`)).text(), { files: true });
      });
    }
  } finally {
    server.kill();
    rmSync(app, { recursive: true, force: true });
  }
}

/**
 * @param {string} path
 * @param {string} content
 */
function write(path, content) {
  mkdirSync(dirname(join(app, path)), { recursive: true });
  writeFileSync(join(app, path), content);
}

/** @param {string} name */
const pageOf = (name) => `'use client';
import { useEffect } from 'react';

export default function Page() {
  useEffect(() => {
    import('../../${name}.mjs');
  }, []);
  return <p>${name}</p>;
}
`;

/** @param {string} source */
const routeOf = (source) => `${asFunction(source).replace('./model.mjs', '../../../model.mjs')}
export const dynamic = 'force-dynamic';

export async function GET() {
  const lines = [];
  const { log } = console;
  console.log = (...values) => lines.push(values.join(' '));
  try {
    await main();
  } catch (error) {
    lines.push(error.stack);
  } finally {
    console.log = log;
  }
  return new Response(lines.join('\\n'));
}
`;
