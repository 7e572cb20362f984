// The state of a callback, in a form that files can hold.
import type { Tensor } from '../tensor/tensor.ts';

/** Numbers, texts, truth values and tensors by name. */
export type CallbackState = Readonly<Record<string, number | string | boolean | null | Tensor>>;
