import { describe } from 'vitest';
import type { Value } from '../../src/graph/value.ts';
import * as ops from '../../src/primitives/normalization.ts';
import * as reference from '../kernels/reference/normalization.ts';
import type { Nd } from './nd.ts';
import { check, expectSamples, floats, type Input, type Sample, values } from './samples.ts';

const EPSILON = 0.125;
const shapes = [
  [5, 3],
  [3, 8],
  [1, 6],
  [9, 1],
  [0, 4],
  [70, 21],
];
/** Which of gamma and beta there are. */
const given = [
  [true, true],
  [true, false],
  [false, true],
  [false, false],
] as const;

const flat = (shape: readonly number[], data: readonly number[]): Nd => ({ shape, data: Float64Array.from(data) });

/** x and the parameters that there are, and how a function of all three takes them. */
function inputsOf(shape: number[], [gamma, beta]: readonly [boolean, boolean]) {
  const inputs: Input[] = [
    floats(shape, -2, 3),
    ...(gamma ? [floats([shape[1]], -1, 2, 3)] : []),
    ...(beta ? [floats([shape[1]], -1, 1, 4)] : []),
  ];
  const parameters = <T>(rest: readonly T[]): [T | undefined, T | undefined] => [
    gamma ? rest[0] : undefined,
    beta ? rest[gamma ? 1 : 0] : undefined,
  ];
  return { inputs, parameters };
}

const tolerance = { relative: 4e-6, absolute: 4e-6 };

const layers: Sample[] = shapes.flatMap((shape) =>
  given.map((which) => {
    const { inputs, parameters } = inputsOf(shape, which);
    return {
      name: `layerNormalize [${shape}], gamma ${which[0]}, beta ${which[1]}`,
      inputs,
      graph: (x: Value, ...rest: Value[]) => ops.layerNormalize(x, ...parameters(rest), EPSILON),
      reference: (x: Nd, ...rest: Nd[]) => {
        const [gamma, beta] = parameters(rest);
        const n = reference.normalized(x.data, shape[1], reference.rowMoments(x.data, shape[1], EPSILON), true);
        return flat(shape, reference.affine(n, shape[1], gamma?.data, beta?.data));
      },
      ...tolerance,
    };
  }),
);

/** Weights of rows that sum to 1. */
const weightsOf = (rows: number): Input =>
  values(
    [rows],
    Array.from({ length: rows }, (_, i) => (2 * (i + 1)) / (rows * (rows + 1))),
  );

const columnShapes = shapes.filter(([rows]) => rows > 0);

const moments: Sample[] = columnShapes.flatMap((shape) =>
  [false, true].map((weighted) => ({
    name: `columnMoments [${shape}]${weighted ? ' with weights' : ''}`,
    inputs: weighted ? [floats(shape), weightsOf(shape[0])] : [floats(shape)],
    graph: (x: Value, weights?: Value) => Object.values(ops.columnMoments(x, weights)),
    reference: (x: Nd, weights?: Nd) => {
      const mean = reference.columnMeans(x.data, shape[1], weights?.data);
      return [flat([shape[1]], mean), flat([shape[1]], reference.columnVariances(x.data, shape[1], mean, weights?.data))];
    },
    wrt: [],
    ...tolerance,
  })),
);

/** Of x's own moments, and of moments that are given. */
const columns: Sample[] = columnShapes.flatMap((shape) =>
  given.flatMap((which) =>
    (['own', 'weighted', 'fixed'] as const).map((kind): Sample => {
      const { inputs, parameters } = inputsOf(shape, which);
      const [mean, variance, weights] = [floats([shape[1]], -1, 1, 8), floats([shape[1]], 0.5, 2, 9), weightsOf(shape[0])];
      const more = kind === 'own' ? [] : kind === 'weighted' ? [weights] : [mean, variance];
      return {
        name: `normalizeColumns [${shape}], gamma ${which[0]}, beta ${which[1]}, moments ${kind}`,
        inputs: [...inputs, ...more],
        graph: (x, ...rest) => {
          const [gamma, beta] = parameters(rest);
          const last = rest.slice(inputs.length - 1);
          if (kind === 'fixed') {
            return ops.normalizeColumns(x, {
              moments: { mean: last[0], variance: last[1] },
              gamma,
              beta,
              epsilon: EPSILON,
              ownMoments: false,
            });
          }
          return ops.normalizeColumns(x, {
            moments: ops.columnMoments(x, last[0]),
            gamma,
            beta,
            epsilon: EPSILON,
            ownMoments: true,
            weights: last[0],
          });
        },
        reference: (x, ...rest) => {
          const [gamma, beta] = parameters(rest);
          const last = rest.slice(inputs.length - 1);
          const weights = kind === 'weighted' ? last[0].data : undefined;
          const m = kind === 'fixed' ? last[0].data : reference.columnMeans(x.data, shape[1], weights);
          const v = kind === 'fixed' ? last[1].data : reference.columnVariances(x.data, shape[1], m, weights);
          const scale = Array.from(v, (one) => 1 / Math.sqrt(one + EPSILON));
          return flat(
            shape,
            reference.affine(reference.normalized(x.data, shape[1], { mean: m, scale }, false), shape[1], gamma?.data, beta?.data),
          );
        },
        wrt: inputs.map((_, i) => i),
        ...tolerance,
      };
    }),
  ),
);

const samples = { layerNormalize: layers, columnMoments: moments, normalizeColumns: columns };

describe('normalization', () => {
  expectSamples(ops, samples);
  check(Object.values(samples).flat());
});
