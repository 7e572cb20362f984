// `static spec` of a class of layers.
import type { Options, Spec } from '../../common/spec.ts';

/** The facts of a class, besides those that all classes with options have. */
export interface LayerSpec extends Spec {
  /** Options of a call besides `training`, `mask` and `initialState`. */
  readonly callOptions?: Options;
  /** Tensors of a call besides inputs, masks and initial states. */
  readonly callTensors?: readonly string[];
  /** Whether a mask that comes in goes out again; by default where the class has a `computeMask`. */
  readonly supportsMasking?: boolean;
  /** Whether a call can start from states. */
  readonly takesStates?: boolean;
  /** Keras's names of the inputs, where its `call` has an argument for each and not a list. */
  readonly inputs?: readonly string[];
  /** Whether the layer is built when it is made: Keras writes no build_config for such. */
  readonly builtAtOnce?: boolean;
  /** The default of the call's `training`, where Keras writes that. */
  readonly training?: false;
  /** Whether Keras's call has an argument `mask`, which it fills in. */
  readonly takesMask?: boolean;
  /** Whether a config holds functions of the user's, which are never taken from a file. */
  readonly holdsCode?: boolean;
  /** Whether files hold the dtype as a name and not as a policy. */
  readonly plainDtype?: boolean;
  /** The group of a weights file that holds the layer's own weights, where that is not the layer's. */
  readonly weightGroup?: string;
  /** Groups of a weights file for the layers inside, in the order of `sublayers`. */
  readonly groups?: readonly string[];
  /** Groups that are empty: layers of Keras's that are none here. */
  readonly emptyGroups?: readonly string[];
  /** Groups inside the layer's own that hold its vocabulary too. */
  readonly vocabularyGroups?: readonly string[];
  /** Names of weights that are whole numbers in files. */
  readonly wholeWeights?: readonly string[];
}

/** How masks propagate. */
export interface MaskRules {
  /** Whether the mask of the input is that of the output. */
  readonly passes: boolean;
  /** The value that masks elements of the input, or the steps whose features all equal it. */
  readonly padding?: { readonly value: number; readonly of: 'elements' | 'steps' };
}
