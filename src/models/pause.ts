// Yields to the event loop during training, so that the page can draw and answer.

/** Longest time, in ms, between two chances for the page. */
const PATIENCE = 16;

/** Gives the event loop a turn. Messages are not slowed down in background tabs as timers are. */
function turn(): Promise<void> {
  const { setImmediate } = globalThis as { setImmediate?: (f: () => void) => void };
  if (setImmediate) return new Promise((resolve) => setImmediate(resolve));
  return new Promise((resolve) => {
    const { port1, port2 } = new MessageChannel();
    port1.onmessage = () => {
      port1.close();
      resolve();
    };
    port2.postMessage(0);
  });
}

/** Keeps track of how long the event loop has waited. */
export class Pause {
  private last = performance.now();

  /** Whether it is time for a turn. */
  get due(): boolean {
    return performance.now() - this.last >= PATIENCE;
  }

  async take(): Promise<void> {
    await turn();
    this.last = performance.now();
  }
}
