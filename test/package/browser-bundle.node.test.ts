import { describe, expect, it } from 'vitest';
import { engines } from '../../scripts/browsers.mjs';
import { isHere, pageOf, visit } from './browser.ts';
import { bundle } from './bundle.ts';
import { program } from './program.ts';

const hosts: [string, Record<string, string>, boolean][] = [
  ['a plain host', {}, false],
  ['an isolated host', { 'Cross-Origin-Opener-Policy': 'same-origin', 'Cross-Origin-Embedder-Policy': 'require-corp' }, true],
  ['a host with a strict policy', { 'Content-Security-Policy': "default-src 'self'; script-src 'self' 'wasm-unsafe-eval'" }, false],
];

const here = engines.filter(isHere);

describe.runIf(here.length > 0)('the bundle of esbuild in a page', () => {
  it.each(here.flatMap((engine) => hosts.map((host) => [engine, ...host] as const)))(
    'of %s runs from %s',
    async (engine, _, headers, isolated) => {
      const outcome = await visit({ ...pageOf('bundle.js'), 'bundle.js': await bundle(program.path) }, headers, '', engine);
      expect(outcome.error).toBeUndefined();
      expect(outcome.lines.join('\n')).toMatch(program.prints);
      expect(outcome.isolated).toBe(isolated);
    },
  );
});
