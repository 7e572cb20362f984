import { copyFileSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { build } from 'vite';
import { describe, expect, it } from 'vitest';
import { isHere, pageOf, visit } from './browser.ts';
import { install } from './installed.ts';
import { filesOf } from './page-server.mjs';
import { program } from './program.ts';

describe.runIf(isHere('chromium'))('the build of Vite in a page', () => {
  it('runs with the package installed from its tarball', async () => {
    const folder = join(install().folder, 'vite');
    mkdirSync(folder);
    copyFileSync(program.path, join(folder, 'program.mjs'));
    for (const [name, content] of Object.entries(pageOf('program.mjs'))) {
      writeFileSync(join(folder, name), String(content).replace("'/program.mjs'", "'./program.mjs'"));
    }

    await build({ root: folder, configFile: false, logLevel: 'error', build: { outDir: 'out' } });
    const files = filesOf(join(folder, 'out'));
    const outcome = await visit(files);

    expect(outcome.error).toBeUndefined();
    expect(outcome.lines.join('\n')).toMatch(program.prints);
    expect(Object.keys(files).filter((path) => path.endsWith('.wasm'))).toEqual([]);
  });
});
