// WebKitGTK's MiniBrowser on a display that nobody sees, started and driven through WebKitWebDriver over HTTP.

import type { AddressInfo } from 'node:net';
import { createServer } from 'node:net';
import type { Readable } from 'node:stream';
import { findBrowser } from '../../scripts/browsers.mjs';
import type { Command } from './browser.ts';
import { type Processes, until } from './processes.ts';

const commands = { open: 'url', evaluate: 'execute/sync' };

export async function startWebKit(processes: Processes): Promise<Command> {
  const port = await freePort();
  const driver = processes.spawn(findBrowser('webkit') as string, [`--port=${port}`], {
    env: {
      ...process.env,
      DISPLAY: `:${await display(processes)}`,
      // Off by default outside of Safari.
      JSC_useSharedArrayBuffer: '1',
      // Its sandbox does not work in containers and for root; the pages are ours.
      WEBKIT_DISABLE_SANDBOX_THIS_IS_DANGEROUS: '1',
      WEBKIT_DISABLE_DMABUF_RENDERER: '1',
    },
  });
  const send = async (path: string, parameters?: object): Promise<unknown> => {
    const init = parameters && { method: 'POST', body: JSON.stringify(parameters) };
    const response = await fetch(`http://127.0.0.1:${port}/${path}`, init);
    const { value } = (await response.json()) as { value: { error?: string; message?: string } | null };
    if (!response.ok) throw new Error(`WebKitWebDriver: ${value?.error}: ${value?.message}`);
    return value;
  };
  await until(processes, () => {
    if (driver.exitCode !== null) throw new Error(`WebKitWebDriver ended with code ${driver.exitCode}`);
    return send('status').catch(() => undefined);
  });
  const session = await send('session', { capabilities: { alwaysMatch: { pageLoadStrategy: 'none' } } });
  const { sessionId } = session as { sessionId: string };
  return (name, parameters) => send(`session/${sessionId}/${commands[name]}`, parameters);
}

/** Starts a display; it takes the first free number and says which. */
async function display(processes: Processes): Promise<number> {
  const server = processes.spawn('Xvfb', ['-displayfd', '1', '-screen', '0', '1024x768x24', '-nolisten', 'tcp'], {
    stdio: ['ignore', 'pipe', 'ignore'],
  });
  let said = '';
  const output = server.stdout as Readable;
  output.on('data', (text) => {
    said += text;
  });
  return until(processes, () => {
    if (server.exitCode !== null) throw new Error(`Xvfb ended with code ${server.exitCode}`);
    return said.endsWith('\n') ? Number(said) : undefined;
  });
}

async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  await new Promise((resolve) => server.close(resolve));
  return port;
}
