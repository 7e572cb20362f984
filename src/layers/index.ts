// The layers.
export { Activation, type ActivationOptions } from './activation.ts';
export { Bidirectional, type BidirectionalOptions } from './bidirectional.ts';
export { Dense, type DenseOptions } from './dense.ts';
export { Dropout, type DropoutOptions } from './dropout.ts';
export { Embedding, type EmbeddingOptions } from './embedding.ts';
export { Flatten, type FlattenOptions } from './flatten.ts';
export { GlobalAveragePooling1D, GlobalMaxPooling1D, type GlobalPooling1DOptions } from './global-pooling.ts';
export { GRU, type GRUOptions } from './gru.ts';
export { Hashing, type HashingOptions } from './hashing.ts';
export { InputLayer, type InputLayerOptions } from './input-layer.ts';
export { IntegerLookup, type IntegerLookupOptions } from './integer-lookup.ts';
export { type CallOptions, Layer, type LayerOptions, type Shape } from './layer.ts';
export { LSTM, type LSTMOptions } from './lstm.ts';
export type { RecurrentOptions } from './recurrent.ts';
export { SimpleRNN } from './simple-rnn.ts';
export { StringLookup, type StringLookupOptions } from './string-lookup.ts';
export { TextVectorization, type TextVectorizationOptions } from './text-vectorization.ts';
