// Bun.
import { arch, platform } from 'node:process';
import { run as command } from '../command.mjs';
import { binary } from '../installs.mjs';
import { judge, programs } from '../programs.mjs';
import { check, skip } from '../report.mjs';

/** @param {import('../room.mjs').Room} room */
export async function run(room) {
  const cpu = arch === 'arm64' ? 'aarch64' : arch;
  const bun = binary(`@oven/bun-${platform}-${cpu}/bin/bun`);
  if (!bun) return skip('bun', 'there is none for this machine');
  for (const program of programs) {
    await check(`bun: ${program.name}`, async () => {
      const { stdout } = await command(bun, [`${program.name}.mjs`], room.folder);
      judge(program, stdout, { files: true });
    });
  }
}
