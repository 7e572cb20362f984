// npm run bench [-- matmul gather ... --json --quick]
//
// Times the kernels against the same in scalar wasm and in plain JavaScript, and the restaurant model as a whole. Names choose
// among the groups; --json prints one object instead of a table; --quick takes seconds, on small sizes, and its times say
// nothing: it is there to see that all sets agree.
import { quick, thorough } from './measure.mjs';
import { callsText, machineLine, peakLine, table } from './report.mjs';
import { run } from './run.mjs';

const groups = ['matmul', 'gather', 'accumulate', 'adam', 'exp', 'tanh', 'sigmoid', 'step', 'fit'];
const words = process.argv.slice(2);
const flags = words.filter((word) => word.startsWith('--'));
const names = words.filter((word) => !word.startsWith('--'));
const strange = [...flags.filter((flag) => !['--json', '--quick'].includes(flag)), ...names.filter((name) => !groups.includes(name))];
if (strange.length > 0) {
  console.error(`bench: expected names among ${groups.join(', ')}, --json or --quick, got ${strange.join(' ')}`);
  process.exit(2);
}
const json = flags.includes('--json');
const small = flags.includes('--quick');

const report = await run({
  pace: small ? quick : thorough,
  small,
  wanted: (group) => names.length === 0 || names.includes(group),
  onRow: (row) => {
    if (!json && process.stderr.isTTY) process.stderr.write(`${row.group} ${row.name}\n`);
  },
});
if (json) console.log(JSON.stringify(report, null, 2));
else {
  console.log(machineLine(report.machine));
  if (report.rows.length > 0) console.log(`${peakLine(report.peaks)}\n\n${table(report.rows)}`);
  if (report.calls) console.log(`\n${callsText(report.calls)}`);
}
