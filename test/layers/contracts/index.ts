// Every class of layers with its contracts, and how a layer of it is made.
import * as layers from '../../../src/layers/index.ts';
import type { PreprocessingLayer } from '../../../src/layers/preprocessing/preprocessing-layer.ts';
import type { Contract, Contracts } from '../contract.ts';
import type { HostContract } from '../host-contract.ts';
import { attention } from './attention.ts';
import { core } from './core.ts';
import { host } from './host.ts';
import { merge } from './merge.ts';
import { normalization } from './normalization.ts';
import { preprocessing } from './preprocessing.ts';
import { recurrent } from './recurrent.ts';
import { steps } from './steps.ts';

const classes = { ...layers };

// biome-ignore lint/suspicious/noExplicitAny: one maker for the constructors of all layers
type Arguments = any;

const contracts: Contracts = { ...core, ...recurrent, ...steps, ...normalization, ...merge, ...attention, ...preprocessing };

/** The layers that a wrapper is to have, made anew for each. */
function withLayers(options: Arguments): Arguments {
  if (typeof options?.className === 'string' && options.className in classes)
    return new classes[options.className as 'Dense'](options.config);
  return options?.layer ? Object.fromEntries(Object.entries(options).map(([key, one]) => [key, withLayers(one)])) : options;
}
const wrappers = ['TimeDistributed', 'Bidirectional'];

const makerOf = (className: string) => {
  const Class = classes[className as 'Dense'] as new (...args: Arguments[]) => layers.Layer;
  return (...args: Arguments[]) => new Class(...(wrappers.includes(className) ? args.map(withLayers) : args));
};

const casesOf = <C>(table: Readonly<Record<string, readonly object[]>>): (C & { make: (...args: Arguments[]) => Arguments })[] =>
  Object.entries(table).flatMap(([className, list]) =>
    list.map((contract): Arguments => ({ className, make: makerOf(className), ...contract })),
  );

/** Layers that compute in a graph. */
export const layerCases: readonly (Contract & { make: (...args: Arguments[]) => layers.Layer })[] = casesOf<Contract>(contracts);

/** Layers that see data before there is a graph. */
export const hostCases: readonly (HostContract & { make: (...args: Arguments[]) => PreprocessingLayer })[] = casesOf<HostContract>(host);

/** Names of all classes of layers but the base class and InputLayer, which computes nothing. */
export const classNames: readonly string[] =
  // Names in lower case are functions, and so is Input.
  Object.keys(layers).filter((name) => /^[A-Z]/.test(name) && !['Layer', 'InputLayer', 'Input'].includes(name));
