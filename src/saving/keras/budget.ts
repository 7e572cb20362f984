// How large a model may become, checked before each weight is made.
import type { Layer, WeightOptions } from '../../layers/base/layer.ts';
import { refusal } from './format-error.ts';

/** Weights of 2 GiB. */
export const MAX_PARAMETERS = 2 ** 29;

/** The parts of a layer that stand in the way of a weight. */
interface Maker {
  addWeight?: (name: string, shape: readonly number[], options?: Partial<WeightOptions>) => unknown;
}

/** Counts the elements of all weights of a model, and refuses the one that is too many. */
export class Budget {
  #left: number;
  readonly #watched: Maker[] = [];
  readonly #owner: string;
  readonly #most: number;

  constructor(owner: string, most = MAX_PARAMETERS) {
    this.#owner = owner;
    this.#most = most;
    this.#left = most;
  }

  /** Counts the weights that a layer and those inside it make from now on. */
  watch(layer: Layer): void {
    const maker = layer as unknown as Maker;
    if (!Object.hasOwn(maker, 'addWeight')) {
      const { addWeight } = maker;
      maker.addWeight = (name, shape, options) => {
        this.#take(`${layer.name}/${name}`, shape);
        return addWeight?.call(layer, name, shape, options);
      };
      this.#watched.push(maker);
    }
    for (const inner of layer.sublayers) this.watch(inner);
  }

  /** Leaves the layers as they were. */
  end(): void {
    for (const maker of this.#watched) delete maker.addWeight;
  }

  #take(path: string, shape: readonly number[]): void {
    const count = shape.reduce((product, dim) => product * dim, 1);
    this.#left -= count;
    if (this.#left >= 0) return;
    const problem = `a weight of shape [${shape.join(', ')}], which makes more than ${this.#most} parameters`;
    throw refusal(this.#owner, problem, 'Raise maxParameters if the config is to be trusted; a file has to hold them all.', path);
  }
}
