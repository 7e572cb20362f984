// The kernels of whole numbers, which a bundle carries only when it computes with int32.
import { integers } from './generated/integers.ts';
import { useLibrary } from './kernels.ts';

/** Loads them. Ops that need one of these kernels call it before they add a node to the graph. */
export const useIntegerKernels = (): void => useLibrary(integers);
