/** The address of element i. */
// @ts-ignore: decorator
@inline
export function at(pointer: usize, i: i32): usize {
  return pointer + (<usize>i << 2);
}

// @ts-ignore: decorator
@inline
export function get(pointer: usize, i: i32): f32 {
  return load<f32>(at(pointer, i));
}

// @ts-ignore: decorator
@inline
export function put(pointer: usize, i: i32, value: f32): void {
  store<f32>(at(pointer, i), value);
}

// @ts-ignore: decorator
@inline
export function int(pointer: usize, i: i32): i32 {
  return load<i32>(at(pointer, i));
}
