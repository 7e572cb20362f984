// `keratin/names`: makes every name of Keras work in a page, which otherwise knows those in common use; in Node they are known without.
import * as activations from '../activations/index.ts';
import type { MoreNames } from '../common/identifier.ts';
import { provide } from '../common/parts.ts';

const names: MoreNames = {
  activation: {
    celu: activations.celu,
    glu: activations.glu,
    hard_shrink: activations.hardShrink,
    hard_tanh: activations.hardTanh,
    soft_shrink: activations.softShrink,
    sparse_plus: activations.sparsePlus,
    sparse_sigmoid: activations.sparseSigmoid,
    sparsemax: activations.sparsemax,
    squareplus: activations.squareplus,
    tanh_shrink: activations.tanhShrink,
    threshold: activations.threshold,
  },
};

provide('names', names);
