// Sample and class weights.

import { mismatch } from '../common/errors.ts';
import { describe, isPlain } from '../common/options.ts';
import type { ClassWeight } from '../data/model-source.ts';
import { shapeText } from '../graph/shape.ts';
import { Tensor, toTensor } from '../tensor/index.ts';

/** Sample weights as given, or made of class weights; undefined when every sample counts 1. */
export function sampleWeights(
  owner: string,
  target: Tensor,
  sampleWeight: unknown,
  classWeight: ClassWeight | undefined,
  targetDtype?: string,
): Tensor | undefined {
  if (sampleWeight != null && classWeight != null) {
    throw mismatch(owner, 'either sampleWeight or classWeight', 'both', 'Multiply the class weights into sampleWeight.');
  }
  if (classWeight != null) return fromClasses(owner, target, classWeight, targetDtype === 'int32');
  if (sampleWeight == null) return undefined;
  const weights = toTensor(`${owner}: sampleWeight`, sampleWeight, 'float32');
  if (weights.shape[0] !== target.shape[0]) {
    throw mismatch(owner, `one sampleWeight for each of ${target.shape[0]} samples`, `shape ${shapeText(weights.shape)}`);
  }
  return weights;
}

function fromClasses(owner: string, target: Tensor, classWeight: ClassWeight, areLabels: boolean): Tensor {
  if (!Array.isArray(classWeight) && !isPlain(classWeight))
    throw mismatch(owner, 'classWeight as an object from class to weight', describe(classWeight), 'For example { 0: 1, 1: 5 }.');
  for (const [name, weight] of Object.entries(classWeight)) {
    if (!/^\d+$/.test(name) || typeof weight !== 'number' || !Number.isFinite(weight)) {
      throw mismatch(
        owner,
        'classWeight to map class numbers to numbers',
        `${describe(name)}: ${describe(weight)}`,
        'For example { 0: 1, 1: 5 }.',
      );
    }
  }
  const samples = target.shape[0];
  const width = samples === 0 ? 1 : target.size / samples;
  if (width > 1 && (target.shape.length > 2 || areLabels)) {
    throw mismatch(owner, 'one class per sample with classWeight', `targets of shape ${shapeText(target.shape)}`, 'Pass sampleWeight.');
  }
  const weights = Float32Array.from({ length: samples }, (_, i) => {
    const first = i * width;
    if (width === 1) return classWeight[Math.round(target.data[first])] ?? 1;
    let label = 0;
    for (let k = 1; k < width; k++) if (target.data[first + k] > target.data[first + label]) label = k;
    return classWeight[label] ?? 1;
  });
  return new Tensor(weights, [samples]);
}
