import { readFileSync, writeFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import * as keratin from '../../src/index.ts';
import { compatibility, type Group } from './compatibility.ts';

const page = new URL('../../docs/COMPATIBILITY.md', import.meta.url);

const { activations, callbacks, constraints, initializers, layers, losses, metrics, ops, optimizers, regularizers, schedules } = keratin;
const groups: readonly Group[] = [
  { title: 'Layers', keras: 'layers', names: layers },
  { title: 'Ops', keras: 'ops', names: ops },
  { title: 'Activations', keras: 'activations', names: activations },
  { title: 'Losses', keras: 'losses', names: losses },
  { title: 'Metrics', keras: 'metrics', names: metrics },
  { title: 'Optimizers', keras: 'optimizers', names: optimizers },
  { title: 'Schedules', keras: 'optimizers.schedules', names: schedules },
  { title: 'Callbacks', keras: 'callbacks', names: callbacks },
  { title: 'Initializers', keras: 'initializers', names: initializers },
  { title: 'Regularizers', keras: 'regularizers', names: regularizers },
  { title: 'Constraints', keras: 'constraints', names: constraints },
  { title: 'Utils', keras: 'utils', names: { ...keratin } },
];

it('docs/COMPATIBILITY.md says what is here', () => {
  const text = compatibility(groups);
  if (process.env.KERATIN_DOCS === 'write') writeFileSync(page, text);
  expect(readFileSync(page, 'utf8'), 'run npm run docs').toBe(text);
});

it('sees what is missing', () => {
  const text = compatibility([{ title: 'Layers', keras: 'layers', names: { Dense: layers.Dense, Masking: class Masking {} } }]);
  expect(text).toMatch(/^\| Dense \| Dense \| (here|partly: without .*) \|$/m);
  expect(text).toMatch(/^\| Conv1D \| - \| not \|$/m);
});
