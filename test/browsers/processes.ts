// The processes of one browser, which end with it and at the latest with this process.
import { type ChildProcess, type SpawnOptions, spawn } from 'node:child_process';
import { once } from 'node:events';

const all = new Set<ChildProcess>();
process.on('exit', () => all.forEach(kill));
// Without a listener a signal ends this process at once. vitest has its own for the others.
for (const signal of ['SIGTERM', 'SIGHUP'] as const) process.once(signal, () => process.exit(1));

export class Processes {
  readonly #own = new Set<ChildProcess>();
  readonly #afterwards: (() => void)[] = [];
  ended = false;

  /** Starts a program in a group of its own, which all that it starts belong to. */
  spawn(path: string, args: readonly string[], options: SpawnOptions = {}): ChildProcess {
    if (this.ended) throw new Error('it was ended');
    const child = spawn(path, args, { stdio: 'ignore', ...options, detached: true });
    // A program that cannot be started is noticed by whoever waits for it.
    child.on('error', () => {});
    this.#own.add(child);
    all.add(child);
    return child;
  }

  /** Has something done after the end. */
  afterwards(what: () => void): void {
    this.#afterwards.push(what);
  }

  async end(): Promise<void> {
    if (this.ended) return;
    this.ended = true;
    for (const child of this.#own) {
      const exit = child.pid !== undefined && child.exitCode === null && child.signalCode === null && once(child, 'exit');
      kill(child);
      await exit;
      all.delete(child);
    }
    for (const what of this.#afterwards) what();
  }
}

function kill({ pid }: ChildProcess): void {
  if (pid === undefined) return;
  try {
    process.kill(-pid, 'SIGKILL');
  } catch {
    // The whole group has ended.
  }
}

/** Asks until there is an answer, or until the processes are ended. */
export async function until<T>(processes: Processes, ask: () => Promise<T | undefined> | T | undefined): Promise<T> {
  for (;;) {
    if (processes.ended) throw new Error('it was ended');
    const answer = await ask();
    if (answer !== undefined) return answer;
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}
