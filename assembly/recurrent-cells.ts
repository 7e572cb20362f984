// The kinds of cells that the recurrence kernels know.

/** Rows that walk the sequence together. */
// @ts-ignore: decorator
@inline
export const GROUP_ROWS: i32 = 16;

// @ts-ignore: decorator
@inline
export const SIMPLE: i32 = 0;
// @ts-ignore: decorator
@inline
export const LSTM: i32 = 1;
// @ts-ignore: decorator
@inline
export const GRU_AFTER: i32 = 2;
// @ts-ignore: decorator
@inline
export const GRU_BEFORE: i32 = 3;

// @ts-ignore: decorator
@inline
export function gatesOf(cell: i32): i32 {
  return cell == SIMPLE ? 1 : cell == LSTM ? 4 : 3;
}
