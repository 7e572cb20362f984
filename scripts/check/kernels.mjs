// The release kernels: nothing in them may live at a fixed address or differ between instances. Several instances share one
// memory, and each would write its data segments over the others' work; a mutable global would have one value per instance.
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';

const forbidden = { 8: 'a start function', 11: 'a data section (a static table or string)', 12: 'a data count section' };
const kinds = ['function', 'table', 'memory', 'global'];

/** @param {string} root */
export function check(root) {
  const folder = join(root, 'build');
  const names = existsSync(folder) ? readdirSync(folder).filter((name) => /^kernels.*\.wasm$/.test(name) && !name.includes('debug')) : [];
  if (names.length === 0) return { problems: ['run `npm run build` first'] };
  const files = names.map((name) => ({ name, bytes: readFileSync(join(folder, name)) }));
  return {
    problems: files.flatMap(({ name, bytes }) => kernelProblems(bytes).map((problem) => `${name} ${problem}`)),
    note: files.map(({ name, bytes }) => `${name} ${bytes.length} bytes, ${gzipSync(bytes, { level: 9 }).length} gzipped`).join('; '),
  };
}

/**
 * @param {Uint8Array} bytes a WebAssembly module
 * @returns {string[]}
 */
export function kernelProblems(bytes) {
  const problems = [...sections(bytes)].flatMap(({ id, reader }) => {
    if (id === 6) return mutableGlobals(reader) ? ['has a mutable global'] : [];
    return id in forbidden ? [`has ${forbidden[/** @type {keyof typeof forbidden} */ (id)]}`] : [];
  });
  const imports = WebAssembly.Module.imports(new WebAssembly.Module(Uint8Array.from(bytes)));
  const others = imports.filter(({ module, name, kind }) => module !== 'env' || name !== 'memory' || kind !== 'memory');
  for (const { module, name, kind } of others) problems.push(`imports the ${kinds.includes(kind) ? kind : 'value'} ${module}.${name}`);
  if (imports.length === others.length) problems.push('does not import env.memory');
  return problems;
}

/** @param {Uint8Array} bytes */
function* sections(bytes) {
  const reader = new Reader(bytes, 8);
  while (reader.at < bytes.length) {
    const id = reader.byte();
    const end = reader.unsigned() + reader.at;
    yield { id, reader: new Reader(bytes, reader.at) };
    reader.at = end;
  }
}

/**
 * Whether a global section has a mutable one. Initializers are constant expressions, which end with opcode 0x0b.
 *
 * @param {Reader} reader at the section's contents
 */
function mutableGlobals(reader) {
  for (let left = reader.unsigned(); left > 0; left--) {
    reader.byte();
    if (reader.byte() === 1) return true;
    reader.skipConstant();
  }
  return false;
}

class Reader {
  /**
   * @param {Uint8Array} bytes
   * @param {number} at
   */
  constructor(bytes, at) {
    this.bytes = bytes;
    this.at = at;
  }

  byte() {
    return this.bytes[this.at++];
  }

  /** An unsigned LEB128 number. */
  unsigned() {
    let value = 0;
    for (let shift = 0; ; shift += 7) {
      const byte = this.byte();
      value += (byte & 127) * 2 ** shift;
      if (byte < 128) return value;
    }
  }

  /** The constant expression of a number, a vector or another global. */
  skipConstant() {
    const opcode = this.byte();
    if (opcode === 0x43) this.at += 4;
    else if (opcode === 0x44) this.at += 8;
    else if (opcode === 0xfd) this.at += 17;
    else if (opcode === 0x41 || opcode === 0x42 || opcode === 0x23) this.unsigned();
    else throw new Error(`kernels: unknown opcode 0x${opcode.toString(16)} in the initializer of a global`);
    if (this.byte() !== 0x0b) throw new Error('kernels: expected a constant as the initializer of a global');
  }
}
