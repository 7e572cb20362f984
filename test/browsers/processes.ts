// The processes of one browser, which end with it and at the latest with this process.
import { type ChildProcess, type SpawnOptions, spawn } from 'node:child_process';
import { once } from 'node:events';
import { setTimeout as sleep } from 'node:timers/promises';

const running = new Set<Processes>();
let listening = false;

function endWithThisProcess(processes: Processes): void {
  running.add(processes);
  if (listening) return;
  listening = true;
  process.on('exit', () => {
    for (const left of running) left.kill();
  });
  // Without a listener a signal ends this process at once; those of vite and vitest let it exit.
  for (const signal of ['SIGTERM', 'SIGHUP', 'SIGINT'] as const) {
    if (process.listenerCount(signal) === 0) process.once(signal, () => process.exit(1));
  }
}

/** For a program that is asked to end, until it is made to. */
const FAREWELL_MILLISECONDS = 2000;

export class Processes {
  readonly #own: ChildProcess[] = [];
  readonly #afterwards: (() => void)[] = [];
  ended = false;

  /** Starts a program in a group of its own, which all that it starts belong to. */
  spawn(path: string, args: readonly string[], options: SpawnOptions = {}): ChildProcess {
    if (this.ended) throw new Error('it was ended');
    const child = spawn(path, args, { stdio: 'ignore', ...options, detached: true });
    // A program that cannot be started is noticed by whoever waits for it.
    child.on('error', () => {});
    this.#own.push(child);
    endWithThisProcess(this);
    return child;
  }

  /** Has something done after the end. */
  afterwards(what: () => void): void {
    this.#afterwards.push(what);
  }

  /** Ends all, the last first; a display that is asked to removes its files. */
  async end(): Promise<void> {
    if (this.ended) return;
    this.ended = true;
    for (const child of [...this.#own].reverse()) {
      if (child.pid === undefined) continue;
      const exit = child.exitCode === null && child.signalCode === null ? once(child, 'exit') : undefined;
      signal(child, 'SIGTERM');
      if (exit) await Promise.race([exit, sleep(FAREWELL_MILLISECONDS, undefined, { ref: false })]);
      signal(child, 'SIGKILL');
      await exit;
    }
    this.#tidy();
  }

  /** The same at once. */
  kill(): void {
    this.ended = true;
    for (const child of this.#own) signal(child, 'SIGKILL');
    this.#tidy();
  }

  #tidy(): void {
    running.delete(this);
    for (const what of this.#afterwards.splice(0)) what();
  }
}

function signal({ pid }: ChildProcess, name: NodeJS.Signals): void {
  if (pid === undefined) return;
  try {
    process.kill(-pid, name);
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
    await sleep(50);
  }
}
