// What code prints, caught on its way out.
import { vi } from 'vitest';

/** Runs `body` and gives everything it printed through the progress bar's output. */
export async function printed(body: () => unknown): Promise<string> {
  let text = '';
  const { process } = globalThis as { process?: { stdout?: { write?: unknown } } };
  const spy = process?.stdout?.write
    ? vi.spyOn(globalThis.process.stdout, 'write').mockImplementation((piece) => {
        text += String(piece);
        return true;
      })
    : vi.spyOn(console, 'log').mockImplementation((line) => {
        text += `${line}\n`;
      });
  try {
    await body();
  } finally {
    spy.mockRestore();
  }
  return text;
}

/** Runs `body` and gives the warnings. */
export async function warned(body: () => unknown): Promise<string[]> {
  const warnings: string[] = [];
  const spy = vi.spyOn(console, 'warn').mockImplementation((text) => void warnings.push(String(text)));
  try {
    await body();
  } finally {
    spy.mockRestore();
  }
  return warnings;
}
