import type { Dataset } from '../../src/data/index.ts';
import type { Tensor } from '../../src/tensor/index.ts';

// biome-ignore lint/suspicious/noExplicitAny: what comes out is what is tested.
export const first = async (dataset: Dataset<any>): Promise<any> => (await dataset.toArray())[0];

/** All there is to know of a tensor. */
export const told = (t: Tensor) => ({ dtype: t.dtype, shape: t.shape, rows: t.array() });
