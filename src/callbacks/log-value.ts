// A log as one number: metrics with a result for each threshold or class have several.

const isSeveral = (value: unknown): value is readonly number[] => Array.isArray(value);

/** The number, or the mean of several, as Keras's progress bar shows it. */
export const oneNumber = (value: number): number => (isSeveral(value) ? value.reduce((sum, one) => sum + one, 0) / value.length : value);

/** Whether it is one number. */
export const isNumber = (value: number): boolean => !isSeveral(value);
