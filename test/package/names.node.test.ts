// Every name of Keras works in the package as it is built, and in a bundle of a program.
import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { named } from '../common/keras-names.ts';
import { bundle } from './bundle.ts';
import { run } from './installed.ts';
import { root } from './program.ts';

const imports = `import { Sequential } from 'keratin';
import * as layers from 'keratin/layers';
`;
const program = `${imports}
const model = new Sequential([new layers.Dense(2, { inputShape: [2], activation: 'hard_tanh', kernelInitializer: 'orthogonal' })]);
model.compile({ optimizer: 'nadam', loss: 'binary_focal_crossentropy', metrics: ['f1_score'] });
model.trainOnBatch([[1, 2]], [[0, 1]]);
console.log(model.metricsNames.join());
`;

/** What a program prints in Node, bundled for a page and far from the package. */
async function bundled(text: string): Promise<string> {
  const folder = mkdtempSync(join(tmpdir(), 'keratin-names-'));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  writeFileSync(join(folder, 'bundle.mjs'), await bundle({ text }));
  return run(process.execPath, ['bundle.mjs'], folder);
}

describe('names of Keras', () => {
  it('work in Node', () => {
    const text = `
      import { activations, constraints, initializers, losses, metrics, optimizers, regularizers } from './dist/index.js';
      const namespaces = { activations, constraints, initializers, losses, metrics, optimizers, regularizers };
      const named = ${JSON.stringify(named)};
      let count = 0;
      for (const [kind, names] of Object.entries(named)) {
        for (const [name, className] of names) {
          const found = namespaces[kind].get(name);
          if (kind !== 'activations' && found.className !== className) throw new Error(kind + ' ' + name);
          if (kind === 'activations' && namespaces[kind].serialize(found) !== className) throw new Error(kind + ' ' + name);
          count++;
        }
      }
      console.log(count);
    `;
    const { stdout, stderr } = spawnSync(process.execPath, ['--input-type=module', '-e', text], { cwd: root, encoding: 'utf8' });
    expect(stderr).toBe('');
    expect(Number(stdout)).toBe(Object.values(named).flat().length);
  });

  it('work in a bundle', async () => {
    expect(await bundled(program)).toBe('loss,f1_score\n');
  });
});
