// A folder with the package as a user gets it: packed, and installed from the tarball. And with the programs beside it.
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { run } from './command.mjs';

/** The repository's root. */
export const root = fileURLToPath(new URL('../../', import.meta.url));

export class Room {
  /** @param {string} folder */
  constructor(folder) {
    this.folder = folder;
  }

  /** Packs what is built and installs it. */
  static async make() {
    const folder = mkdtempSync(join(tmpdir(), 'keratin-hosts-'));
    const { stdout } = await run('npm', ['pack', '--json', '--ignore-scripts', '--pack-destination', folder], root);
    const room = new Room(folder);
    room.write('package.json', '{ "private": true, "type": "module" }\n');
    const install = ['install', '--offline', '--no-audit', '--no-fund', '--no-package-lock'];
    await run('npm', [...install, `./${JSON.parse(stdout)[0].filename}`], folder);
    return room;
  }

  /** @param {string} path */
  path(path) {
    return join(this.folder, path);
  }

  /**
   * Writes a file and gives its whole path.
   *
   * @param {string} path
   * @param {string | Uint8Array} content
   */
  write(path, content) {
    const whole = this.path(path);
    mkdirSync(dirname(whole), { recursive: true });
    writeFileSync(whole, content);
    return whole;
  }

  remove() {
    rmSync(this.folder, { recursive: true, force: true });
  }
}
