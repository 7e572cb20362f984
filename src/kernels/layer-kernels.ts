// The kernels of the larger layers, which a bundle carries only when it has one of those layers.
import { layers } from './generated/layers.ts';
import { useLibrary } from './kernels.ts';

/** Loads them. Ops that need one of these kernels call it before they add a node to the graph. */
export const useLayerKernels = (): void => useLibrary(layers);
