// Deno, without permissions and with all of them. What is not permitted counts as what is not there.
import { arch, platform } from 'node:process';
import { run as command } from '../command.mjs';
import { binary } from '../installs.mjs';
import { judge, programs } from '../programs.mjs';
import { check, skip } from '../report.mjs';

/** @param {import('../room.mjs').Room} room */
export async function run(room) {
  const deno = binary(`@deno/${platform}-${arch}/deno`, `@deno/${platform}-${arch}-glibc/deno`);
  if (!deno) return skip('deno', 'there is none for this machine');
  const quiet = { DENO_NO_UPDATE_CHECK: '1', DENO_DIR: room.path('out/deno') };
  for (const program of programs) {
    for (const flags of [[], ['--allow-all']]) {
      await check(`deno run${flags.length > 0 ? ` ${flags}` : ''}: ${program.name}`, async () => {
        const { stdout } = await command(deno, ['run', ...flags, `${program.name}.mjs`], room.folder, quiet);
        judge(program, stdout, { files: flags.length > 0 || 'forbidden' });
      });
    }
  }
}
