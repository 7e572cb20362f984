// Jest, which runs modules when Node has --experimental-vm-modules: tests that are modules, and those of CommonJS where it can
// require modules, in Node 24.9 and later.
import { run as command } from '../command.mjs';
import { installed } from '../installs.mjs';
import { asCommonJs, judge, programs } from '../programs.mjs';
import { check, skip } from '../report.mjs';
import { nodeOf } from './node.mjs';

const FIRST_WITH_REQUIRE = 24;

/** @param {import('../room.mjs').Room} room */
export async function run(room) {
  for (const { name, source } of programs) {
    room.write(`jest/modules/${name}.test.mjs`, testOf(`await import('../../${name}.mjs');`));
    room.write(
      `jest/commonjs/${name}.test.cjs`,
      `${asCommonJs(source).replace('./model.mjs', '../../model.mjs')}${testOf('await main();')}`,
    );
  }
  room.write('jest/jest.config.json', '{ "testEnvironment": "node", "verbose": false }\n');
  const flag = '--experimental-vm-modules';
  for (const [version, folder] of /** @type {const} */ ([
    [20, 'modules'],
    [24, 'modules'],
    [FIRST_WITH_REQUIRE, 'commonjs'],
  ])) {
    const node = nodeOf(version);
    const name = `jest ${flag} in Node ${version}, ${folder}`;
    if (!node) {
      skip(name, 'there is no such Node for this machine');
      continue;
    }
    for (const program of programs) {
      await check(`${name}: ${program.name}`, async () => {
        const config = ['--config', room.path('jest/jest.config.json'), '--rootDir', room.folder, '--silent=false'];
        const jest = installed('more', 'jest/bin/jest.js');
        const { stdout } = await command(node, [flag, '--no-warnings', jest, ...config, `jest/${folder}/${program.name}`], room.folder);
        judge(program, stdout, { files: true });
      });
    }
  }
}

/** A test that runs a program and prints its lines as they are, where Jest would add where they come from. */
const testOf = (/** @type {string} */ body) => `console.log = (...values) => process.stdout.write(values.join(' ') + '\\n');
test('runs', async () => {
  ${body}
}, 60_000);
`;
