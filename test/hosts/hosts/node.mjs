// Node from the oldest that the package promises to the newest: modules, and `require` of a package that has modules alone.

import { run as command } from '../command.mjs';
import { binary } from '../installs.mjs';
import { asCommonJs, judge, programs } from '../programs.mjs';
import { check, skip } from '../report.mjs';

/** Majors; the registry has a package for each on Linux. */
const versions = [20, 22, 24, 26];

/** @param {import('../room.mjs').Room} room */
export async function run(room) {
  for (const { name, source } of programs) {
    room.write(`${name}.cjs`, `${asCommonJs(source)}main();\n`);
  }

  for (const version of versions) {
    const node = nodeOf(version);
    if (!node) {
      skip(`node ${version}`, 'there is no such Node for this machine');
      continue;
    }
    for (const program of programs) {
      for (const ending of ['mjs', 'cjs']) {
        await check(`node ${version}, ${ending === 'mjs' ? 'import' : 'require'}: ${program.name}`, async () => {
          const { stdout } = await command(node, [`${program.name}.${ending}`], room.folder);
          judge(program, stdout, { files: true });
        });
      }
    }
  }
}

/**
 * The program of a version of Node: that which runs this, or the one from the registry.
 *
 * @param {number} version
 */
export function nodeOf(version) {
  return Number.parseInt(process.versions.node, 10) === version ? process.execPath : binary(`node${version}/bin/node`);
}
