// The interface of a layer that its uses see.
import type { Options } from '../../common/spec.ts';
import type { Value } from '../../graph/value.ts';
import type { Regularizer } from '../../graph/variable.ts';
import type { DType, Tensor } from '../../tensor/index.ts';
import type { OptionValues } from './call-arguments.ts';
import type { CallOptions, Invocation, LayerData } from './call-options.ts';
import type { Shapes } from './shape.ts';
import type { SymbolicCall, SymbolicTensor } from './symbolic.ts';

/** The interface of a nested layer for inference. */
export interface InnerLayer {
  readonly built: boolean;
  /** Whether the class makes weights when it is built. */
  readonly makesWeights: boolean;
  readonly sublayers: readonly InnerLayer[];
  ensureBuilt(inputShape: Shapes): void;
}

/** The side of a layer that its uses see: `Layer` implements it, and what applies layers knows no more of them. */
export interface CallableLayer extends InnerLayer {
  readonly name: string;
  readonly className: string;
  /** Its uses in functional models. */
  readonly calls: SymbolicCall[];
  readonly supportsMasking: boolean;
  readonly endsMasks: boolean;
  readonly activityRegularizer: Regularizer | undefined;
  /** Whether it is called with a list of inputs. */
  readonly takesList: boolean;
  /** Whether its inputs behind the first are initial states. */
  readonly takesStates: boolean;
  /** Whether each of its inputs is an argument of its own in Keras, which finds its mask by itself. */
  readonly separateInputs: boolean;
  /** Whether it runs on the host, and not in a graph. */
  readonly isHost: boolean;
  /** Whether its class says what shape it gives. */
  readonly declaresShape: boolean;
  /** Whether `call` is a user's. */
  readonly runsUserCode: boolean;
  /** Whether `call` may have to be tried on lengths to find what it gives. */
  readonly triesLengths: boolean;
  /** Whether it has to see data as they come in. */
  readonly preparesData: boolean;
  /** Options of a call besides `training`, `mask` and `initialState`. */
  readonly callOptions: Options;
  /** Names of tensors that a call takes besides inputs, masks and initial states. */
  readonly callTensors: readonly string[];
  readonly inputDtype: 'float32' | 'int32';
  inputDtypeAt(index: number): 'float32' | 'int32';
  outputDtypeAt(index: number): DType | 'string';
  readInputs(data: readonly LayerData[]): readonly Tensor[];
  checkSymbols(inputs: readonly SymbolicTensor[]): void;
  connected(inputShape: Shapes, outputShape: Shapes): unknown;
  call(inputs: Value | readonly Value[], options: CallOptions): Value | readonly Value[];
  invokeAll(inputs: readonly Value[], training: boolean, invocation?: Invocation): readonly Value[];
  computeOutputShape(inputShape: Shapes, options?: OptionValues): Shapes;
  setMasks(
    inputs: Value | readonly Value[],
    masks: Value | undefined | readonly (Value | undefined)[],
    outputs: readonly Value[],
  ): readonly Value[];
}
