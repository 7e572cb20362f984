// Mean and variance of data for each feature, in f64.
import { sizeOf } from '../../graph/shape.ts';

export interface Moments {
  readonly mean: Float64Array;
  readonly variance: Float64Array;
  /** Number of elements behind each mean. */
  readonly count: number;
}

/** The moments of the union of two sets. */
export function together(a: Moments, b: Moments): Moments {
  const count = a.count + b.count;
  const mean = a.mean.map((value, f) => (value * a.count + b.mean[f] * b.count) / count);
  const spread = ({ mean: partMean, variance, count: n }: Moments, f: number) => {
    const shift = partMean[f] - mean[f];
    return (variance[f] + shift * shift) * n;
  };
  return { mean, variance: mean.map((_, f) => (spread(a, f) + spread(b, f)) / count), count };
}

/** The moments of the elements that have the same indices on `axes`; the variance is the biased one. */
export function featureMoments(data: ArrayLike<number>, shape: readonly number[], axes: readonly number[]): Moments {
  const features = sizeOf(axes.map((axis) => shape[axis]));
  const featureOf = new Int32Array(data.length);
  const index = new Array<number>(shape.length).fill(0);
  for (let i = 0; i < data.length; i++) {
    let feature = 0;
    for (const axis of axes) feature = feature * shape[axis] + index[axis];
    featureOf[i] = feature;
    for (let axis = shape.length - 1; axis >= 0 && ++index[axis] === shape[axis]; axis--) index[axis] = 0;
  }
  const count = data.length / features;
  const mean = new Float64Array(features);
  for (let i = 0; i < data.length; i++) mean[featureOf[i]] += data[i];
  for (let f = 0; f < features; f++) mean[f] /= count;
  const variance = new Float64Array(features);
  for (let i = 0; i < data.length; i++) {
    const difference = data[i] - mean[featureOf[i]];
    variance[featureOf[i]] += difference * difference;
  }
  for (let f = 0; f < features; f++) variance[f] /= count;
  return { mean, variance, count };
}
