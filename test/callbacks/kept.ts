// A writer that keeps files in memory.
export class Kept {
  readonly files = new Map<string, Uint8Array>();

  async write(path: string, bytes: Uint8Array): Promise<void> {
    await null;
    this.files.set(path, bytes.slice());
  }

  get paths(): string[] {
    return [...this.files.keys()];
  }

  bytes(path: string): Uint8Array {
    const bytes = this.files.get(path);
    if (!bytes) throw new Error(`${path} was not written; there are ${this.paths.join(', ')}`);
    return bytes;
  }

  text(path: string): string {
    return new TextDecoder().decode(this.bytes(path));
  }
}
