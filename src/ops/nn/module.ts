/** Keras's module of the ops that neural networks are made of. */
export const nn = 'keras.src.ops.nn';
