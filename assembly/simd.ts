// Vectors of four f32 and what is left of them at the end of an array. A tail goes through the same vector arithmetic as
// the body, so that an element's bits do not depend on its position. The inline... are for loops over tails: elsewhere a call
// is small and, outside of the loop, costs nothing. Inside of a loop a call costs even where it is never made.

/** Loads `count` (1 to 3) f32 from `pointer`, zeros in the other lanes. */
// @ts-ignore: decorator
@inline
export function inlineLoadTail(pointer: usize, count: i32): v128 {
  let v = v128.load32_zero(pointer);
  if (count > 1) v = v128.load_lane<f32>(pointer, v, 1, 4);
  if (count > 2) v = v128.load_lane<f32>(pointer, v, 2, 8);
  return v;
}

/** Stores the first `count` (1 to 3) lanes of `v` at `pointer`. */
// @ts-ignore: decorator
@inline
export function inlineStoreTail(pointer: usize, v: v128, count: i32): void {
  v128.store_lane<f32>(pointer, v, 0);
  if (count > 1) v128.store_lane<f32>(pointer, v, 1, 4);
  if (count > 2) v128.store_lane<f32>(pointer, v, 2, 8);
}

export function loadTail(pointer: usize, count: i32): v128 {
  return inlineLoadTail(pointer, count);
}

export function storeTail(pointer: usize, v: v128, count: i32): void {
  inlineStoreTail(pointer, v, count);
}

/** Elements i to i + 4, or what is left of them before `end`. */
// @ts-ignore: decorator
@inline
export function load4(x: usize, i: i32, end: i32): v128 {
  const pointer = x + (<usize>i << 2);
  return end - i >= 4 ? v128.load(pointer) : loadTail(pointer, end - i);
}

// @ts-ignore: decorator
@inline
export function store4(y: usize, i: i32, end: i32, v: v128): void {
  const pointer = y + (<usize>i << 2);
  if (end - i >= 4) v128.store(pointer, v);
  else storeTail(pointer, v, end - i);
}
