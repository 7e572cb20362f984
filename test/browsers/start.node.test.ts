// Programs in the place of browsers: what becomes of those that hang, that end, and that take two attempts.
import { chmodSync, existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { findBrowser, missing } from '../../scripts/browsers.mjs';
import { start } from './browser.ts';

let folder: string;
const warnings: string[] = [];

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'keratin-start-'));
  warnings.length = 0;
  vi.spyOn(console, 'warn').mockImplementation((text: string) => void warnings.push(text));
});

afterEach(() => {
  vi.restoreAllMocks();
  vi.unstubAllEnvs();
  rmSync(folder, { recursive: true });
});

function program(name: string, lines: string): string {
  const path = join(folder, name);
  writeFileSync(path, lines);
  chmodSync(path, 0o755);
  return path;
}

/** Both note their processes in a file. */
const inShell = (name: string, body: string) => program(name, `#!/bin/sh\necho $$ >> ${folder}/started\n${body}`);
const inNode = (name: string, body: string) =>
  program(
    name,
    `#!${process.execPath}\nconst fs = require('node:fs');\nfs.appendFileSync('${folder}/started', process.pid + '\\n');\n${body}`,
  );

const lines = (file: string): string[] => readFileSync(join(folder, file), 'utf8').trim().split('\n');
const started = (): number[] => lines('started').map(Number);

/** Whether it runs; one that has ended may still wait for somebody to ask how. */
function runs(pid: number): boolean {
  try {
    process.kill(pid, 0);
  } catch {
    return false;
  }
  const state = `/proc/${pid}/stat`;
  return !existsSync(state) || !readFileSync(state, 'utf8').includes(') Z ');
}

/** A process that was killed is gone a moment later. */
const ended = () => vi.waitFor(() => expect(started().filter(runs)).toEqual([]), { timeout: 5000 });

const hang = 'exec sleep 1000';

/** As much of Marionette as a start takes. */
const answer = `
  const profile = process.argv[process.argv.indexOf('--profile') + 1];
  const send = (socket, message) => socket.write(Buffer.byteLength(JSON.stringify(message)) + ':' + JSON.stringify(message));
  const server = require('node:net').createServer((socket) => {
    send(socket, { marionetteProtocol: 3 });
    socket.on('data', (text) => {
      const [, id, command] = JSON.parse(String(text).replace(/^\\d+:/, ''));
      if (command === 'WebDriver:ExecuteScript') send(socket, [1, id, { error: 'javascript error', message: 'no ö' }, null]);
      else send(socket, [1, id, null, { value: null }]);
    });
  });
  server.listen(0, '127.0.0.1', () => fs.writeFileSync(profile + '/MarionetteActivePort', String(server.address().port)));`;

describe('start', () => {
  it('ends a browser that hangs, and what it started, and tries once more', async () => {
    vi.stubEnv('FIREFOX', inShell('hangs', `trap '' TERM; sleep 1000 & echo $! >> ${folder}/started; wait`));
    const why = 'Firefox did not start: nothing came of it within 1 s';
    await expect(start('firefox', 1000)).rejects.toThrow(`${why}. It was tried 2 times.`);
    expect(warnings).toEqual([`${why}. Trying once more.`]);
    expect(started()).toHaveLength(4);
    await ended();
  });

  it('says how a browser ended', async () => {
    vi.stubEnv('FIREFOX', inShell('ends', 'exit 7'));
    await expect(start('firefox')).rejects.toThrow('Firefox did not start: it ended with code 7. It was tried 2 times.');
  });

  it('goes on with the second attempt', async () => {
    const first = `fs.readFileSync('${folder}/started', 'utf8').trim().includes('\\n') === false`;
    vi.stubEnv('FIREFOX', inNode('second', `if (${first}) process.exit(1);\n${answer}`));
    const browser = await start('firefox', 10_000);
    expect(warnings).toEqual(['Firefox did not start: it ended with code 1. Trying once more.']);
    await browser.open('about:blank');
    await expect(browser.evaluate('return 1')).rejects.toThrow('Firefox: javascript error: no ö');
    await browser.close();
    expect(started()).toHaveLength(2);
    await ended();
  });

  it('ends a driver that hangs, and the display', async () => {
    inShell('Xvfb', `echo 7; ${hang}`);
    vi.stubEnv('PATH', `${folder}:${process.env.PATH}`);
    vi.stubEnv('WEBKIT_WEB_DRIVER', inShell('driver', hang));
    await expect(start('webkit', 1000)).rejects.toThrow('WebKitGTK did not start: nothing came of it within 1 s. It was tried 2 times.');
    expect(started()).toHaveLength(4);
    await ended();
  });

  it('leaves no profile', async () => {
    vi.stubEnv('TMPDIR', folder);
    vi.stubEnv('FIREFOX', inShell('ends', `for last; do true; done; echo $last >> ${folder}/profiles; exit 1`));
    await expect(start('firefox')).rejects.toThrow('did not start');
    const profiles = lines('profiles');
    expect(profiles).toHaveLength(2);
    expect(profiles.filter(existsSync)).toEqual([]);
  });
});

describe('findBrowser', () => {
  it('looks at the variable, then for the usual names in PATH', () => {
    const other = inShell('other', '');
    const usual = inShell('firefox', '');
    expect(findBrowser('firefox', { FIREFOX: other, PATH: folder })).toBe(other);
    expect(findBrowser('firefox', { PATH: `/nowhere:${folder}` })).toBe(usual);
    expect(findBrowser('firefox', { PATH: '/nowhere' })).toBeUndefined();
    expect(() => findBrowser('firefox', { FIREFOX: `${folder}/none`, PATH: folder })).toThrow(
      `FIREFOX: expected the path of a program, got ${folder}/none`,
    );
  });

  it('wants a display for WebKit', () => {
    const driver = inShell('WebKitWebDriver', '');
    expect(findBrowser('webkit', { PATH: folder })).toBeUndefined();
    inShell('Xvfb', '');
    expect(findBrowser('webkit', { PATH: folder })).toBe(driver);
  });

  it('says in one line what was looked for', () => {
    expect(missing('firefox')).toBe('No Firefox found (FIREFOX, or firefox-esr, firefox in PATH): no test ran in it.');
    expect(missing('webkit')).toBe('No WebKitGTK found (WEBKIT_WEB_DRIVER, or WebKitWebDriver in PATH, and Xvfb): no test ran in it.');
  });
});
