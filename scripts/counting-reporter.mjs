// Counts what a run of vitest came to, and how long each of its projects took. What is not a test but keeps tests from running counts as a failure as well: a file
// that cannot be loaded, a hook around a suite that throws, an error outside every test, a test left without a result.

/** @import { TestModule } from 'vitest/node' */

export class CountingReporter {
  passed = 0;
  failed = 0;
  skipped = 0;
  /** When the first file of a project began and its last one ended. @type {Map<string, { from: number, to: number }>} */
  #spans = new Map();

  /** @param {TestModule} module */
  onTestModuleStart({ project }) {
    if (!this.#spans.has(project.name)) this.#spans.set(project.name, { from: performance.now(), to: performance.now() });
  }

  /** @param {TestModule} module */
  onTestModuleEnd({ project }) {
    const span = this.#spans.get(project.name);
    if (span) span.to = performance.now();
  }

  /** Seconds by project. */
  get seconds() {
    return new Map([...this.#spans].map(([name, { from, to }]) => [name, (to - from) / 1000]));
  }

  /**
   * @param {readonly TestModule[]} modules
   * @param {readonly unknown[]} unhandledErrors
   */
  onTestRunEnd(modules, unhandledErrors) {
    this.failed += unhandledErrors.length;
    for (const module of modules) this.#count(module);
  }

  /** @param {TestModule} module */
  #count(module) {
    const before = this.failed;
    let tests = 0;
    for (const test of module.children.allTests()) {
      tests++;
      const { state } = test.result();
      if (state === 'passed') this.passed++;
      else if (state === 'skipped') this.skipped++;
      else this.failed++;
    }
    if (module.errors().length > 0) this.failed++;
    for (const suite of module.children.allSuites()) if (suite.errors().length > 0) this.failed++;
    const loaded = tests > 0 || module.state() === 'skipped';
    if (this.failed === before && (module.state() === 'failed' || !loaded)) this.failed++;
  }
}
