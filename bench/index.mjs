// npm run bench [-- matmul gather ... --json --quick --no-peers]
//
// Times the kernels against the same in scalar wasm and in plain JavaScript, whole models against plain JavaScript, and both
// against TensorFlow.js where that is installed. Names choose among the groups; --json prints one object instead of a table;
// --quick takes seconds, on small sizes, and its times say nothing: it is there to see that all sides agree; --no-peers leaves
// TensorFlow.js out.
import { groups } from './groups.mjs';
import { runInNode } from './node.mjs';
import { quick, thorough } from './paces.mjs';
import { reportText } from './report.mjs';

const known = ['--json', '--quick', '--no-peers'];
const words = process.argv.slice(2);
const flags = words.filter((word) => word.startsWith('--'));
const names = words.filter((word) => !word.startsWith('--'));
const strange = [...flags.filter((flag) => !known.includes(flag)), ...names.filter((name) => !groups.includes(name))];
if (strange.length > 0) {
  console.error(`bench: expected names among ${groups.join(', ')}, ${known.join(', ')}, got ${strange.join(' ')}`);
  process.exit(2);
}
const json = flags.includes('--json');
const small = flags.includes('--quick');

const report = await runInNode({
  pace: small ? quick : thorough,
  small,
  peers: !flags.includes('--no-peers'),
  wanted: (group) => names.length === 0 || names.includes(group),
  onRow: (row) => {
    if (!json && process.stderr.isTTY) process.stderr.write(`${row.group} ${row.name}\n`);
  },
});
console.log(json ? JSON.stringify(report, null, 2) : reportText(report));
if (report.memory?.flat === false) process.exitCode = 1;
