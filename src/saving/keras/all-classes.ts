// All classes of the package, by the names that files have for them. Only functions that read files import it: whatever else did so
// would carry every layer.
import * as activations from '../../activations/functions.ts';
import * as constraints from '../../constraints/classes.ts';
import * as initializers from '../../initializers/classes.ts';
import * as layers from '../../layers/index.ts';
import * as losses from '../../losses/classes.ts';
import * as metrics from '../../metrics/classes.ts';
import { Model } from '../../models/model.ts';
import { Sequential } from '../../models/sequential.ts';
import type { Definition } from '../../ops/definition.ts';
import * as operations from '../../ops/index.ts';
import * as optimizers from '../../optimizers/classes.ts';
import * as regularizers from '../../regularizers/classes.ts';
import * as schedules from '../../schedules/classes.ts';
import { KnownClasses } from '../model/known-classes.ts';

/** The definitions of the public ops, and of activations that are ops of their own. */
const definitions = (): Definition[] =>
  [...Object.values<object>(operations), ...Object.values<object>(activations)].flatMap((op) =>
    'definition' in op ? [op.definition as Definition] : [],
  );

export const allClasses = (): KnownClasses =>
  new KnownClasses({
    namespaces: {
      layer: layers,
      schedule: schedules,
      optimizer: optimizers,
      loss: losses,
      metric: metrics,
      initializer: initializers,
      regularizer: regularizers,
      constraint: constraints,
    },
    ops: definitions(),
    models: { Sequential, Model },
    remembers: false,
    advice: '',
  });
