// `keratin/names`: makes every name of Keras work in a page, which otherwise knows those in common use; in Node they are known without.
import * as activations from '../activations/index.ts';
import type { MoreNames } from '../common/identifier.ts';
import { provide } from '../common/parts.ts';
import { MaxNorm, MinMaxNorm, UnitNorm } from '../constraints/norms.ts';
import { Orthogonal } from '../initializers/orthogonal.ts';
import { BinaryFocalCrossentropy, CategoricalFocalCrossentropy } from '../losses/focal.ts';
import { F1Score, FBetaScore } from '../metrics/f-score.ts';
import { Mean, Sum } from '../metrics/mean.ts';
import { R2Score } from '../metrics/r2-score.ts';
import { Adadelta } from '../optimizers/adagrad.ts';
import { LazyAdam } from '../optimizers/adam.ts';
import { Adamax } from '../optimizers/adamax.ts';
import { Ftrl } from '../optimizers/ftrl.ts';
import { Lion } from '../optimizers/lion.ts';
import { Nadam } from '../optimizers/nadam.ts';
import { OrthogonalRegularizer } from '../regularizers/orthogonal.ts';

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
  constraint: { max_norm: MaxNorm, min_max_norm: MinMaxNorm, unit_norm: UnitNorm },
  initializer: { orthogonal: Orthogonal, orthogonal_initializer: Orthogonal },
  loss: { binary_focal_crossentropy: BinaryFocalCrossentropy, categorical_focal_crossentropy: CategoricalFocalCrossentropy },
  metric: { f1_score: F1Score, f_beta_score: FBetaScore, mean: Mean, r2_score: R2Score, sum: Sum },
  optimizer: { adadelta: Adadelta, adamax: Adamax, ftrl: Ftrl, lazy_adam: LazyAdam, lion: Lion, nadam: Nadam },
  regularizer: { orthogonal_regularizer: OrthogonalRegularizer },
};

provide('names', names);
