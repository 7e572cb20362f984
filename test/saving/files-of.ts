// Files of Keras as data addresses, which loadModel takes in Node and in pages.
export type Files = Readonly<Record<string, string>>;

const byName = (found: Record<string, unknown>): Files =>
  Object.fromEntries(Object.entries(found).map(([path, address]) => [path.slice(path.lastIndexOf('/') + 1), address as string]));

/** Models saved before training. */
export const models = byName(import.meta.glob('../fixtures/models/*.keras', { query: '?inline', import: 'default', eager: true }));

/** Files of several origins and layouts. */
export const archives = byName(
  import.meta.glob(['../fixtures/archives/*.keras', '../fixtures/archives/*.h5'], { query: '?inline', import: 'default', eager: true }),
);

/** What Keras did with each model. */
export const cases = byName(import.meta.glob('../fixtures/models/*.json', { import: 'default', eager: true })) as unknown as Readonly<
  Record<string, unknown>
>;

export const bytesOf = async (address: string): Promise<Uint8Array<ArrayBuffer>> =>
  new Uint8Array(await (await fetch(address)).arrayBuffer());
