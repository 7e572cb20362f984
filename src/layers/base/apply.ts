// Using a layer on data.
import { ValueError } from '../../common/errors.ts';
import { readOptions } from '../../common/option-values.ts';
import { checkBoolean, checkOptions } from '../../common/options.ts';
import { currentTrace } from '../../graph/trace.ts';
import type { Value } from '../../graph/value.ts';
import { eager } from '../../runtime/eager.ts';
import { Tensor, toTensor } from '../../tensor/index.ts';
import { argumentsOf } from './call-arguments.ts';
import type { ApplyOptions, Layer, LayerData, Settings } from './layer.ts';

/** What is there: nothing, one, or a list. */
export function list<T>(one: T | readonly T[] | undefined): T[] {
  return one === undefined ? [] : Array.isArray(one) ? [...one] : [one as T];
}

/** The options of the call that are the layer's own. */
export function settingsOf(layer: Layer, options: { readonly training?: boolean }): Settings {
  checkOptions(`${layer.name}.apply`, options, ['training', 'mask', 'initialState', ...Object.keys(layer.callOptions)]);
  const { training } = options;
  if (training !== undefined) checkBoolean(`${layer.name}.apply`, 'training', training);
  return readOptions(layer.name, layer.callOptions, options as Settings);
}

export function checkList(layer: Layer, listed: boolean): void {
  if (layer.takesList && !listed) throw new ValueError(`${layer.name}: expected a list of inputs, got one. Pass an array such as [a, b].`);
}

/** The mask of each input, undefined for none; the list may be shorter than the inputs. */
export function maskList<T>(layer: Layer, mask: T | readonly (T | null)[] | undefined, listed: boolean, count: number): (T | undefined)[] {
  if (mask === undefined || mask === null) return [];
  const masks = listed && Array.isArray(mask) ? mask.map((one: T | null) => one ?? undefined) : [mask as T];
  if (masks.length <= layer.mostMasks(count)) return masks;
  throw new ValueError(`${layer.name}.apply: expected at most one mask for each of ${count} inputs, got ${masks.length}. Leave some out.`);
}

export const defined = <T>(values: readonly (T | undefined)[]): T[] => values.filter((value) => value !== undefined);

/** Inside the call of another layer. */
export function applyInside(layer: Layer, given: Value | readonly Value[], options: ApplyOptions<Value>): readonly Value[] {
  const settings = settingsOf(layer, options);
  const { training = currentTrace().training, mask, initialState } = options;
  const listed = Array.isArray(given);
  const inputs = list<Value>(given);
  checkList(layer, listed);
  const masks = maskList(layer, mask, Array.isArray(mask), inputs.length);
  return layer.invokeAll(inputs, training, { listed, settings, masks, initialState: initialState && list<Value>(initialState) });
}

export function applyEager(layer: Layer, given: LayerData | readonly LayerData[], options: ApplyOptions<LayerData>): Tensor[] {
  const settings = settingsOf(layer, options);
  const { training = false } = options;
  const several = Array.isArray(given) && given.length > 0 && (layer.takesList || given[0] instanceof Tensor);
  const inputs = layer.readInputs(several ? (given as readonly LayerData[]) : [given]);
  const listed = several || inputs.length > 1;
  checkList(layer, listed);
  if (inputs.some(({ shape }) => shape.length === 0)) {
    throw new ValueError(`${layer.name}: expected an array with a row for each sample, got a single number. Wrap it in an array.`);
  }
  const states = list<LayerData>(options.initialState as LayerData).map((data) => toTensor(`${layer.name}: initialState`, data, 'float32'));
  const masks = maskList(layer, options.mask, listed, inputs.length).map((mask) =>
    mask === undefined ? undefined : toTensor(`${layer.name}: mask`, mask as LayerData, 'float32'),
  );
  layer.ensureBuilt(listed ? inputs.map(({ shape }) => shape) : inputs[0].shape);
  const call = { states: states.length, masked: masks.map((mask) => mask !== undefined) };
  return eager(
    [...inputs, ...states, ...defined(masks)],
    (values) => {
      const { inputs: x, ...rest } = argumentsOf(call, values);
      return layer.invokeAll(x, training, { listed, settings, ...rest });
    },
    { training },
  );
}
