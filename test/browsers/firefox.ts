// Firefox without a window, driven over its own socket: Marionette, which every Firefox has. A message is its length, a colon and
// JSON: [0, id, command, parameters] one way, [1, id, error, result] the other; the first says which protocol is spoken.
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { connect, type Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { findBrowser } from '../../scripts/browsers.mjs';
import type { Command } from './browser.ts';
import { type Processes, until } from './processes.ts';

const commands = { open: 'WebDriver:Navigate', evaluate: 'WebDriver:ExecuteScript' };

export async function startFirefox(processes: Processes): Promise<Command> {
  const profile = mkdtempSync(join(tmpdir(), 'keratin-firefox-'));
  processes.afterwards(() => rmSync(profile, { recursive: true, force: true, maxRetries: 5 }));
  // Port 0 lets Firefox take a free one, which it writes down.
  writeFileSync(join(profile, 'user.js'), 'user_pref("marionette.port", 0);\n');
  const args = ['--headless', '--no-remote', '--marionette', '--profile', profile];
  const firefox = processes.spawn(findBrowser('firefox') as string, args);
  const port = await until(processes, () => {
    if (firefox.exitCode !== null) throw new Error(`it ended with code ${firefox.exitCode}`);
    return portIn(join(profile, 'MarionetteActivePort'));
  });
  const socket = connect(port, '127.0.0.1');
  processes.afterwards(() => socket.destroy());
  const send = speak(socket);
  await send('WebDriver:NewSession', { pageLoadStrategy: 'none' });
  return async (name, parameters) => (await send(commands[name], parameters)).value;
}

function portIn(file: string): number | undefined {
  try {
    return Number(readFileSync(file, 'utf8')) || undefined;
  } catch {
    return undefined;
  }
}

type Reply = [type: 1, id: number, error: { error: string; message: string } | null, result: { value?: unknown }];

function speak(socket: Socket): (command: string, parameters: object) => Promise<{ value?: unknown }> {
  const waiting = new Map<number, { resolve(result: { value?: unknown }): void; reject(error: Error): void }>();
  let received = Buffer.alloc(0);
  let last = 0;
  socket.on('data', (bytes) => {
    received = Buffer.concat([received, bytes]);
    for (;;) {
      const start = received.indexOf(':') + 1;
      const end = start + Number(received.toString('latin1', 0, start - 1));
      if (start === 0 || received.length < end) return;
      const message: Reply | object = JSON.parse(received.toString('utf8', start, end));
      received = received.subarray(end);
      if (!Array.isArray(message)) continue;
      const [, id, error, result] = message as Reply;
      if (error) waiting.get(id)?.reject(new Error(`Firefox: ${error.error}: ${error.message}`));
      else waiting.get(id)?.resolve(result);
      waiting.delete(id);
    }
  });
  const fail = (error?: Error) => {
    for (const { reject } of waiting.values()) reject(new Error(`Firefox ended: ${error?.message ?? 'its socket was closed'}`));
    waiting.clear();
  };
  socket.on('error', fail);
  socket.on('close', () => fail());
  return (command, parameters) =>
    new Promise((resolve, reject) => {
      const id = ++last;
      waiting.set(id, { resolve, reject });
      const message = JSON.stringify([0, id, command, parameters]);
      socket.write(`${Buffer.byteLength(message)}:${message}`);
    });
}
