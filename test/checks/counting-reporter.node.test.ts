import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startVitest } from 'vitest/node';
import { CountingReporter } from '../../scripts/counting-reporter.mjs';

// Inside the repository, so that the files find vitest.
const folder = 'build/counting-reporter';

const files = {
  'mixed.ts': "import { expect, it } from 'vitest';\nit('a', () => {});\nit('b', () => expect(1).toBe(2));\nit.skip('c', () => {});",
  'missing.ts': "import './nowhere.ts';",
  'empty.ts': '',
  'hook.ts': "import { beforeAll, it } from 'vitest';\nbeforeAll(() => { throw new Error('hook'); });\nit('a', () => {});",
  'late.ts':
    "import { it } from 'vitest';\nit('a', async () => {\n  setTimeout(() => { throw new Error('late'); });\n  await new Promise((r) => setTimeout(r, 50));\n});",
};

beforeAll(() => {
  mkdirSync(folder, { recursive: true });
  for (const [name, text] of Object.entries(files)) writeFileSync(join(folder, name), text);
});

afterAll(() => rmSync(folder, { recursive: true }));

describe('the count of a run', () => {
  it.each([
    ['mixed.ts', { passed: 1, failed: 1, skipped: 1 }],
    ['missing.ts', { passed: 0, failed: 1, skipped: 0 }],
    ['empty.ts', { passed: 0, failed: 1, skipped: 0 }],
    ['hook.ts', { passed: 0, failed: 1, skipped: 1 }],
    ['late.ts', { passed: 1, failed: 1, skipped: 0 }],
  ])('of %s is %o', async (name, counts) => {
    const reporter = new CountingReporter();
    const vitest = await startVitest('test', [], { root: folder, config: false, watch: false, include: [name], reporters: [reporter] });
    await vitest.close();
    expect({ ...reporter }).toEqual(counts);
  });
});
