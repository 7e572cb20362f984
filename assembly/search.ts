/** The first index of the ascending sorted[0..n] whose value is at least `value`; n if there is none. */
export function lowerBound(sorted: usize, n: i32, value: i32): i32 {
  let low = 0;
  let high = n;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (load<i32>(sorted + (<usize>middle << 2)) < value) low = middle + 1;
    else high = middle;
  }
  return low;
}
