/** Keras's module of the ops that NumPy has too. */
export const numpy = 'keras.src.ops.numpy';
