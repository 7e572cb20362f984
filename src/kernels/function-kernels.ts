// The kernels of functions that few models have, which a bundle carries only when it has one of their ops.
import { functions } from './generated/functions.ts';
import { useLibrary } from './kernels.ts';

/** Loads them. Ops that need one of these kernels call it before they add a node to the graph. */
export const useFunctionKernels = (): void => useLibrary(functions);
