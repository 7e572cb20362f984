// Names of the entries of a .keras file.
export const CONFIG = 'config.json';
export const WEIGHTS = 'model.weights.h5';
