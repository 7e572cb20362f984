// The file of an interrupted run: a ZIP archive with everything that the next step depends on.
import { mismatch } from '../common/errors.ts';
import { utf8 } from '../files/bytes.ts';
import { readStoredZip, writeZip } from '../files/zip.ts';
import { npyTensor, writeNpy } from '../saving/arrays/npy.ts';
import { Tensor } from '../tensor/tensor.ts';
import type { Callback } from './callback.ts';
import { generatorsOf } from './layers-of.ts';
import { optimizerOf } from './optimizer-of.ts';
import type { CallbackState } from './state.ts';
import type { TrainedModel } from './trained-model.ts';

/** Everything but the tensors. */
interface Facts {
  readonly format: 'keratin backup 1';
  /** The epoch to go on with. */
  readonly epoch: number;
  readonly optimizer: { readonly className: string; readonly batches: number; readonly learningRate: number | null };
  /** Seed and number of draws of each generator. */
  readonly generators: readonly (readonly [seed: number, draws: number])[];
  /** Of the callbacks that have a state, in order. */
  readonly callbacks: readonly Readonly<Record<string, unknown>>[];
}

const isState = (state: CallbackState | undefined): state is CallbackState => state !== undefined;
const statesOf = (callbacks: readonly Callback[]): CallbackState[] => callbacks.map((callback) => callback.getState()).filter(isState);

const FORMAT = 'keratin backup 1';
const FACTS = 'state.json';
const owner = 'BackupAndRestore';

/** The bytes of a backup. */
export function writeBackup(model: TrainedModel, callbacks: readonly Callback[], epoch: number): Uint8Array<ArrayBuffer> {
  const optimizer = optimizerOf(owner, model);
  const entries = new Map<string, Uint8Array>();
  const put = (name: string, tensor: Tensor) => entries.set(`${name}.npy`, writeNpy(tensor));
  const states = statesOf(callbacks).map((state, i) => {
    const plain = Object.entries(state).filter(([name, value]) => !(value instanceof Tensor && put(`callbacks/${i}/${name}`, value)));
    return Object.fromEntries(
      plain.map(([name, value]) => [name, typeof value === 'number' && !Number.isFinite(value) ? { number: String(value) } : value]),
    );
  });
  for (const [i, tensor] of model.getWeights().entries()) put(`weights/${i}`, tensor);
  for (const [i, slot] of optimizer.variables.entries()) put(`optimizer/${i}`, new Tensor(slot.view().slice(), slot.shape));
  const facts: Facts = {
    format: FORMAT,
    epoch,
    optimizer: {
      className: optimizer.className,
      batches: optimizer.batches,
      learningRate: optimizer.schedule ? null : optimizer.learningRate,
    },
    generators: generatorsOf(model).map(({ state }) => state),
    callbacks: states,
  };
  return writeZip(new Map([[FACTS, utf8(JSON.stringify(facts))], ...entries]));
}

/** A backup that was read and found whole. */
export interface Backup {
  readonly epoch: number;
  /** Puts everything back; a ValueError, with nothing changed, when the model or the callbacks are others. */
  restore(model: TrainedModel, callbacks: readonly Callback[]): void;
}

export function readBackup(bytes: Uint8Array): Backup {
  const entries = readStoredZip(owner, bytes);
  const facts = readFacts(entries.get(FACTS));
  const group = (start: string): [name: string, tensor: Tensor][] =>
    Array.from(entries)
      .filter(([name]) => name.startsWith(start))
      .map(([name, contents]) => [name.slice(start.length, -'.npy'.length), npyTensor(owner, contents, name)]);
  const weights = group('weights/').map(([, tensor]) => tensor);
  const slots = group('optimizer/').map(([, tensor]) => tensor);
  const states = facts.callbacks.map((state, i) => ({ ...numbersOf(state), ...Object.fromEntries(group(`callbacks/${i}/`)) }));
  return { epoch: facts.epoch, restore: (model, callbacks) => restore(model, callbacks, facts, weights, slots, states) };
}

const numbersOf = (state: Readonly<Record<string, unknown>>): Record<string, never> =>
  Object.fromEntries(
    Object.entries(state).map(([name, value]) => [
      name,
      (typeof value === 'object' && value !== null ? Number((value as { number: string }).number) : value) as never,
    ]),
  );

function readFacts(bytes: Uint8Array | undefined): Facts {
  let facts: Partial<Facts> | null = null;
  try {
    facts = JSON.parse(new TextDecoder().decode(bytes)) as Partial<Facts> | null;
  } catch {
    // Reported below, as any other file that is no backup.
  }
  const { format, epoch, optimizer, generators, callbacks } = facts ?? {};
  const whole =
    Number.isSafeInteger(epoch) && Number.isSafeInteger(optimizer?.batches) && Array.isArray(generators) && Array.isArray(callbacks);
  if (format !== FORMAT || !whole) throw mismatch(owner, `a file of the form '${FORMAT}'`, 'another one', 'Delete it to start anew.');
  return facts as Facts;
}

function restore(
  model: TrainedModel,
  callbacks: readonly Callback[],
  facts: Facts,
  weights: readonly Tensor[],
  slots: readonly Tensor[],
  states: readonly CallbackState[],
): void {
  const optimizer = optimizerOf(owner, model);
  optimizer.build(model.trainableWeights);
  const { variables } = optimizer;
  const generators = generatorsOf(model);
  const expect = (what: string, there: unknown, saved: unknown) => {
    if (String(there) === String(saved)) return;
    throw mismatch(owner, `${what} of the backup (${saved})`, `${there}`, 'Go on with the same model and callbacks, or delete the backup.');
  };
  const shapes = (list: readonly { readonly shape: readonly number[] }[]): string =>
    list.map(({ shape }) => `[${shape.join(', ')}]`).join(' ');
  expect('the weights', shapes(model.weights), shapes(weights));
  expect('the optimizer', optimizer.className, facts.optimizer.className);
  expect("the optimizer's variables", shapes(variables), shapes(slots));
  expect('the random layers', generators.length, facts.generators.length);
  const stateful = callbacks.filter((callback) => callback.getState() !== undefined);
  expect('the number of callbacks with a state', stateful.length, states.length);
  model.setWeights(weights);
  for (const [i, variable] of variables.entries()) variable.view().set(slots[i].data);
  optimizer.batches = facts.optimizer.batches;
  if (facts.optimizer.learningRate !== null && !optimizer.schedule) optimizer.learningRate = facts.optimizer.learningRate;
  for (const [i, generator] of generators.entries()) {
    const [seed, draws] = facts.generators[i];
    Object.assign(generator, { seed, draws });
  }
  for (const [i, callback] of stateful.entries()) callback.setState(states[i]);
}
