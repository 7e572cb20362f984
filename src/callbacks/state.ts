// What a callback remembers, in a form that can be written to a file.
import type { Tensor } from '../tensor/tensor.ts';

/** Numbers, texts, truth values and tensors by name. */
export type CallbackState = Readonly<Record<string, number | string | boolean | null | Tensor>>;
